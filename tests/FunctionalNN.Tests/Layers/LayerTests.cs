
namespace FunctionalNN.Tests;

/// <summary>Layers with parameters or statistics against torch and scikit-learn, and what each promises.</summary>
public class LayerTests
{
    [Theory]
    [InlineData("PRelu", false)]
    [InlineData("PRelu shared", true)]
    public void PRelu_is_that_of_torch(string name, bool isShared)
    {
        var reference = References.Of(name);
        var (y, dx, slope) =
            Probe.Layer(new PRelu { IsShared = isShared }, reference.Matrix("x"), reference.Matrix("dy"), reference.Row("slope"));
        Assert.InRange(Probe.Difference(y.Values, reference.Matrix("y").Values), 0, 1e-14);
        Assert.InRange(Probe.Difference(dx.Values, reference.Matrix("dx").Values), 0, 1e-14);
        Assert.InRange(Probe.Difference(slope, reference.Row("dslope")), 0, 1e-14);
    }

    [Fact]
    public void PRelu_starts_where_its_system_does()
    {
        Assert.Equal([0.25], new Network(3, [PRelu.Like(Dialect.PyTorch)]).Initialize<double>(1).Parameters.Values.ToArray());
        Assert.Equal([0, 0, 0], new Network(3, [PRelu.Like(Dialect.Keras)]).Initialize<double>(1).Parameters.Values.ToArray());
    }

    [Fact]
    public void LogSoftmax_is_that_of_torch_for_any_logits()
    {
        var reference = References.Of("LogSoftmax");
        var (y, dx, _) = Probe.Layer(new LogSoftmax(), reference.Matrix("x"), reference.Matrix("dy"));
        Assert.InRange(Probe.Difference(y.Values, reference.Matrix("y").Values, 1e-12), 0, 1e-14);
        Assert.InRange(Probe.Difference(dx.Values, reference.Matrix("dx").Values), 0, 1e-13);
        Assert.True(float.IsNaN(Probe.Output(new LogSoftmax(), Matrix.Row(1, float.NaN, 2))[0, 0]));
    }

    [Theory]
    [InlineData("PyTorch")]
    [InlineData("Keras")]
    public void LayerNormalization_is_that_of_torch(string name)
    {
        var reference = References.Of("LayerNormalization " + name);
        var layer = name == "Keras" ? LayerNormalization.Like(Dialect.Keras) : LayerNormalization.Like(Dialect.PyTorch);
        var (y, dx, gradient) =
            Probe.Layer(layer, reference.Matrix("x"), reference.Matrix("dy"), [.. reference.Row("gamma"), .. reference.Row("beta")]);
        Assert.InRange(Probe.Difference(y.Values, reference.Matrix("y").Values), 0, 1e-13);
        Assert.InRange(Probe.Difference(dx.Values, reference.Matrix("dx").Values), 0, 1e-12);
        Assert.InRange(Probe.Difference(gradient, [.. reference.Row("dgamma"), .. reference.Row("dbeta")]), 0, 1e-12);
    }

    [Fact]
    public void Gradients_are_those_of_differences()
    {
        Layer[] layers =
        [
            new PRelu(), PRelu.Like(Dialect.PyTorch), PRelu.Like(Dialect.Keras), new LayerNormalization(),
            LayerNormalization.Like(Dialect.Keras), new LogSoftmax(),
            new GaussianNoise(0.3),
            new Normalization(), BatchNormalization.Equinox, BatchNormalization.Cumulative,
            new Sequence(new Dense(4), new Tanh(), new BatchNormalization(), new Dense(3)),
            new Residual(new Dense(9), new PRelu(), new Dropout(0.3), new Sequence(new Residual(new LayerNormalization()), new Dense(7))),
        ];
        foreach (var layer in layers)
        {
            for (var seed = 0; seed < 3; seed++)
            {
                var key = new Key((ulong)seed);
                var (rows, inputs) = (2 + key.Below(6, 0), 1 + key.Below(6, 1));
                var data = ActivationTests.RandomData(key, rows, inputs, 2);
                var inside = new Network(inputs, [new Dense(7), layer, new Tanh(), new Dense(2)]);
                var report = GradientCheck.Of(inside, new MeanSquaredError(), data, seed);
                Assert.True(report.IsCorrect, $"{layer}{Environment.NewLine}{report}");

                // First in the network, where training does not ask for ∂L/∂x: the parameters' gradient is the same.
                var wide = ActivationTests.RandomData(key, rows, 7, 2);
                var first = new Network(7, [layer, new Dense(2)]);
                report = GradientCheck.Of(first, new MeanSquaredError(), wide, seed);
                Assert.True(report.IsCorrect, $"{layer}{Environment.NewLine}{report}");
                SameWithoutInputGradient(first, wide);
            }
        }
    }

