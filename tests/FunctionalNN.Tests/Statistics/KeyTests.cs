namespace FunctionalNN.Tests;

/// <summary>The generator's distributions. Seeds are fixed and bounds are 5 standard errors, so a sound generator passes always.</summary>
public class KeyTests
{
    private const int Count = 200_000;

    [Theory]
    [InlineData(0ul)]
    [InlineData(1ul)]
    [InlineData(ulong.MaxValue)]
    [InlineData(0x9E3779B97F4A7C15ul)]
    public void Uniform_numbers_fill_the_unit_interval_evenly(ulong seed)
    {
        var bins = new int[100];
        foreach (var i in Enumerable.Range(0, Count))
        {
            var u = new Key(seed).Uniform(i);
            Assert.InRange(u, 0, Math.BitDecrement(1));
            bins[(int)(u * bins.Length)]++;
        }

        ChiSquare.AssertEven(bins);
    }

    [Fact]
    public void Normal_numbers_have_the_moments_of_the_normal_distribution()
    {
        var values = Enumerable.Range(0, Count).Select(i => new Key(11).Normal(i)).ToArray();
        double Moment(int power) => values.Average(x => Math.Pow(x, power));
        var error = 5 / Math.Sqrt(Count);
        Assert.Equal(0, Moment(1), error);
        Assert.Equal(1, Moment(2), error * Math.Sqrt(2));
        Assert.Equal(0, Moment(3), error * Math.Sqrt(15));
        Assert.Equal(3, Moment(4), error * Math.Sqrt(96));
        Assert.All(values, x => Assert.True(double.IsFinite(x)));

        // Φ(1) = 0.8413…, Φ(−2) = 0.02275…
        Assert.Equal(0.841344746068543, values.Count(x => x < 1) / (double)Count, error * 0.5);
        Assert.Equal(0.0227501319481792, values.Count(x => x < -2) / (double)Count, error * 0.15);
    }

    [Fact]
    public void Neighbouring_positions_are_uncorrelated()
    {
        var key = new Key(5);
        Assert.Equal(0, Correlation(i => key.Uniform(i), i => key.Uniform(i + 1)), 5 / Math.Sqrt(Count));
        Assert.Equal(0, Correlation(i => key.Normal(i), i => key.Normal(i + 1)), 5 / Math.Sqrt(Count));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, -1)]
    [InlineData(7, 1000)]
    public void Folding_by_different_positions_gives_independent_keys(long first, long second)
    {
        var key = new Key(0);
        Assert.Equal(0, Correlation(i => key.Fold(first).Uniform(i), i => key.Fold(second).Uniform(i)), 5 / Math.Sqrt(Count));
        Assert.Equal(0, Correlation(i => key.Uniform(i), i => key.Fold(first).Uniform(i)), 5 / Math.Sqrt(Count));
        Assert.Equal(0, Correlation(i => key.Fold(i).Uniform(0), i => key.Fold(i + 1).Uniform(0)), 5 / Math.Sqrt(Count));
    }

    [Fact]
    public void Folding_is_a_function_and_its_order_matters()
    {
        Assert.Equal(new Key(3).Fold(4).Fold(5), new Key(3).Fold(4).Fold(5));
        Assert.NotEqual(new Key(3).Fold(4).Fold(5), new Key(3).Fold(5).Fold(4));
        var keys = Enumerable.Range(0, 1000).SelectMany(i => Enumerable.Range(0, 100).Select(j => new Key(9).Fold(i).Fold(j)));
        Assert.Equal(100_000, keys.Distinct().Count());
    }

    [Fact]
    public void Numbers_below_a_limit_come_equally_often()
    {
        var counts = new int[7];
        foreach (var i in Enumerable.Range(0, Count))
        {
            counts[new Key(2).Below(7, i)]++;
        }

        ChiSquare.AssertEven(counts);
        Assert.Equal(0, new Key(2).Below(1, 5));
    }

    [Fact]
    public void Every_permutation_comes_equally_often()
    {
        var counts = new Dictionary<string, int>();
        foreach (var seed in Enumerable.Range(0, 24_000))
        {
            var order = string.Join(",", new Key(0).Fold(seed).Permutation(4));
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }

        Assert.Equal(24, counts.Count);
        ChiSquare.AssertEven([.. counts.Values]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    public void A_permutation_holds_each_number_once(int count) =>
        Assert.Equal(Enumerable.Range(0, count), new Key(1).Permutation(count).Order());

    private static double Correlation(Func<int, double> first, Func<int, double> second)
    {
        var (x, y) = (Enumerable.Range(0, Count).Select(first).ToArray(), Enumerable.Range(0, Count).Select(second).ToArray());
        var (meanX, meanY) = (x.Average(), y.Average());
        var both = Enumerable.Range(0, Count).Sum(i => (x[i] - meanX) * (y[i] - meanY));
        return both / Math.Sqrt(x.Sum(a => (a - meanX) * (a - meanX)) * y.Sum(b => (b - meanY) * (b - meanY)));
    }
}
