using System.Globalization;

namespace FunctionalNN.Tests;

/// <summary>
/// The front door against scikit-learn 1.2.1 with the same defaults, columns, test rows and standardisation: references/tabular.py printed
/// references/scores.txt, for both. A mean over seeds of ours must lie with scikit-learn's, within what their seeds differ by themselves.
/// </summary>
public class TabularTests
{
    /// <summary>For each set the library's scores over the seeds, as they were printed.</summary>
    private static readonly ILookup<(string Set, string Library), double> Printed =
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "scores.txt"))
        .Select(line => line.Split(' '))
        .ToLookup(words => (words[1], words[0]), words => double.Parse(words[3], CultureInfo.InvariantCulture));

    public static TheoryData<string> Sets => [.. Printed.Select(group => group.Key.Set).Distinct()];

    [Theory]
    [MemberData(nameof(Sets))]
    public void The_printed_scores_lie_within_the_seeds_spread(string set)
    {
        var (ours, theirs) = (Of(set, "FunctionalNN"), Of(set, "scikit-learn"));
        Assert.True(ours.Count >= 5 && theirs.Count >= 5);
        Assert.InRange(Math.Abs(ours.Mean - theirs.Mean), 0, theirs.StandardDeviation);
    }

    [RealDataFact("tabular")]
    public void Small_sets_are_learned_as_well_as_by_scikit_learn()
    {
        AssertAsGood("iris", TabularSet.Read("iris"), seeds: 3);
        AssertAsGood("wine", TabularSet.Read("wine"), seeds: 3);
        AssertAsGood("breast-cancer-wisconsin", TabularSet.Read("breast-cancer-wisconsin"), seeds: 1);
        AssertAsGood("titanic", TabularSet.Read("titanic"), seeds: 1);
        AssertAsGood("winequality-red", TabularSet.Read("winequality-red"), seeds: 1);
    }

    [RealDataFact("tabular")]
    public void House_prices_come_near_after_few_epochs()
    {
        // 15 epochs instead of some 160: R² is then a little lower.
        var (score, epochs) = TabularSet.Read("california-housing").Fit(1, maxIter: 15);
        Assert.Equal(15, epochs);
        Assert.InRange(score, Of("california-housing", "scikit-learn").Mean - 0.06, 1);
    }

    [Fact]
    public void Generated_sets_are_learned_as_well_as_by_scikit_learn() => AssertAsGood("moons", TabularSet.Moons, seeds: 3);

    /// <summary>The mean of a few seeds may be off by what such means are off by: four standard errors of both, and one row.</summary>
    private static void AssertAsGood(string set, TabularSet data, int seeds)
    {
        var theirs = Of(set, "scikit-learn");
        var ours = Spread.Of([.. Enumerable.Range(0, seeds).Select(seed => data.Fit(seed).Score)]);
        var band = (4 * theirs.StandardDeviation * Math.Sqrt((1.0 / seeds) + (1.0 / theirs.Count))) + (1.0 / data.Test.Count);
        Assert.True(Math.Abs(ours.Mean - theirs.Mean) <= band, $"{set}: ours {ours}, scikit-learn {theirs}");
    }

    private static Spread Of(string set, string library) => Spread.Of([.. Printed[(set, library)]]);
}
