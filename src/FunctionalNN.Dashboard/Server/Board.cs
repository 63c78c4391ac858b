namespace FunctionalNN;

/// <summary>
/// Where a run posts its newest page content, and where any number of browsers read it, each at its own pace: one that is slow misses what
/// is no longer the newest.
/// </summary>
internal sealed class Board
{
    private readonly Lock gate = new();
    private Posting newest = new(0, []);
    private TaskCompletionSource emptied = Completed();
    private int watchers;
    private int runs;
    private bool isClosing;
    private int stopped;

    /// <summary>Whether anybody looks.</summary>
    public bool IsWatched => Volatile.Read(ref watchers) > 0;

    public Posting Newest => Volatile.Read(ref newest);

    /// <summary>Starts a run's page: what an earlier run still posts is not shown any more.</summary>
    /// <returns>The run's number, from 1.</returns>
    public int Begin()
    {
        lock (gate)
        {
            return ++runs;
        }
    }

    /// <summary>Asks the run on the board to end.</summary>
    public void AskToStop()
    {
        lock (gate)
        {
            stopped = runs;
        }
    }

    /// <summary>Whether a run has been asked to end.</summary>
    public bool IsAskedToStop(int run) => Volatile.Read(ref stopped) == run;

    /// <summary>Done when nobody looks any more.</summary>
    public Task Emptied
    {
        get
        {
            lock (gate)
            {
                return emptied.Task;
            }
        }
    }

    public void Post(int run, byte[] content)
    {
        Posting old;
        lock (gate)
        {
            if (run != runs)
            {
                return;
            }

            old = newest;
            Volatile.Write(ref newest, new Posting(old.Version + 1, content));
        }

        old.Replace();
    }

    /// <summary>Gives every posting from the newest on that the reader is in time for, until the board closes, and then the last.</summary>
    public async Task ReadAsync(Func<byte[], Task> show, CancellationToken cancellation)
    {
        Enter();
        try
        {
            for (var shown = 0L; ;)
            {
                // In this order: what is posted before the closing is seen.
                var ends = Volatile.Read(ref isClosing);
                var posting = Newest;
                if (posting.Version > shown)
                {
                    await show(posting.Content);
                    shown = posting.Version;
                }
                else if (ends)
                {
                    return;
                }
                else
                {
                    await posting.Replaced.WaitAsync(cancellation);
                }
            }
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Lets every reader have the last posting.</summary>
    /// <returns>Done when all have left.</returns>
    public Task CloseAsync()
    {
        lock (gate)
        {
            Volatile.Write(ref isClosing, true);
            newest.Replace();
            return emptied.Task;
        }
    }

    private void Enter()
    {
        lock (gate)
        {
            emptied = watchers++ == 0 ? new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously) : emptied;
        }
    }

    private void Leave()
    {
        lock (gate)
        {
            if (--watchers == 0)
            {
                emptied.TrySetResult();
            }
        }
    }

    private static TaskCompletionSource Completed()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }

    /// <summary>What the page shows.</summary>
    /// <param name="version">0 before the first, then 1, 2, …</param>
    /// <param name="content">JSON in UTF-8, in one line.</param>
    internal sealed class Posting(long version, byte[] content)
    {
        private readonly TaskCompletionSource replaced = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public long Version => version;

        public byte[] Content => content;

        /// <summary>Done when there is a newer one, or no newer one will come.</summary>
        public Task Replaced => replaced.Task;

        public void Replace() => replaced.TrySetResult();
    }
}
