namespace FunctionalNN;

/// <summary>
/// The process' workers: made when first needed, asleep while no run has them. A run takes what is there; runs at the same time
/// share the cores and never wait for each other.
/// </summary>
internal static class WorkerPool
{
    private static readonly Lock Gate = new();
    private static readonly Stack<Worker> Idle = new();

    /// <summary>The team that was given back last, whole, for a run of the same size: most are.</summary>
    private static Team? spare;
    private static int taken;

    /// <summary>A team with up to so many workers, none when other runs already keep every core busy.</summary>
    public static Team Take(int wanted)
    {
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

            var workers = new Worker[count];
            for (var i = 0; i < count; i++)
            {
                workers[i] = Idle.TryPop(out var worker) ? worker : new Worker();
            }

            return new Team(workers);
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
            if (spare is null)
            {
                spare = team;
                return;
            }

            foreach (var worker in team.Workers)
            {
                Idle.Push(worker);
            }
        }
    }
}
