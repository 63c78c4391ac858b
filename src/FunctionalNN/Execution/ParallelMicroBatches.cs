using System.Numerics;

namespace FunctionalNN;

/// <summary>
/// The micro-batches of a batch in parallel: each thread takes the next one through the network and back by itself, and only waits for its
/// turn to add to the gradient. For networks so narrow that dividing each product among the threads would cost more than it saves.
/// </summary>
/// <param name="create">Makes what a thread needs.</param>
/// <param name="steps">The number of the network's training steps.</param>
internal sealed unsafe class ParallelMicroBatches<T>(Func<ForwardBackward<T>> create, int steps)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly List<ForwardBackward<T>> passes = [];
    private readonly AccumulationOrder order = new(steps);
    private Metrics[] measured = [];

    /// <summary>Loss, accuracy and gradient of the whole batch.</summary>
    public Metrics Run(Team team, in StepInputs<T> inputs, ReadOnlyMemory<BatchBuffer<T>> microBatches, int batchRows)
    {
        var parts = Math.Min(team.Threads, microBatches.Length);
        while (passes.Count < parts)
        {
            passes.Add(create());
        }

        if (measured.Length < microBatches.Length)
        {
            measured = new Metrics[microBatches.Length];
        }

        order.Begin();
        var next = 0;
        var job = new Job(this, inputs, microBatches, batchRows, &next);
        team.Run(ref job, parts);
        var sum = default(Metrics);
        foreach (var metrics in measured.AsSpan(0, microBatches.Length))
        {
            sum += metrics;
        }

        return sum;
    }

    private readonly struct Job(
        ParallelMicroBatches<T> run, StepInputs<T> inputs, ReadOnlyMemory<BatchBuffer<T>> microBatches, int batchRows, int* next) : IJob
    {
        public void Execute(int part, int parts)
        {
            try
            {
                for (var number = Interlocked.Increment(ref *next) - 1; number < microBatches.Length && !run.order.IsBroken;
                    number = Interlocked.Increment(ref *next) - 1)
                {
                    var microBatch = new MicroBatch(batchRows, number, run.order);
                    run.measured[number] = run.passes[part].Run(Team.Single, inputs, microBatches.Span[number], microBatch, out _);
                }
            }
            catch
            {
                run.order.Break();
                throw;
            }
        }
    }
}
