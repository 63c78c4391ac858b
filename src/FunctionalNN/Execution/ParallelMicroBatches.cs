using System.Numerics;

namespace FunctionalNN;

/// <summary>
/// The strips of a batch side by side: each thread takes the next strip through the network and back by itself, and only waits for its turn
/// to add to the gradient. For networks so narrow that dividing each product among the threads would cost more than it saves.
/// </summary>
/// <param name="newWalk">Makes what a thread needs.</param>
/// <param name="steps">The network's training steps.</param>
internal sealed unsafe class ParallelMicroBatches<T>(Func<ForwardBackward<T>> newWalk, int steps)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly List<ForwardBackward<T>> walks = [];
    private readonly AccumulationOrder turns = new(steps);
    private Metrics[] measured = [];

    /// <summary>Loss, accuracy and gradient of the whole batch.</summary>
    public Metrics Run(Team team, in StepInputs<T> place, ReadOnlyMemory<Batch<T>> strips, int batchRows)
    {
        var parts = Math.Min(team.Threads, strips.Length);
        while (walks.Count < parts)
        {
            walks.Add(newWalk());
        }

        if (measured.Length < strips.Length)
        {
            measured = new Metrics[strips.Length];
        }

        turns.Begin();
        var next = 0;
        var job = new Job(this, place, strips, batchRows, &next);
        team.Run(ref job, parts);
        var sum = default(Metrics);
        foreach (var strip in measured.AsSpan(0, strips.Length))
        {
            sum += strip;
        }

        return sum;
    }

    private readonly struct Job(ParallelMicroBatches<T> run, StepInputs<T> place, ReadOnlyMemory<Batch<T>> strips, int batchRows, int* next)
        : IJob
    {
        public void Execute(int part, int parts)
        {
            try
            {
                for (var number = Interlocked.Increment(ref *next) - 1; number < strips.Length
                    && !run.turns.IsBroken; number = Interlocked.Increment(ref *next) - 1)
                {
                    run.measured[number] = run.walks[part]
                        .Run(Team.Single, place, strips.Span[number], new Strip(batchRows, number, run.turns), out _);
                }
            }
            catch
            {
                run.turns.Break();
                throw;
            }
        }
    }
}
