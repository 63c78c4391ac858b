using Orleans;

namespace FunctionalNN;

/// <summary>How far a plan is.</summary>
/// <param name="Stage">The stage that is open, from 1; one more than <paramref name="Stages"/> when all is done.</param>
/// <param name="Stages">How many there are.</param>
/// <param name="Done">Items that went through the open stage, or ended.</param>
/// <param name="Items">How many items there are.</param>
/// <param name="Restarts">How often the plan was handed to another silo, because that which had it was lost.</param>
/// <param name="Refusals">Silos that take no part, each with its reason.</param>
public sealed record PlanProgress(int Stage, int Stages, int Done, int Items, int Restarts, IReadOnlyDictionary<string, string> Refusals)
{
    /// <summary>In a line.</summary>
    public override string ToString() =>
        $"stage {Math.Min(Stage, Stages)} of {Stages}: {Done} of {Items} items"
            + string.Concat(Refusals.Select(refusal => $"{Environment.NewLine}{refusal.Key} takes no part: {refusal.Value}"));
}

/// <summary>Computes plans on clusters.</summary>
public static class PlanVerbs
{
    /// <summary>
    /// The plan's result, computed by the silos of a cluster: equal to <see cref="Plan{TResult}.Run"/>, to the last bit, whichever silos
    /// die, hang or join meanwhile. The same plan again, after everything has ended, goes on where it was if the cluster keeps plans.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="cluster">Where to compute it.</param>
    /// <param name="progress">Told when something changes.</param>
    /// <param name="cancellation">Ends it, in mid-epoch.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="InvalidOperationException">Silos computed different bits, or no silo can compute the job; the message says
    /// why.</exception>
    public static Task<TResult> On<TResult>(this Plan<TResult> plan, Cluster cluster, IProgress<PlanProgress>? progress = null,
        CancellationToken cancellation = default) => new Driver<TResult>(plan, cluster, progress).Run(cancellation);
}
