namespace FunctionalNN.Tests;

/// <summary>How often and how independently dropout drops; 5 standard errors.</summary>
public class DropoutStatisticsTests
{
    private const int Rows = 400;
    private const int Columns = 500;
    private const int Count = Rows * Columns;

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.8)]
    public void The_mean_is_kept_and_the_variance_is_that_of_the_mask(double rate)
    {
        // A mask of 1/(1 − r) with probability 1 − r has mean 1 and variance r/(1 − r).
        var mask = Mask(rate, new Key(1));
        var variance = rate / (1 - rate);
        Assert.Equal(1, mask.Average(), 5 * Math.Sqrt(variance / Count));
        Assert.Equal(rate, mask.Count(m => m == 0) / (double)Count, 5 * Math.Sqrt(rate * (1 - rate) / Count));
        Assert.Equal(variance, mask.Average(m => (m - 1) * (m - 1)), 0.02 * variance);
    }

    [Fact]
    public void The_same_key_gives_the_same_mask() => Assert.Equal(Mask(0.5, new Key(3).Fold(1)), Mask(0.5, new Key(3).Fold(1)));

    [Fact]
    public void A_mask_is_the_same_in_float_and_double()
    {
        var singles = LayerCall.Output(new Dropout(0.3), Matrix.Create(5, 7, (_, _) => 1f), new Key(8));
        var doubles = LayerCall.Output(new Dropout(0.3), Matrix.Create(5, 7, (_, _) => 1.0), new Key(8));
        Assert.Equal(singles.Values.ToArray().Select(m => m == 0), doubles.Values.ToArray().Select(m => m == 0));
    }

    [Fact]
    public void Masks_of_different_steps_and_layers_are_independent()
    {
        var key = new Key(0);
        AssertIndependent(Mask(0.5, key.Fold(1).Fold(0)), Mask(0.5, key.Fold(2).Fold(0)));
        AssertIndependent(Mask(0.5, key.Fold(1).Fold(0)), Mask(0.5, key.Fold(1).Fold(1)));
        AssertIndependent(Mask(0.5, new Key(0)), Mask(0.5, new Key(1)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(16)]
    [InlineData(64)]
    [InlineData(Columns)]
    public void Places_are_dropped_independently_of_each_other(int distance)
    {
        var mask = Mask(0.5, new Key(12));
        AssertIndependent(mask[distance..], mask[..^distance]);
    }

    [Fact]
    public void Every_row_and_every_column_loses_its_share()
    {
        var mask = Mask(0.5, new Key(4));
        Assert.All(Enumerable.Range(0, Rows),
            row => Assert.Equal(0.5, mask.Skip(row * Columns).Take(Columns).Count(m => m == 0) / (double)Columns,
                5 * 0.5 / Math.Sqrt(Columns)));
        Assert.All(Enumerable.Range(0, Columns),
            column =>
                Assert.Equal(0.5, Enumerable.Range(0, Rows).Count(row => mask[(row * Columns) + column] == 0) / (double)Rows,
                    5 * 0.5 / Math.Sqrt(Rows)));
    }

    /// <summary>Through whole training steps: two layers and two steps must not share a mask.</summary>
    [Fact]
    public void Training_draws_a_new_mask_each_step_and_layer()
    {
        // Bias gradients of a sum of outputs are the mask itself: each weight of the last layer is 1.
        var network =
            new Network(1,
                [new Dense(64) { BiasInitializer = Initializer.Ones }, new Dropout(0.5),
                    new Dense(1) { WeightInitializer = Initializer.Ones }]);
        var state = network.Initialize<double>(1).Train(new Sgd(0.001), seed: 3);
        var batch = new Batch<double>(Matrix.Row(0.0), new RealTargets<double>(Matrix.Row(-1000.0)));
        var masks = new HashSet<string>();
        for (var step = 0; step < 20; step++)
        {
            var next = state.Step(batch, new MeanAbsoluteError());
            var moved = (next.Model.Parameters - state.Model.Parameters)["dense1", "bias"].Values.ToArray();
            Assert.InRange(moved.Count(change => change == 0), 8, 56);
            Assert.True(masks.Add(string.Concat(moved.Select(change => change == 0 ? "0" : "1"))));
            state = next;
        }
    }

    private static double[] Mask(double rate, Key key) =>
        LayerCall.Output(new Dropout(rate), Matrix.Create(Rows, Columns, (_, _) => 1.0), key).Values.ToArray();

    /// <summary>Two independent fair masks agree at half of the places.</summary>
    private static void AssertIndependent(double[] first, double[] second)
    {
        var agree = Enumerable.Range(0, first.Length).Count(i => (first[i] == 0) == (second[i] == 0));
        Assert.Equal(0.5, agree / (double)first.Length, 5 * 0.5 / Math.Sqrt(first.Length));
    }
}
