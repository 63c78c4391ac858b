using System.Collections.Immutable;

namespace FunctionalNN.Tests;

/// <summary>Each loss against torch or scikit-learn, at extremes, by differences, and what it says when it does not fit.</summary>
public class LossTests
{
    public static TheoryData<string> Names => [.. Kinds.Keys];

    private static Dictionary<string, (Loss Loss, bool TakesLabels)> Kinds { get; } = new()
    {
        ["Huber 1"] = (new Huber(), false),
        ["Huber 0.4"] = (new Huber(0.4), false),
        ["LogCosh"] = (new LogCosh(), false),
        ["Poisson"] = (new Poisson(), false),
        ["Poisson logarithms"] = (new Poisson { FromLogarithms = true }, false),
        ["Hinge"] = (new Hinge(), false),
        ["SquaredHinge"] = (new SquaredHinge(), false),
        ["Hinge scikit-learn"] = (new Hinge(), true),
        ["BinaryCrossEntropy multi-label"] = (new BinaryCrossEntropy { FromLogits = true }, false),
        ["BinaryFocalCrossEntropy 2"] = (new BinaryFocalCrossEntropy { FromLogits = true }, false),
        ["BinaryFocalCrossEntropy 2 0.25"] = (new BinaryFocalCrossEntropy { FromLogits = true, Alpha = 0.25 }, false),
        ["BinaryFocalCrossEntropy 0.5 0.7"] = (new BinaryFocalCrossEntropy { FromLogits = true, Gamma = 0.5, Alpha = 0.7 }, false),
        ["BinaryFocalCrossEntropy 0"] = (new BinaryFocalCrossEntropy { FromLogits = true, Gamma = 0 }, false),
        ["CategoricalCrossEntropy smoothed"] = (new CategoricalCrossEntropy { FromLogits = true, LabelSmoothing = 0.1 }, true),
        ["CategoricalCrossEntropy soft"] = (new CategoricalCrossEntropy { FromLogits = true }, false),
        ["CategoricalCrossEntropy soft smoothed"] = (new CategoricalCrossEntropy { FromLogits = true, LabelSmoothing = 0.2 }, false),
        ["CategoricalCrossEntropy scikit-learn"] = (new CategoricalCrossEntropy(), true),
        ["KullbackLeibler"] = (new KullbackLeibler { FromLogits = true }, false),
        ["CategoricalHinge"] = (new CategoricalHinge(), true),
        ["CategoricalFocalCrossEntropy 2"] = (new CategoricalFocalCrossEntropy { FromLogits = true }, true),
        ["CategoricalFocalCrossEntropy 0"] = (new CategoricalFocalCrossEntropy { FromLogits = true, Gamma = 0, Alpha = 1 }, true),
        ["CategoricalFocalCrossEntropy 3.5"] = (new CategoricalFocalCrossEntropy { FromLogits = true, Gamma = 3.5, Alpha = 1 }, true),
        ["CategoricalFocalCrossEntropy 0.5"] = (new CategoricalFocalCrossEntropy { FromLogits = true, Gamma = 0.5, Alpha = 1 }, true),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Value_and_gradient_are_the_reference_systems(string name)
    {
        var reference = References.Of("loss " + name);
        var (loss, takesLabels) = Kinds[name];
        var prediction = reference.Matrix("prediction");
        Targets targets = takesLabels
            ? new ClassLabels(reference.Labels, Math.Max(2, prediction.Columns))
            : new RealTargets<double>(reference.Matrix("target"));
        var (value, gradient, _) = Probe.Loss(loss, prediction, targets);
        Assert.InRange(Probe.Difference([value], [reference.Number("loss")]), 0, 1e-12);
        if (reference.Has("gradient"))
        {
            Assert.InRange(Probe.Difference(gradient.Values, reference.Matrix("gradient").Values), 0, 1e-12);
        }
    }

    [Fact]
    public void Negative_log_likelihood_after_log_softmax_is_that_of_torch_alone_and_as_one()
    {
        var reference = References.Of("loss NegativeLogLikelihood");
        var (x, labels) = (reference.Matrix("prediction"), new ClassLabels(reference.Labels, 3));
        var (logs, _, _) = Probe.Layer(new LogSoftmax(), x, x);
        var (apart, slope, right) = Probe.Loss(new NegativeLogLikelihood(), logs, labels);
        var (_, chained, _) = Probe.Layer(new LogSoftmax(), x, slope);
        var (together, gradient, rightTogether) = Probe.Loss(new NegativeLogLikelihood().Fuse(new LogSoftmax())!, x, labels);
        Assert.InRange(Probe.Difference([apart, together], [reference.Number("loss"), reference.Number("loss")]), 0, 1e-13);
        Assert.InRange(Probe.Difference(chained.Values, reference.Matrix("gradient").Values), 0, 1e-13);
        Assert.InRange(Probe.Difference(gradient.Values, reference.Matrix("gradient").Values), 0, 1e-13);
        Assert.Equal(right, rightTogether);
    }

    [Fact]
    public void One_hot_rows_are_labels()
    {
        var reference = References.Of("loss NegativeLogLikelihood");
        var x = reference.Matrix("prediction");
        var labels = new ClassLabels(reference.Labels, 3);
        var rows = new RealTargets<double>(Matrix.Create(5, 3, (row, column) => labels[row] == column ? 1.0 : 0));
        foreach (var fromLogits in new[] { true, false })
        {
            var p = fromLogits ? x : Probe.Output(new Softmax(), x.Map(v => Math.Clamp(v, -5, 5)));
            foreach (var smoothing in new[] { 0, 0.3 })
            {
                var loss = new CategoricalCrossEntropy { FromLogits = fromLogits, LabelSmoothing = smoothing };
                var (byLabel, slopes, right) = Probe.Loss(loss, p, labels);
                var (byRow, rowSlopes, rightRows) = Probe.Loss(loss, p, rows);
                Assert.InRange(Probe.Difference([byRow], [byLabel]), 0, 1e-13);
                Assert.InRange(Probe.Difference(rowSlopes.Values, slopes.Values), 0, 1e-13);
                Assert.Equal(right, rightRows);
            }
        }
    }

    [Fact]
    public void Gradients_are_those_of_differences_fused_apart_and_from_logits()
    {
        foreach (var (loss, ending, targets) in Fitting())
        {
            for (var seed = 0; seed < 3; seed++)
            {
                var key = new Key((ulong)seed);
                var (rows, inputs) = (1 + key.Below(6, 0), 1 + key.Below(5, 1));
                var outputs = targets == "two" ? 1 : 3;
                var data =
                    new DataSet<double>(Matrix.Create(rows, inputs, (row, column) => key.Normal((row * inputs) + column)),
                        TargetsOf(targets, key, rows, outputs));
                var report =
                    GradientCheck.Of(new Network(inputs, [new Dense(4), new Tanh(), new Dense(outputs), .. ending]), loss, data, seed);
                Assert.True(report.IsCorrect, $"{loss} after {string.Join(", ", ending)}{Environment.NewLine}{report}");
            }
        }
    }

    [Fact]
    public void Extreme_logits_give_finite_losses_and_gradients_and_NaN_is_seen()
    {
        var x = Matrix.Of(new[,] { { 1000.0, -1000, 0 }, { -1000, 1000, 1000 }, { 0, 0, 0 } });
        foreach (var (loss, _, targets) in Fitting().Where(fitting => !fitting.Ending.Any()))
        {
            if (loss is Poisson)
            {
                continue;
            }

            var answers = TargetsOf(targets, new Key(1), 3, targets == "two" ? 1 : 3);
            var prediction = targets == "two" ? Matrix.Column(1000.0, -1000, 0) : x;
            var (value, gradient, _) = Probe.Loss(loss, prediction, answers);
            Assert.True(double.IsFinite(value), loss.ToString());
            Assert.All(gradient.Values.ToArray(), slope => Assert.True(double.IsFinite(slope), loss.ToString()));
            Assert.True(double.IsNaN(Probe.Loss(loss, prediction.Map(v => v == 0 ? double.NaN : v), answers).Loss), loss.ToString());
        }
    }

    [Fact]
    public void Probabilities_of_0_and_1_give_finite_losses()
    {
        var p = Matrix.Of(new[,] { { 0.0, 1, 0 }, { 1, 0, 0 } });
        var labels = new ClassLabels([0, 0], 3);
        var rows = new RealTargets<double>(Matrix.Of(new[,] { { 0.5, 0, 0.5 }, { 1, 0, 0 } }));
        foreach (var (loss, targets) in new (Loss, Targets)[]
        {
            (new CategoricalCrossEntropy(), labels), (new CategoricalCrossEntropy { LabelSmoothing = 0.1 }, labels),
            (new CategoricalCrossEntropy(), rows),
            (new CategoricalFocalCrossEntropy(), labels), (new KullbackLeibler(), rows), (new BinaryFocalCrossEntropy(), rows),
            (new BinaryCrossEntropy(), rows), (new Poisson(), rows),
        })
        {
            var (value, gradient, _) = Probe.Loss(loss, p, targets);
            Assert.True(double.IsFinite(value), loss.ToString());
            Assert.All(gradient.Values.ToArray(), slope => Assert.True(double.IsFinite(slope), loss.ToString()));
        }
    }

    [Fact]
    public void The_divergence_of_a_distribution_from_itself_is_0()
    {
        var p = Matrix.Of(new[,] { { 0.2, 0.3, 0.5 }, { 0, 1, 0 } });
        Assert.InRange(Probe.Loss(new KullbackLeibler(), p, new RealTargets<double>(p)).Loss, -1e-15, 1e-15);
    }

    [Fact]
    public void Accuracy_counts_what_each_loss_calls_right()
    {
        Assert.Equal(2, Probe.Loss(new Hinge(), Matrix.Column(0.1, -3, 2), new ClassLabels([1, 1, 1], 2)).Right);
        Assert.Equal(3,
            Probe.Loss(new SquaredHinge(), Matrix.Column(0.1, -3, 2), new RealTargets<double>(Matrix.Column(1.0, -1, 1))).Right);
        Assert.Equal(1, Probe.Loss(new CategoricalHinge(), Matrix.Of(new[,] { { 1.0, 2 }, { 3, 1 } }), new ClassLabels([0, 0], 2)).Right);
        Assert.Equal(2,
            Probe.Loss(new BinaryFocalCrossEntropy(), Matrix.Row(0.6, 0.2, 0.9), new RealTargets<double>(Matrix.Row(1.0, 0, 0))).Right);
        Assert.Equal(1,
            Probe.Loss(new CategoricalCrossEntropy { FromLogits = true }, Matrix.Of(new[,] { { 1.0, 2 }, { 3, 1 } }),
                new RealTargets<double>(Matrix.Of(new[,] { { 0.9, 0.1 }, { 0.8, 0.2 } }))).Right);
    }

    [Theory]
    [InlineData("softmax twice", "takes any numbers, the network ends in probabilities: leave its last activation out, or FromLogits")]
    [InlineData("unbounded", "takes probabilities, the network ends in any numbers: end it in Softmax, or set FromLogits")]
    [InlineData("tanh", "takes probabilities, the network ends in numbers from −1 to 1: end it in Sigmoid, or set FromLogits")]
    [InlineData("logarithms", "takes probabilities, the network ends in their logarithms: use NegativeLogLikelihood, or end it in Softmax")]
    [InlineData("likelihood",
        "takes logarithms of probabilities, the network ends in probabilities: use CategoricalCrossEntropy, or end it in LogSoftmax")]
    [InlineData("hinge",
        "takes any numbers, the network ends in probabilities, which never reach the margin: leave its last activation out")]
    [InlineData("rates", "takes rates of 0 or more, the network ends in any numbers: end it in Softplus, or set FromLogarithms")]
    [InlineData("no distribution", "row 1 is none: its numbers must be 0 or more and add up to 1")]
    [InlineData("no probability", "takes targets from 0 to 1, row 1 has 1.5")]
    [InlineData("negative count", "takes targets from 0 up, row 0 has -1")]
    [InlineData("smoothing", "has a label smoothing of 1: give a number from 0 up to, not including, 1")]
    [InlineData("delta", "has δ = 0: give a finite number above 0, such as 1")]
    [InlineData("gamma", "has γ = -1: give a finite number of 0 or more, such as 2")]
    [InlineData("classes", "labels have 3 classes, the network ends in 2: end it in Dense(3) and Softmax")]
    public void A_loss_that_does_not_fit_is_refused_when_the_run_is_built_with_the_fix(string mistake, string expected)
    {
        Targets labels = new ClassLabels([0, 2], 3), two = new ClassLabels([0, 1], 2);
        Targets rows = new RealTargets<float>(Matrix.Of(new[,] { { 0.5f, 0.5f, 0 }, { 0.5f, 1.5f, 0 } })), counts =
            new RealTargets<float>(Matrix.Of(new[,] { { -1f, 0, 1 }, { 1, 1, 1 } }));
        (Loss Loss, Layer[] Ending, Targets Targets) run = mistake switch
        {
            "softmax twice" => (new CategoricalCrossEntropy { FromLogits = true }, [new Dense(3), new Softmax()], labels),
            "unbounded" => (new CategoricalCrossEntropy(), [new Dense(3)], labels),
            "tanh" => (new BinaryCrossEntropy(), [new Dense(1), new Tanh()], two),
            "logarithms" => (new CategoricalCrossEntropy(), [new Dense(3), new LogSoftmax()], labels),
            "likelihood" => (new NegativeLogLikelihood(), [new Dense(3), new Softmax()], labels),
            "hinge" => (new Hinge(), [new Dense(1), new Sigmoid()], two),
            "rates" => (new Poisson(), [new Dense(3)], counts),
            "no distribution" => (new CategoricalCrossEntropy(), [new Dense(3), new Softmax()], rows),
            "no probability" => (new BinaryCrossEntropy(), [new Dense(3), new Sigmoid()], rows),
            "negative count" => (new Poisson(), [new Dense(3), new Softplus()], counts),
            "smoothing" => (new CategoricalCrossEntropy { LabelSmoothing = 1 }, [new Dense(3), new Softmax()], labels),
            "delta" => (new Huber(0), [new Dense(3)], counts),
            "gamma" => (new BinaryFocalCrossEntropy { Gamma = -1 }, [new Dense(1), new Sigmoid()], two),
            _ => (new CategoricalCrossEntropy(), [new Dense(2), new Softmax()], labels),
        };
        var state = new Network(2, [.. run.Ending]).Initialize(0).Train(new Sgd(0.1));
        var data = new DataSet<float>(Matrix.Zeros<float>(2, 2), run.Targets);
        var message = Assert.Throws<ArgumentException>(() => state.Epochs(data.FullBatch(), run.Loss)).Message;
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    private static IEnumerable<(Loss Loss, ImmutableArray<Layer> Ending, string Targets)> Fitting()
    {
        foreach (var loss in new Loss[] { new Huber(), new Huber(0.2), new LogCosh(), new Poisson { FromLogarithms = true } })
        {
            yield return (loss, [], loss is Poisson ? "counts" : "reals");
        }

        yield return (new Poisson(), [new Softplus()], "counts");
        yield return (new Hinge(), [], "two");
        yield return (new SquaredHinge(), [], "two");
        yield return (new SquaredHinge(), [new Tanh()], "signs");
        yield return (new CategoricalHinge(), [], "labels");
        foreach (var gamma in new[] { 0, 0.5, 2 })
        {
            yield return (new BinaryFocalCrossEntropy { Gamma = gamma, Alpha = 0.3, FromLogits = true }, [], "two");
            yield return (new BinaryFocalCrossEntropy { Gamma = gamma }, [new Sigmoid()], "many");
            yield return (new BinaryFocalCrossEntropy { Gamma = gamma }, [new Sigmoid(), new Linear()], "many");
            yield return (new CategoricalFocalCrossEntropy { Gamma = gamma, FromLogits = true }, [], "labels");
            yield return (new CategoricalFocalCrossEntropy { Gamma = gamma }, [new Softmax()], "labels");
            yield return (new CategoricalFocalCrossEntropy { Gamma = gamma }, [new Softmax(), new Linear()], "labels");
        }

        foreach (var targets in new[] { "labels", "distributions" })
        {
            foreach (var smoothing in new[] { 0, 0.2 })
            {
                yield return (new CategoricalCrossEntropy { LabelSmoothing = smoothing, FromLogits = true }, [], targets);
                yield return (new CategoricalCrossEntropy { LabelSmoothing = smoothing }, [new Softmax()], targets);
                yield return (new CategoricalCrossEntropy { LabelSmoothing = smoothing }, [new Softmax(), new Linear()], targets);
            }

            yield return (new KullbackLeibler { FromLogits = true }, [], targets);
            yield return (new KullbackLeibler { FromLogits = true }, [new LogSoftmax()], targets);
            yield return (new KullbackLeibler(), [new Softmax()], targets);
            yield return (new KullbackLeibler(), [new Softmax(), new Linear()], targets);
            yield return (new NegativeLogLikelihood(), [new LogSoftmax()], targets);
            yield return (new NegativeLogLikelihood(), [new LogSoftmax(), new Linear()], targets);
        }

        yield return (new BinaryCrossEntropy(), [new Sigmoid()], "many");
        yield return (new BinaryCrossEntropy { FromLogits = true }, [], "many");
    }

    private static Targets TargetsOf(string kind, Key key, int rows, int outputs) => kind switch
    {
        "labels" => new ClassLabels([.. Enumerable.Range(0, rows).Select(row => key.Below(3, row))], 3),
        "two" => new ClassLabels([.. Enumerable.Range(0, rows).Select(row => key.Below(2, row))], 2),
        "distributions" => new RealTargets<double>(Probe.Output(new Softmax(), Numbers(rows, outputs, index => 2 * key.Normal(index)))),
        "counts" => new RealTargets<double>(Numbers(rows, outputs, index => key.Below(6, index))),
        "signs" => new RealTargets<double>(Numbers(rows, outputs, index => (2 * key.Below(2, index)) - 1)),
        "many" => new RealTargets<double>(Numbers(rows, outputs, index => key.Below(5, index) / 4.0)),
        _ => new RealTargets<double>(Numbers(rows, outputs, key.Normal)),
    };

    private static Matrix<double> Numbers(int rows, int outputs, Func<long, double> f) =>
        Matrix.Create(rows, outputs, (row, column) => f(100 + (row * outputs) + column));
}
