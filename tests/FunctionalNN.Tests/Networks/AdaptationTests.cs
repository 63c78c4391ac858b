namespace FunctionalNN.Tests;

/// <summary>Statistics taken from data at once: against scikit-learn, torch, and those of the layer's true inputs.</summary>
public class AdaptationTests
{
    private static readonly References Reference = References.Of("Normalization");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Normalization_scales_as_scikit_learn_does(bool isMinMax)
    {
        var data = Reference.Matrix("data");
        var network = new Network(4, [isMinMax ? Normalization.MinMax : Normalization.Standard]);
        var model = network.Initialize<double>(0).Adapt(Rows(data));
        Assert.InRange(Probe.Difference(model.Statistics["normalization1", isMinMax ? "minimum" : "mean"].Values,
            Reference.Row(isMinMax ? "minimum" : "mean")), 0, 1e-12);
        var variances = isMinMax ? Reference.Row("maximum") : Reference.Row("variance");
        Assert.InRange(Probe.Difference(model.Statistics["normalization1", isMinMax ? "maximum" : "variance"].Values[..3],
            variances.AsSpan(0, 3)), 0, 1e-12);

        var first = Matrix.Create(5, 4, (row, column) => data[row, column]);
        Assert.InRange(Probe.Difference(model.Predict(first).Values, Reference.Matrix(isMinMax ? "minmax" : "standard").Values), 0, 1e-8);
    }

    [Fact]
    public void A_column_that_never_changes_has_no_variance_and_is_not_blown_up()
    {
        var model = new Network(1, [new Normalization()]).Initialize<double>(0).Adapt(Rows(Matrix.Create(1001, 1, (_, _) => 0.1)));
        Assert.Equal(0, model.Statistics["normalization1", "variance"][0, 0]);
        Assert.Equal(2 - 0.1, model.Predict(Matrix.Row(2.0))[0, 0]);
    }

    [Fact]
    public void Before_it_is_adapted_a_normalization_is_the_identity()
    {
        var x = Matrix.Row(3f, -2, 1e6f);
        Assert.Equal(x, new Network(3, [Normalization.Standard, Normalization.MinMax]).Initialize(0).Predict(x));
    }

    [Fact]
    public void Training_leaves_the_statistics_alone_and_the_model_carries_them()
    {
        var data = ActivationTests.RandomData(new Key(4), 40, 3, 1);
        var model = new Network(3, [new Normalization(), new Dense(1)]).Initialize<double>(0).Adapt(data);
        var trained = model.Train(new Adam(0.01)).Epochs(data.Shuffled(8), new MeanSquaredError()).Take(2).Last().Model;
        Assert.Equal(model.Statistics, trained.Statistics);
    }

    [Fact]
    public void Gradients_go_through_an_adapted_normalization()
    {
        var data = ActivationTests.RandomData(new Key(5), 9, 3, 2);
        var model =
            new Network(3, [new Dense(4), Normalization.Standard, new Tanh(), Normalization.MinMax, new Dense(2)]).Initialize<double>(1)
                .Adapt(data);
        Assert.NotEqual(1, model.Statistics["normalization1", "variance"][0, 0]);
        var report = GradientCheck.Of(model, new MeanSquaredError(), data);
        Assert.True(report.IsCorrect, report.ToString());
    }

