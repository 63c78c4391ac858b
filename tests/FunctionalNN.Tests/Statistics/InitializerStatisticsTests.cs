namespace FunctionalNN.Tests;

/// <summary>Mean, variance and range of 200 × 150 drawn weights, within 5 standard errors.</summary>
public class InitializerStatisticsTests
{
    private const int Inputs = 200;
    private const int Outputs = 150;

    public static TheoryData<Initializer, double, double> Spreads => new()
    {
        { Initializer.He, Math.Sqrt(2.0 / Inputs), double.PositiveInfinity },
        { Initializer.Normal(0.01), 0.01, double.PositiveInfinity },
        { Initializer.Glorot, Math.Sqrt(2.0 / (Inputs + Outputs)), Math.Sqrt(6.0 / (Inputs + Outputs)) },
        { Initializer.Uniform(0.5), 0.5 / Math.Sqrt(3), 0.5 },
    };

    [Theory]
    [MemberData(nameof(Spreads))]
    public void Drawn_weights_have_the_mean_spread_and_range_of_their_distribution(Initializer initializer, double deviation, double limit)
    {
        foreach (var seed in (int[])[0, 1, 2])
        {
            var weights = Draw(initializer, seed);
            var count = weights.Length;
            Assert.Equal(0, weights.Average(), 5 * deviation / Math.Sqrt(count));
            Assert.Equal(1, weights.Average(w => w * w) / (deviation * deviation), 5 * Math.Sqrt(2.0 / count));
            Assert.All(weights, w => Assert.InRange(w, -limit, limit));
            Assert.True(limit == double.PositiveInfinity || weights.Max() > 0.99 * limit);
        }
    }

    [Fact]
    public void Different_seeds_and_different_layers_draw_different_numbers()
    {
        Assert.NotEqual(Draw(Initializer.He, 1), Draw(Initializer.He, 2));
        var model = new Network(50, [new Dense(50), new Dense(50)]).Initialize<double>(1);
        Assert.NotEqual(model.Parameters["dense1", "weights"], model.Parameters["dense2", "weights"]);
    }

    [Fact]
    public void Float_and_double_start_from_the_same_numbers()
    {
        var network = new Network(20, [new Dense(30)]);
        Assert.Equal(network.Initialize(7).Parameters.Values.ToArray(),
            network.Initialize<double>(7).Parameters.Values.ToArray().Select(w => (float)w));
    }

    private static double[] Draw(Initializer initializer, int seed) =>
        new Network(Inputs, [new Dense(Outputs) { WeightInitializer = initializer }]).Initialize<double>(seed).Parameters["dense1",
            "weights"].Values.ToArray();
}
