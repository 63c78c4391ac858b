namespace FunctionalNN.Tests;

/// <summary>What is drawn by one seed for different ends, or again from a part, is as if drawn by different seeds.</summary>
public class IndependentDrawTests
{
    private const int Rows = 60;
    private const int Seeds = 500;

    private static readonly DataSet<float> Data = new(Matrix.Create(Rows, 1, (row, _) => (float)row), new ClassLabels(new int[Rows], 2));

    /// <summary>For each row whether a draw took it.</summary>
    private static Dictionary<string, Func<int, HashSet<int>>> Draws { get; } = new()
    {
        ["Split"] = seed => Of(Data.Split(0.5, seed).Test),
        ["the training part split again"] = seed => Of(Data.Split(0.5, seed).Training.Split(0.5, seed).Test),
        ["the test part split again"] = seed => Of(Data.Split(0.5, seed).Test.Split(0.5, seed).Test),
        ["KFold"] = seed => Of(Data.KFold(2, seed)[0].HeldOut),
        ["a fold split"] = seed => Of(Data.KFold(2, seed)[0].Training.Split(0.5, seed).Test),
        ["held out for stopping"] = seed => Of(Data.SplitForStopping(0.5, seed).Validation),
        ["Permuted"] = seed => Of(Data.Permuted(seed).Take(Rows / 2)),
        ["Oversampled"] = seed => Of(Data.Oversampled(seed, 2 * Rows, 0).Pick([.. Enumerable.Range(Rows, Rows)])),
        ["Shuffled"] = seed => [.. Data.Shuffled(Rows / 2).Epoch(new Key((ulong)seed), 0)[0].Rows],
    };

    /// <summary>Of a part of a part: among the rows that the first draw left, each comes as often.</summary>
    [Fact]
    public void Two_splits_in_a_row_take_every_row_as_often()
    {
        var counts = new int[Rows];
        var places = new int[Rows / 2];
        for (var seed = 0; seed < Seeds; seed++)
        {
            var train = Data.Split(0.5, seed).Training;
            var rows = train.Numbers();
            var taken = Of(train.Split(0.5, seed).Test);
            for (var place = 0; place < rows.Length; place++)
            {
                places[place] += taken.Contains((int)rows[place]) ? 1 : 0;
                counts[(int)rows[place]] += taken.Contains((int)rows[place]) ? 1 : 0;
            }
        }

        // 500 · ¼ and 500 · ½, ± 5 standard deviations.
        Assert.All(counts, count => Assert.InRange(count, 125 - 49, 125 + 49));
        Assert.All(places, count => Assert.InRange(count, 250 - 56, 250 + 56));
    }

    [Fact]
    public void No_two_draws_by_one_seed_know_of_each_other()
    {
        string[] names = [.. Draws.Keys];
        var taken = names.Select(name => Enumerable.Range(0, Seeds).SelectMany(seed =>
        {
            var rows = Draws[name](seed);
            return Enumerable.Range(0, Rows).Select(row => rows.Contains(row) ? 1.0 : 0.0);
        }).ToArray()).ToArray();
        for (var i = 0; i < names.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                // What comes from the rest, or from the part itself, of the other draw never or always meets it.
                var isNested = (names[j] == "Split" && names[i].Contains("split again", StringComparison.Ordinal))
                    || (names[j] == "KFold" && names[i] == "a fold split")
                    || (names[i].Contains("split again", StringComparison.Ordinal)
                        && names[j].Contains("split again", StringComparison.Ordinal));
                var correlation = Correlation(taken[i], taken[j]);
                Assert.True(isNested || Math.Abs(correlation) < 0.03, $"{names[i]} and {names[j]}: {correlation}");
            }
        }
    }

    private static HashSet<int> Of(DataSet<float> data) => [.. data.Numbers().Select(number => (int)number)];

    private static double Correlation(double[] x, double[] y)
    {
        var (meanX, meanY) = (x.Average(), y.Average());
        return x.Zip(y, (a, b) => (a - meanX) * (b - meanY))
            .Sum() / Math.Sqrt(x.Sum(a => (a - meanX) * (a - meanX)) * y.Sum(b => (b - meanY) * (b - meanY)));
    }
}