    [Fact]
    public void Gaussian_noise_has_its_mean_and_spread_and_is_gone_in_prediction()
    {
        var zeros = Matrix.Zeros<float>(400, 250);
        var noise = Probe.Output(new GaussianNoise(2), zeros).Values.ToArray().Select(value => value / 2.0).ToArray();
        var mean = noise.Average();
        var moments = Enumerable.Range(2, 3).Select(power => noise.Average(value => Math.Pow(value - mean, power))).ToArray();
        Assert.InRange(mean, -0.015, 0.015);
        Assert.InRange(moments[0], 0.98, 1.02);
        Assert.InRange(moments[1], -0.05, 0.05);
        Assert.InRange(moments[2], 2.9, 3.1);

        // Kolmogorov's distance from the normal distribution: below 1.95/√n but for once in a thousand.
        Array.Sort(noise);
        var reference = noise.Select(value => NormalDistribution.Cumulative<Number<double>>(value).Value);
        Assert.InRange(reference.Select((p, i) => Math.Abs(p - ((i + 0.5) / noise.Length))).Max(), 0, 1.95 / Math.Sqrt(noise.Length));

        // Neighbours, and the same place in two steps, know nothing of each other.
        Assert.InRange(Enumerable.Range(0, 99999).Average(i => noise[i] * noise[(i * 7919) % noise.Length]), -0.02, 1.02);
        var inDouble = Probe.Output(new GaussianNoise(2), Matrix.Zeros<double>(400, 250));
        var inSingle = Probe.Double(Probe.Output(new GaussianNoise(2), zeros));
        Assert.InRange(Probe.Difference(inSingle.Values, inDouble.Values, 1), 0, 1e-5);

        var model = new Network(3, [new GaussianNoise(1)]).Initialize(0);
        var x = Matrix.Row(1f, 2, 3);
        Assert.Equal(x, model.Predict(x));
    }

    [Fact]
    public void A_sequence_is_its_layers_one_after_the_other()
    {
        Layer[] layers = [new Dense(4), new Tanh(), new BatchNormalization(), new Dense(3)];
        var flat = new Network(5, [.. layers]).Initialize<double>(3);
        var nested = new Network(5, [new Sequence([.. layers])]);
        Assert.Equal(
            ["dense1.weights", "dense1.bias", "batchNormalization1.gamma", "batchNormalization1.beta", "dense2.weights", "dense2.bias"],
            nested.ParameterLayout.Placements.Select(placement => placement.Slot.Name));
        var data = ActivationTests.RandomData(new Key(1), 12, 5, 3);
        var same =
            new Model<double>(nested, new ParameterVector<double>(nested.ParameterLayout, flat.Parameters.Values),
                new ParameterVector<double>(nested.StatisticLayout, flat.Statistics.Values));
        var (trainedFlat, trainedNested) = (Trained(flat), Trained(same));
        Assert.Equal(trainedFlat.Parameters.Values, trainedNested.Parameters.Values);
        Assert.Equal(trainedFlat.Statistics.Values, trainedNested.Statistics.Values);
        Assert.Equal(trainedFlat.Predict(data.InputsOf(1, 2, 3)), trainedNested.Predict(data.InputsOf(1, 2, 3)));
        Assert.Equal(2, nested.Layers[0].MinRows);
        Assert.Equal(OutputRange.Distribution, new Sequence(new Dense(3), new Softmax()).RangeFor(OutputRange.Any));

        Model<double> Trained(Model<double> model) =>
            model.Train(new Sgd(0.1)).Epochs(data.InOrder(6), new MeanSquaredError()).Take(3).Last().Model;
    }

    [Fact]
    public void A_residual_of_a_layer_of_zeros_is_the_identity()
    {
        var model = new Network(4, [new Residual(new Dense(4) { WeightInitializer = Initializer.Zeros })]).Initialize(0);
        var x = Matrix.Create(3, 4, (row, column) => (float)(row - column));
        Assert.Equal(x, model.Predict(x));
    }

