using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>
/// Successive halving: all settings are trained for a few epochs, the best 1/factor of those still running for factor times as many, and so
/// on, so that most of the time goes to what is good. Runs go on where they paused; nothing is trained twice. Source: Jamieson and
/// Talwalkar, "Non-stochastic best arm identification and hyperparameter optimization", 2016.
/// </summary>
/// <param name="First">The epochs after which the first are dropped, 1 or more.</param>
/// <param name="Factor">Of how many one is kept, 2 or more; 3 is usual.</param>
public sealed record Halving(int First = 1, int Factor = 3)
{
    /// <summary>1 or more.</summary>
    public int First { get; init => field = AtLeast(value, 1, nameof(First)); } = AtLeast(First, 1, nameof(First));

    /// <summary>2 or more.</summary>
    public int Factor { get; init => field = AtLeast(value, 2, nameof(Factor)); } = AtLeast(Factor, 2, nameof(Factor));

    /// <summary>The numbers of epochs after which runs are dropped, below the most.</summary>
    internal ImmutableArray<int> Rungs(int most)
    {
        var rungs = ImmutableArray.CreateBuilder<int>();
        for (var epochs = (long)First; epochs < most; epochs *= Factor)
        {
            rungs.Add((int)epochs);
        }

        return rungs.ToImmutable();
    }

    /// <summary>The positions of those of some running that are dropped, worst last: all but the best 1/factor, one at least. Of equal
    /// scores the first stay; NaN is worse than any number.</summary>
    public static IEnumerable<int> Dropped(IReadOnlyList<double> scores, int factor) =>
        Enumerable.Range(0, scores.Count).OrderBy(i => double.IsNaN(scores[i])).ThenBy(i => scores[i])
            .Skip(Math.Max(1, scores.Count / factor));

    /// <summary>The end of a run that was dropped.</summary>
    internal static string DroppedAfter(int epochs) => $"dropped after {epochs} {(epochs == 1 ? "epoch" : "epochs")}";

    private static int AtLeast(int value, int least, string name) =>
        value >= least
            ? value
            : throw new ArgumentOutOfRangeException(name,
                $"the halving's {(name == nameof(First) ? "first number of epochs" : "factor")} is {value}, expected {least} or more");
}
