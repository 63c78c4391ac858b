namespace FunctionalNN.Tests;

/// <summary>λ₁·Σ|w| + λ₂·Σw² and λ₁·sign(w) + 2λ₂·w, the convention of the book and of Keras, by hand; sign(0) = 0 (nnfs has +1).</summary>
public class PenaltyValueTests
{
    private static readonly Matrix<double> Weights = Matrix.Of(new[,] { { 1.0, -2 }, { 0, 0.5 } });

    public static TheoryData<Penalty, double, double[]> Values => new()
    {
        { Penalty.L1(0.1), 0.35, [0.1, -0.1, 0, 0.1] },
        { Penalty.L2(0.1), 0.525, [0.2, -0.4, 0, 0.1] },
        { Penalty.ElasticNet(0.1, 0.1), 0.875, [0.3, -0.5, 0, 0.2] },
        { Penalty.None, 0, [0, 0, 0, 0] },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Value_and_gradient_are_those_by_hand(Penalty penalty, double value, double[] gradient)
    {
        // Inputs of 0 leave nothing of the loss's own gradient in the weights.
        var model = new Network(2, [new Dense(2) { WeightPenalty = penalty }]).Initialize<double>(0).With("dense1", "weights", Weights);
        var (metrics, found) =
            LayerCall.Differentiate(model, new MeanSquaredError(), Matrix.Zeros<double>(3, 2),
                new RealTargets<double>(Matrix.Zeros<double>(3, 2)));
        Assert.Equal(value, metrics.Penalty, 1e-15);
        Assert.Equal(value, metrics.Loss, 1e-15);
        Assert.Equal(0, metrics.DataLoss);
        ReferenceAssert.Near(gradient, found["dense1", "weights"], 1e-15);
    }

    [Fact]
    public void Weights_and_bias_have_penalties_of_their_own()
    {
        var dense =
            new Dense(1) { WeightPenalty = Penalty.L1(0.5), BiasPenalty = Penalty.L2(0.25), BiasInitializer = Initializer.Value(2) };
        var model = new Network(1, [dense]).Initialize<double>(0).With("dense1", "weights", Matrix.Row(-3.0));
        var (metrics, gradient) =
            LayerCall.Differentiate(model, new MeanSquaredError(), Matrix.Zeros<double>(1, 1), new RealTargets<double>(Matrix.Row(2.0)));
        Assert.Equal((0.5 * 3) + (0.25 * 4), metrics.Penalty, 1e-15);
        ReferenceAssert.Near<double>([-0.5, 1], gradient.Values, 1e-15);
    }

    [Fact]
    public void Predicting_and_evaluating_leave_penalties_out()
    {
        var model =
            new Network(1,
                [new Dense(1) { WeightPenalty = Penalty.L2(1), WeightInitializer = Initializer.Value(3) }]).Initialize<double>(0);
        var metrics =
            model.Evaluate(new DataSet<double>(Matrix.Row(1.0), new RealTargets<double>(Matrix.Row(3.0))), new MeanSquaredError());
        Assert.Equal((0, 0, 0), (metrics.Loss, metrics.Penalty, metrics.DataLoss));
    }
}
