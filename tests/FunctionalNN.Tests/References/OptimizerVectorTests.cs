namespace FunctionalNN.Tests;

/// <summary>
/// p₀ = 1 and the gradients 0.5, −0.25, 1: the parameter after each of three updates. Expected numbers by references.py, from
/// PyTorch's own optimizers where they have the rule and else from the formula written out once more.
/// </summary>
public class OptimizerVectorTests
{
    private const double Tolerance = 1e-9;

    /// <summary>Wide enough for full vectors, half ones and a rest.</summary>
    private const int Width = 43;

    private static readonly double[] Gradients = [0.5, -0.25, 1];

    private static readonly Layout Layout = new([("batchNormalization1", new Slot("gamma", 1, 5)), ("dense1", new Slot("weights", 2, 19))]);

    public static TheoryData<string, Optimizer, double[]> Vectors => new()
    {
        { "SGD", new Sgd(0.1), [0.95, 0.975, 0.875] },
        { "SGD with the book's decay", new Sgd(1) { Decay = 0.1 }, [0.5, 0.7272727272727273, -0.10606060606060608] },
        { "SGD with decay as a schedule", new Sgd(new InverseTime(1, 0.1)), [0.5, 0.7272727272727273, -0.10606060606060608] },
        { "momentum of the book, Keras and scikit-learn", new Sgd(0.1) { Momentum = 0.9 }, [0.95, 0.93, 0.812] },
        { "momentum of PyTorch", new Sgd(0.1) { Momentum = 0.9, Form = MomentumForm.Accumulated }, [0.95, 0.93, 0.812] },
        { "momentum as an average, seeds 000 and 002", new Sgd(0.01) { Momentum = 0.8, Form = MomentumForm.Average },
            [0.999, 0.9987, 0.99646] },
        { "Adam of the book", new Adam(0.001), [0.9990000001999999, 0.9987336632277282, 0.9980755517269424] },
        { "Adam of PyTorch", new Adam(0.001) { Epsilon = 1e-8 }, [0.99900000002, 0.9987336629870784, 0.9980755513967708] },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Three_updates_give_the_reference_numbers_for_every_kind_of_parameter(string rule, Optimizer optimizer, double[] expected)
    {
        Assert.NotEmpty(rule);
        var (parameters, moments) = (All(1), optimizer.InitialMoments(All(1)));
        for (var step = 0; step < expected.Length; step++)
        {
            (parameters, moments) = optimizer.Next(step, All(Gradients[step]), parameters, moments);
            ReferenceAssert.Near<double>([.. Enumerable.Repeat(expected[step], Width)], parameters.Values, Tolerance);
        }
    }

    /// <summary>With a rate of 0.1/t: a velocity keeps the old rates in it, an accumulated gradient takes the new.</summary>
    [Fact]
    public void The_two_forms_of_momentum_part_when_the_rate_changes()
    {
        var falling = new RateOverStep(0.1);
        Assert.Equal(0.8549166666666667, Last(new Sgd(falling) { Momentum = 0.9 }), Tolerance);
        Assert.Equal(0.9006666666666666, Last(new Sgd(falling) { Momentum = 0.9, Form = MomentumForm.Accumulated }), Tolerance);
    }

    /// <summary>The first step on a gradient of 1e-6 shows where ε stands and how large it is.</summary>
    [Theory]
    [InlineData(1e-7, 9.0909090909e-4)]
    [InlineData(1e-8, 9.900990099009901e-4)]
    public void A_tiny_gradient_shows_Adams_epsilon(double epsilon, double step)
    {
        var adam = new Adam(0.001) { Epsilon = epsilon };
        var (parameters, _) = adam.Next(0, All(1e-6), All(0), adam.InitialMoments(All(1)));
        Assert.Equal(-step, parameters.Values[0], 1e-12);
    }

    /// <summary>Seed 002 and PyTorch add λp to the gradient, which is this library's L2(λ/2), on weights and biases alike.</summary>
    public static TheoryData<string, Optimizer, double, double[]> Decayed => new()
    {
        { "seed 002", new Sgd(0.01) { Momentum = 0.8, Form = MomentumForm.Average }, 1e-4,
            [0.9989998, 0.99869944020004, 0.9964589526201839] },
        { "PyTorch SGD", new Sgd(0.1) { Momentum = 0.9, Form = MomentumForm.Accumulated }, 0.01, [0.949, 0.927151, 0.8065597489999999] },
        { "PyTorch Adam", new Adam(0.001) { Epsilon = 1e-8 }, 0.1, [0.9990000000166667, 0.9985306706608355, 0.9977960347643808] },
    };

    [Theory]
    [MemberData(nameof(Decayed))]
    public void Half_the_weight_decay_as_L2_gives_the_reference_numbers(string rule, Optimizer optimizer, double decay, double[] expected)
    {
        Assert.NotEmpty(rule);
        var network = new Network(1, [new Dense(1) { WeightPenalty = Penalty.L2(decay / 2) }]);
        var state = network.Initialize<double>(0).With("dense1", "weights", Matrix.Row(1.0)).Train(optimizer);
        for (var step = 0; step < expected.Length; step++)
        {
            // The prediction lies above the target, so the gradient of the absolute error is the input itself.
            var batch = new Batch<double>(Matrix.Row(Gradients[step]), new RealTargets<double>(Matrix.Row(-100.0)));
            state = state.Step(batch, new MeanAbsoluteError());
            Assert.Equal(expected[step], state.Model.Parameters["dense1", "weights"][0, 0], Tolerance);
        }
    }

    private static double Last(Optimizer optimizer)
    {
        var (parameters, moments) = (All(1), optimizer.InitialMoments(All(1)));
        for (var step = 0; step < Gradients.Length; step++)
        {
            (parameters, moments) = optimizer.Next(step, All(Gradients[step]), parameters, moments);
        }

        return parameters.Values[0];
    }

    private static ParameterVector<double> All(double value) => new(Layout, [.. Enumerable.Repeat(value, Width)]);

    private sealed record RateOverStep(double Rate) : LearningRateSchedule
    {
        public override double At(long updates) => Rate / (updates + 1);
    }
}