    [Fact]
    public void Layers_of_layers_are_values()
    {
        Assert.Equal(new Sequence(new Dense(3), new Relu()), new Sequence(new Dense(3), new Relu()));
        Assert.NotEqual(new Sequence(new Dense(3), new Relu()), new Sequence(new Dense(3), new Tanh()));
        Assert.Equal(new Residual(new Dense(3)), new Residual(new Dense(3)));
        Assert.NotEqual(new Residual(new Dense(3)), new Residual(new Dense(3)) { Name = "other" });
        Assert.Equal(new Residual(new Dense(3)).GetHashCode(), new Residual(new Dense(3)).GetHashCode());
        var changed = new Sequence(new Dense(3)) with { Layers = [new Dense(5)] };
        Assert.Equal(5, changed.Width(2).OrThrow());
        Assert.StartsWith("Sequence { Layers = [Dense { Outputs = 3", new Sequence(new Dense(3)).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_layers_inside_are_named_from_outside_in()
    {
        var message = Assert.Throws<ArgumentException>(() => new Network(4, [new Dense(3), new Residual(new Dense(2))])).Message;
        Assert.Contains(
            "layer 2 (Residual), input width 3: the layers end 2 wide, but their output is added to the input, 3 wide: end them in "
                + "Dense(3)", message, StringComparison.Ordinal);
        message = Assert.Throws<ArgumentException>(() => new Network(4, [new Sequence(new Dense(2), new Dropout(2))])).Message;
        Assert.Contains("layer 1 (Sequence), input width 4: layer 2 (Dropout), input width 2: the rate is 2", message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Network(4, [new Sequence()]));
        Assert.Throws<ArgumentException>(() => new Network(1, [new LayerNormalization()]));
        Assert.Throws<ArgumentException>(() => new Network(2, [new GaussianNoise(-1)]));
    }

    [Fact]
    public void A_large_batch_in_micro_batches_has_the_gradient_of_the_whole()
    {
        const int Rows = 2500;
        var key = new Key(9);
        Layer[] layers =
            [new PRelu(), PRelu.Like(Dialect.PyTorch), new LayerNormalization(), new Normalization(),
                new Sequence(new Dense(3), new Silu()),
                new Residual(new LayerNormalization(), new Dense(4))];
        Targets labels = new ClassLabels([.. Enumerable.Range(0, Rows).Select(row => key.Below(3, row))], 3);
        Targets rows =
            new RealTargets<double>(Probe.Output(new Softmax(), Matrix.Create(Rows, 3, (row, column) => key.Normal((row * 3) + column))));
        (Loss Loss, Layer Last, Targets Targets)[] endings =
        [
            (new CategoricalCrossEntropy { LabelSmoothing = 0.1 }, new Softmax(), labels),
            (new CategoricalCrossEntropy(), new Softmax(), rows), (new CategoricalCrossEntropy(), new Sequence(new Softmax()), rows),
            (new CategoricalCrossEntropy(), new Sequence(new Softmax()), labels), (new KullbackLeibler(), new Softmax(), rows),
            (new KullbackLeibler(), new Sequence(new Softmax()), rows),
            (new NegativeLogLikelihood(), new Sequence(new LogSoftmax()), labels),
            (new CategoricalFocalCrossEntropy(), new Softmax(), labels), (new CategoricalHinge(), new Linear(), labels),
            (new Huber(), new Tanh(), rows),
        ];
        var x = Matrix.Create(Rows, 4, (row, column) => key.Fold(1).Normal((row * 4) + column));
        foreach (var (i, (loss, last, targets)) in endings.Index())
        {
            var network = new Network(4, [new Dense(4), layers[i % layers.Length], new Dense(3), last]);
            Assert.All(network.Layers, layer => Assert.True(layer.IsRowwise, layer.ToString()));
            Assert.True(loss.IsRowwise, loss.ToString());
            SameWithoutInputGradient(network, new DataSet<double>(x, targets), loss, 1e-12);
        }
    }

    private static void SameWithoutInputGradient(Network network, DataSet<double> data, Loss? loss = null, double tolerance = 0)
    {
        var model = network.Initialize<double>(0);
        var batch = data.FullBatch().Epoch(default, 0)[0];
        var engine = new Engine<double>(network.Plan, new Heap<double>(), loss ?? new MeanSquaredError());
        var (with, without) =
            (ParameterVector<double>.Zeros(network.ParameterLayout), ParameterVector<double>.Zeros(network.ParameterLayout));
        engine.Differentiate(Team.Single, model.Parameters, model.Statistics.Thaw(), batch, default, with, out _, wantsInputGradient: true);
        engine.Differentiate(Team.Single, model.Parameters, model.Statistics.Thaw(), batch, default, without, out _);
        Assert.InRange(Probe.Difference(without.Values, with.Values), 0, tolerance);
    }
}
