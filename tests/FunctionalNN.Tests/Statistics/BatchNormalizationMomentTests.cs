namespace FunctionalNN.Tests;

/// <summary>In training a column of the output has mean β and standard deviation |γ|, whatever the input's.</summary>
public class BatchNormalizationMomentTests
{
    [Theory]
    [InlineData(0.0, 1.0)]
    [InlineData(1000.0, 1.0)]
    [InlineData(-5.0, 100.0)]
    [InlineData(0.0, 0.1)]
    public void Gamma_controls_the_spread_and_beta_the_mean(double center, double spread)
    {
        const int Rows = 257, Columns = 19;
        var input =
            Matrix.Create(Rows, Columns, (row, column) => center + (spread * (1 + column) * new Key(6).Normal((row * Columns) + column)));
        var gamma = Matrix.Create(1, Columns, (_, column) => 0.5 + (0.1 * column));
        var beta = Matrix.Create(1, Columns, (_, column) => column - 9.0);
        var model = new Network(Columns, [new BatchNormalization { Epsilon = 1e-12 }]).Initialize<double>(0)
            .With("batchNormalization1", "gamma", gamma).With("batchNormalization1", "beta", beta);
        var output = LayerCall.Train(model, input, input).Output;
        for (var column = 0; column < Columns; column++)
        {
            var values = Enumerable.Range(0, Rows).Select(row => output[row, column]).ToArray();
            var mean = values.Average();
            Assert.Equal(beta[0, column], mean, 1e-9);
            Assert.Equal(gamma[0, column], Math.Sqrt(values.Average(y => (y - mean) * (y - mean))), 1e-8);
        }
    }

    /// <summary>A large mean beside a small spread is where a one-look variance loses its digits.</summary>
    [Fact]
    public void A_small_spread_far_from_0_keeps_its_digits_in_float()
    {
        var input = Matrix.Create(512, 1, (row, _) => 4096f + (row % 2));
        var output = LayerCall.Train(new Network(1, [new BatchNormalization()]).Initialize<float>(0), input, input).Output;
        Assert.All(Enumerable.Range(0, 512), row => Assert.Equal(row % 2 == 0 ? -1 : 1, output[row, 0], 1e-4f));
    }

    [Fact]
    public void Running_statistics_approach_the_datas_own()
    {
        var key = new Key(10);
        var data =
            new DataSet<double>(Matrix.Create(6400, 1, (row, _) => 3 + (2 * key.Normal(row))),
                new RealTargets<double>(Matrix.Zeros<double>(6400, 1)));
        var network = new Network(1, [new BatchNormalization(), new Dense(1)]);
        var state = network.Initialize<double>(0).Train(new Sgd(0)).Epochs(data.Shuffled(64), new MeanSquaredError()).Take(2).Last();
        Assert.Equal(3, state.Model.Statistics["batchNormalization1", "mean"][0, 0], 0.4);
        Assert.Equal(4, state.Model.Statistics["batchNormalization1", "variance"][0, 0], 1.2);
    }
}
