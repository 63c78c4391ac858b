using System.Numerics;

namespace FunctionalNN;

/// <summary>
/// Steps over the batches of one pass after another, in one set of buffers: each batch is put into the order of the model's names,
/// checked and recorded, and the run may be interrupted before each step. This is the only loop over batches; runs, epochs in memory and
/// of streams, and range tests go through it.
/// </summary>
/// <param name="start">Where to start; it stays as it was.</param>
/// <param name="loss">The loss to minimise.</param>
internal sealed class EpochRun<T>(TrainingState<T> start, Loss loss)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly TrainingSteps<T> steps = new(start, loss, new Arena<T>());
    private readonly BatchReader<T> reader = new();

    /// <summary>What the last step measured.</summary>
    public Metrics Measured => steps.Measured;

    /// <summary>Starts to add up metrics, and goes on with an optimizer of the same moments.</summary>
    public void BeginEpoch(Optimizer next, Metrics soFar) => steps.BeginEpoch(next, soFar);

    /// <summary>The state reached.</summary>
    public TrainingState<T> Snapshot() => steps.Snapshot();

    /// <summary>The steps of a pass, from a batch on.</summary>
    /// <param name="pass">The batches.</param>
    /// <param name="first">How many of them are done already.</param>
    /// <param name="parallelism">How many threads.</param>
    /// <param name="interruption">Asked before each step.</param>
    /// <param name="afterStep">Called after each step, a failing one too.</param>
    public Progress Advance(IBatchPass<T> pass, int first, Parallelism? parallelism, Interruption interruption, Action? afterStep = null)
    {
        using var team = Team.Lease(parallelism ?? Parallelism.AllCores);
        using var batches = pass.Lent(first, reader, team, steps.Engine.Gathers).GetEnumerator();
        for (var done = first; ; done++)
        {
            if (done != pass.Length && interruption.Reason is { } reason)
            {
                return new Progress(done, false, null, reason);
            }

            if (!batches.MoveNext())
            {
                return new Progress(done, false, null, null);
            }

            var batch = batches.Current;
            if (pass.NeedsChecks)
            {
                var given = steps.Arrange(batch.Source!);
                Compatibility.Require(start.Model.Network, given, loss);
                batch = given;
            }

            var isFinite = steps.Advance(batch, team);
            afterStep?.Invoke();
            if (!isFinite)
            {
                return new Progress(done, true, batch.Source, null);
            }

            steps.Record(batch);
        }
    }

    /// <summary>How far a pass came.</summary>
    /// <param name="Batches">The number of batches of the pass that are done.</param>
    /// <param name="HasFailed">Whether the step of the next batch gave a number that is not finite.</param>
    /// <param name="Failed">That batch, where somebody gave it.</param>
    /// <param name="Interrupted">Why it went no further, or null.</param>
    internal readonly record struct Progress(int Batches, bool HasFailed, Batch<T>? Failed, string? Interrupted);
}
