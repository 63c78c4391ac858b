using System.Runtime.InteropServices;

namespace FunctionalNN;

/// <summary>
/// One background thread that does a share of a job when handed one. It looks out for the next job for about a tenth of a millisecond,
/// then sleeps, so that no thread is busy between runs.
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

    /// <summary>Waits until the part is done; gives what it threw, if it did.</summary>
    public Exception? Await()
    {
        var looks = 0;
        while (Volatile.Read(ref mailbox.Finished) != mailbox.Started)
        {
            Pause(++looks);
        }

        return failure;
    }

    private void Work()
    {
        var done = 0;
        while (true)
        {
            WaitForTicket(done);
            if (code == null)
            {
                return;
            }

            try
            {
                failure = null;
                code(job, part, parts);
            }
            catch (Exception exception) when (Keep(exception))
            {
            }

            Volatile.Write(ref mailbox.Finished, ++done);
        }
    }

    private void WaitForTicket(int done)
    {
        var looks = 0;
        while (Volatile.Read(ref mailbox.Started) == done)
        {
            if (++looks < LooksBeforeSleeping)
            {
                Pause(looks);
                continue;
            }

            lock (sleeping)
            {
                Interlocked.Exchange(ref mailbox.Asleep, 1);
                while (Volatile.Read(ref mailbox.Started) == done)
                {
                    Monitor.Wait(sleeping);
                }

                Volatile.Write(ref mailbox.Asleep, 0);
            }
        }
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
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Mailbox
    {
        [FieldOffset(64)]
        public int Started;

        [FieldOffset(128)]
        public int Finished;

        [FieldOffset(192)]
        public int Asleep;
    }
}