    [Fact]
    public void Recalibration_gives_the_moments_of_what_arrives_at_each_layer_inner_ones_included()
    {
        var data = ActivationTests.RandomData(new Key(2), 700, 3, 1);
        Layer[] head = [new Dense(5), new BatchNormalization(), new Tanh()];
        var inner = new Sequence(new Dense(4), BatchNormalization.Like(Dialect.Keras), new Dropout(0.5));
        var model = new Network(3, [.. head, new Residual(new Dense(6), inner, new Dense(5)), new Dense(1)]).Initialize<double>(6)
            .Recalibrate(data);
        var x = data.InputsOf([.. Enumerable.Range(0, 700)]);

        var first = new Network(3, [head[0]]);
        var arriving = Part(first).Predict(x);
        Same(Moments(arriving, 700 / 699.0), model.Statistics["batchNormalization1", "mean"],
            model.Statistics["batchNormalization1", "variance"]);

        var upTo = Part(new Network(3, [.. head, new Sequence(new Dense(6), new Sequence(new Dense(4)))]));
        Same(Moments(upTo.Predict(x), 1), model.Statistics["residual1", "sequence1.batchNormalization1.mean"],
            model.Statistics["residual1", "sequence1.batchNormalization1.variance"]);

        // The leading layers with the recalibrated model's numbers.
        Model<double> Part(Network part) => new(
            part,
            new ParameterVector<double>(part.ParameterLayout, model.Parameters.Values[..part.ParameterLayout.Count]),
            new ParameterVector<double>(part.StatisticLayout, model.Statistics.Values[..part.StatisticLayout.Count]));
    }

    [Theory]
    [InlineData("Cumulative")]
    [InlineData("Equinox")]
    public void Running_averages_without_the_pull_of_the_start_are_those_of_their_systems(string name)
    {
        var reference = References.Of("BatchNormalization " + name);
        var layer = name == "Equinox" ? BatchNormalization.Equinox : BatchNormalization.Cumulative;
        var model = new Network(3, [layer]).Initialize<double>(0);
        var statistics = model.Statistics.Thaw();
        foreach (var batch in new[] { "first", "second" })
        {
            layer.Forward(new Pass<double>(new Heap<double>(), Team.Single, model.Parameters, 0, statistics, 0, default, true),
                reference.Matrix(batch));
        }

        Assert.InRange(Probe.Difference(statistics.View(0).Values, reference.Row("mean")), 0, 1e-13);
        Assert.InRange(Probe.Difference(statistics.View(1).Values, reference.Row("variance")), 0, 1e-13);
        if (reference.Has("y"))
        {
            var y = (model with { Statistics = statistics }).Predict(reference.Matrix("first"));
            Assert.InRange(Probe.Difference(y.Values, reference.Matrix("y").Values), 0, 1e-13);
        }
    }

    [Fact]
    public void What_cannot_be_fitted_is_said_with_the_fix()
    {
        var model = new Network(3, [new Dense(1)]).Initialize<double>(0);
        var data = ActivationTests.RandomData(new Key(0), 5, 3, 1);
        Assert.Contains("no layer Normalization: put one", Assert.Throws<ArgumentException>(() => model.Adapt(data)).Message,
            StringComparison.Ordinal);
        Assert.Contains("no layer BatchNormalization", Assert.Throws<ArgumentException>(() => model.Recalibrate(data)).Message,
            StringComparison.Ordinal);
        Assert.Contains("no rows", Assert.Throws<ArgumentException>(() => model.Adapt(data.Take(0))).Message, StringComparison.Ordinal);
        Assert.Contains("2 wide",
            Assert.Throws<ArgumentException>(() => model.Adapt(ActivationTests.RandomData(new Key(0), 5, 2, 1))).Message,
            StringComparison.Ordinal);
    }

    private static DataSet<double> Rows(Matrix<double> x) => new(x, new RealTargets<double>(Matrix.Zeros<double>(x.Rows, 1)));

    private static (double[] Means, double[] Variances) Moments(Matrix<double> x, double correction)
    {
        var columns = Enumerable.Range(0, x.Columns).Select(column => Enumerable.Range(0, x.Rows).Select(row => x[row, column]).ToArray())
            .ToArray();
        return ([.. columns.Select(c => c.Average())], [.. columns.Select(c => correction * c.Average(v => Math.Pow(v - c.Average(), 2)))]);
    }

    private static void Same((double[] Means, double[] Variances) expected, Matrix<double> means, Matrix<double> variances)
    {
        Assert.InRange(Probe.Difference(means.Values, expected.Means), 0, 1e-12);
        Assert.InRange(Probe.Difference(variances.Values, expected.Variances), 0, 1e-12);
    }
}
