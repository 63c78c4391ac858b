namespace FunctionalNN;

/// <summary>
/// The process' workers: made when first needed, asleep while no run has them. A run takes what is there; runs at the same time
/// share the cores and never wait for each other.
/// </summary>
internal static class WorkerPool
{
    private static readonly Lock Gate = new();
    private static readonly Stack<Worker> Idle = new();
    private static int taken;

    /// <summary>Up to so many workers, none when other runs already keep every core busy.</summary>
    public static Worker[] Take(int wanted)
    {
        lock (Gate)
        {
            var free = Math.Max(wanted, Environment.ProcessorCount - 1) - taken;
            var count = Math.Clamp(wanted, 0, Math.Max(0, free));
            taken += count;
            var workers = new Worker[count];
            for (var i = 0; i < count; i++)
            {
                workers[i] = Idle.TryPop(out var worker) ? worker : new Worker();
            }

            return workers;
        }
    }

    public static void Return(Worker[] workers)
    {
        lock (Gate)
        {
            taken -= workers.Length;
            foreach (var worker in workers)
            {
                Idle.Push(worker);
            }
        }
    }
}
