using System.Diagnostics.CodeAnalysis;

namespace FunctionalNN;

/// <summary>
/// The process' workers: made when first needed, asleep while no run has them. A run takes what is there; runs at the same time
/// share the cores and never wait for each other.
/// </summary>
internal static class WorkerPool
{
    /// <summary>More than any network here can use.</summary>
    private static readonly int MaxWorkers = Math.Max(63, (2 * Environment.ProcessorCount) - 1);

    /// <summary>So many stay asleep for the next run.</summary>
    private static readonly int MaxKept = Math.Max(15, Environment.ProcessorCount - 1);

    private static readonly Lock Gate = new();
    private static readonly Stack<Worker> Idle = new();

    /// <summary>The team that was given back last, whole, for a run of the same size: most are.</summary>
    private static Team? spare;
    private static int taken;

    /// <summary>A team with up to the given number of workers, none when other runs already keep every core busy.</summary>
    public static Team Take(int wanted)
    {
        wanted = Math.Min(wanted, MaxWorkers);
        lock (Gate)
        {
            var free = Math.Max(wanted, Environment.ProcessorCount - 1) - taken;
            var count = Math.Clamp(wanted, 0, Math.Max(0, free));
            taken += count;
            if (count == 0)
            {
                return Team.Single;
            }

            var team = spare;
            spare = null;
            if (team?.Workers.Length == count)
            {
                return team;
            }

            foreach (var worker in team?.Workers ?? [])
            {
                Idle.Push(worker);
            }

            var workers = new List<Worker>(count);
            while (workers.Count < count && (Idle.TryPop(out var worker) || TryMake(out worker)))
            {
                workers.Add(worker);
            }

            taken -= count - workers.Count;
            return workers.Count == 0 ? Team.Single : new Team([.. workers]);
        }
    }

    /// <summary>A new worker, unless the system gives no more threads: the run then goes on with those that there are.</summary>
    private static bool TryMake([NotNullWhen(true)] out Worker? worker)
    {
        try
        {
            worker = new Worker();
            return true;
        }
        catch (Exception fault) when (fault is OutOfMemoryException or ThreadStartException)
        {
            worker = null;
            return false;
        }
    }

    public static void Return(Team team)
    {
        if (team.Workers.Length == 0)
        {
            return;
        }

        lock (Gate)
        {
            taken -= team.Workers.Length;
            if (spare is null && team.Workers.Length <= MaxKept)
            {
                spare = team;
                return;
            }

            foreach (var worker in team.Workers)
            {
                if (Idle.Count + (spare?.Workers.Length ?? 0) < MaxKept)
                {
                    Idle.Push(worker);
                }
                else
                {
                    worker.End();
                }
            }
        }
    }
}
