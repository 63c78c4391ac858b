using System.Runtime.InteropServices;

namespace FunctionalNN;

/// <summary>
/// One background thread that does a share of a job when handed one. It looks out for the next job for about a tenth of a millisecond,
/// then sleeps, so that no thread is busy between runs. A share that it has not begun when the caller is done with its own is taken back:
/// on a processor that other programs keep busy the thread may not run for milliseconds.
/// </summary>
internal sealed unsafe class Worker
{
    private const int LooksBeforeYielding = 128;
    private const int LooksBeforeSleeping = 4096;

    private readonly object sleeping = new();
    private Mailbox mailbox;
    private delegate*<void*, int, int, void> code;
    private void* job;
    private int part;
    private int parts;
    private Exception? failure;

    public Worker()
    {
        var thread = new Thread(Work) { IsBackground = true, Name = "FunctionalNN worker" };
        thread.Start();
    }

    /// <summary>Hands over one part of a job, which must stay where it is until <see cref="Await"/> has returned.</summary>
    public void Start(delegate*<void*, int, int, void> code, void* job, int part, int parts)
    {
        this.code = code;
        this.job = job;
        this.part = part;
        this.parts = parts;

        // A full fence: the worker sees the job before the ticket, and we see that it sleeps after.
        Interlocked.Increment(ref mailbox.Started);
        if (Volatile.Read(ref mailbox.Asleep) != 0)
        {
            lock (sleeping)
            {
                Monitor.Pulse(sleeping);
            }
        }
    }

    /// <summary>Ends the thread; no part must be under way.</summary>
    public void End() => Start(null, null, 0, 0);

    /// <summary>Waits until the part is done, or does it where the worker has not begun; gives what it threw, if it did.</summary>
    public Exception? Await()
    {
        var ticket = mailbox.Started;
        if (Claim(ticket))
        {
            Execute();
            return failure;
        }

        var looks = 0;
        while (Volatile.Read(ref mailbox.Finished) != ticket)
        {
            Pause(++looks);
        }

        return failure;
    }

    private void Work()
    {
        var seen = 0;
        while (true)
        {
            seen = WaitForTicket(seen);
            if (Claim(seen))
            {
                if (code == null)
                {
                    return;
                }

                Execute();
                Volatile.Write(ref mailbox.Finished, seen);
            }
        }
    }

    /// <summary>Whether the caller is the one to do the part of a ticket: of the two threads one is.</summary>
    private bool Claim(int ticket) => Interlocked.CompareExchange(ref mailbox.Claimed, ticket, ticket - 1) == ticket - 1;

    private void Execute()
    {
        try
        {
            failure = null;
            code(job, part, parts);
        }
        catch (Exception exception) when (Keep(exception))
        {
        }
    }

    /// <summary>The next ticket after one that was seen.</summary>
    private int WaitForTicket(int seen)
    {
        var looks = 0;
        int ticket;
        while ((ticket = Volatile.Read(ref mailbox.Started)) == seen)
        {
            if (++looks < LooksBeforeSleeping)
            {
                Pause(looks);
                continue;
            }

            lock (sleeping)
            {
                Interlocked.Exchange(ref mailbox.Asleep, 1);
                while (Volatile.Read(ref mailbox.Started) == seen)
                {
                    Monitor.Wait(sleeping);
                }

                Volatile.Write(ref mailbox.Asleep, 0);
            }
        }

        return ticket;
    }

    private bool Keep(Exception exception)
    {
        failure = exception;
        return true;
    }

    private static void Pause(int looks)
    {
        if (looks % LooksBeforeYielding == 0)
        {
            Thread.Yield();
        }
        else
        {
            Thread.SpinWait(1);
        }
    }

    /// <summary>What the two threads tell each other, each word on a cache line of its own.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 320)]
    private struct Mailbox
    {
        [FieldOffset(64)]
        public int Started;

        [FieldOffset(128)]
        public int Finished;

        [FieldOffset(192)]
        public int Asleep;

        [FieldOffset(256)]
        public int Claimed;
    }
}
