namespace FunctionalNN.Tests;

/// <summary>Each loss by value and gradient against PyTorch 1.13 in float64 (references.py), and the clipped forms by hand.</summary>
public class LossValueTests
{
    private const double Tolerance = 1e-12;

    private static readonly Matrix<double> Logits =
        Matrix.Of(new[,] { { 2.0, 1, 0.1 }, { -1, 3, 0.5 }, { 0.3, 0.2, -4 }, { 1.5, -2.5, 0 } });

    private static readonly ClassLabels Labels = new([0, 1, 2, 1], 3);

    [Fact]
    public void Cross_entropy_of_logits_is_PyTorchs()
    {
        var answer = LayerCall.Evaluate(new CategoricalCrossEntropy { FromLogits = true }, Logits, Labels);
        Assert.Equal(2.4201189084978965, answer.Mean, Tolerance);
        ReferenceAssert.Near<double>([0.41703001627783354, 0.09567432941438228, 4.951494620928544, 4.216276667370826], answer.Rows,
            Tolerance);
        ReferenceAssert.Near(
            [
                -0.08524971527850803, 0.060608242676178474, 0.02464147260232955, 0.004161129652318086, -0.022810018935371684,
                0.018648889283053607,
                0.13031652475597133, 0.11791526778761231, -0.24823179254358366, 0.20137810301013065, -0.24631163138516812,
                0.044933528375037446,
            ],
            answer.Gradient,
            Tolerance);
        Assert.Equal(2, answer.Right);
    }

    [Fact]
    public void Softmax_is_PyTorchs() => ReferenceAssert.Near(
        [
            0.6590011388859679, 0.24243297070471392, 0.09856589040931818, 0.016644518609272352, 0.9087599242585133, 0.07459555713221444,
            0.5212660990238853, 0.47166107115044925, 0.007072829825665363, 0.8055124120405226, 0.014753474459327466, 0.17973411350014978,
        ],
        LayerCall.Output(new Softmax(), Logits),
        Tolerance);

    [Fact]
    public void Cross_entropy_of_probabilities_is_PyTorchs()
    {
        var probabilities = Matrix.Of(new[,] { { 0.7, 0.1, 0.2 }, { 0.1, 0.5, 0.4 }, { 0.02, 0.9, 0.08 }, { 0.25, 0.25, 0.5 } });
        var answer = LayerCall.Evaluate(new CategoricalCrossEntropy(), probabilities, new ClassLabels([0, 1, 1, 2], 3));
        Assert.Equal(0.4620824551791123, answer.Mean, Tolerance);
        ReferenceAssert.Near([-0.35714285714285715, 0, 0, 0, -0.5, 0, 0, -0.2777777777777778, 0, 0, 0, -0.5], answer.Gradient, Tolerance);
        Assert.Equal(4, answer.Right);
    }

    /// <summary>1e-7 and 1 − 1e-7, as in "Neural Networks from Scratch" and Keras.</summary>
    [Fact]
    public void Probabilities_of_0_and_1_are_clipped()
    {
        var certain = Matrix.Of(new[,] { { 0.0, 1 }, { 0, 1 } });
        var categorical = LayerCall.Evaluate(new CategoricalCrossEntropy(), certain, new ClassLabels([0, 1], 2));
        ReferenceAssert.Near<double>([-Math.Log(1e-7), -Math.Log(1 - 1e-7)], categorical.Rows, Tolerance);
        var binary = LayerCall.Evaluate(new BinaryCrossEntropy(), Matrix.Column(0.0, 1, 1), new ClassLabels([1, 1, 0], 2));
        ReferenceAssert.Near<double>([-Math.Log(1e-7), -Math.Log(1 - 1e-7), -Math.Log(1e-7)], binary.Rows, 1e-8);
    }

    [Fact]
    public void Binary_cross_entropy_of_logits_is_PyTorchs()
    {
        var logits = Matrix.Of(new[,] { { 2.0, -1 }, { 0.5, 3 }, { -4, 0.25 } });
        var answer = LayerCall.Evaluate(new BinaryCrossEntropy { FromLogits = true }, logits, BinaryTargets);
        Assert.Equal(0.5094905636852829, answer.Mean, Tolerance);
        ReferenceAssert.Near(
            [-0.01986715367035295, 0.04482357022833252, 0.10374322186697577, -0.007904312196261106, -0.03866896500631808,
                -0.07297058318570032], answer.Gradient, Tolerance);
        Assert.Equal(5, answer.Right);
    }

    [Fact]
    public void Binary_cross_entropy_of_probabilities_is_PyTorchs()
    {
        var probabilities = Matrix.Of(new[,] { { 0.9, 0.2 }, { 0.4, 0.6 }, { 0.05, 0.5 } });
        var answer = LayerCall.Evaluate(new BinaryCrossEntropy(), probabilities, BinaryTargets);
        Assert.Equal(0.47178425570718724, answer.Mean, Tolerance);
        ReferenceAssert.Near(
            [-0.1851851851851852, 0.2083333333333333, 0.2777777777777778, -0.2777777777777778, -0.7017543859649122, -0.3333333333333333],
            answer.Gradient, Tolerance);
        Assert.Equal(5, answer.Right);
    }

    [Fact]
    public void Squared_error_is_PyTorchs()
    {
        var answer = LayerCall.Evaluate(new MeanSquaredError(), Predictions, RegressionTargets);
        Assert.Equal(1.5520833333333333, answer.Mean, Tolerance);
        ReferenceAssert.Near([1 / 6.0, -1 / 3.0, 0, -2 / 3.0, 2 / 3.0, 1 / 12.0], answer.Gradient, Tolerance);
    }

    /// <summary>sign(ŷ − y)/k/n: the book prints the opposite sign, which moves away from the target.</summary>
    [Fact]
    public void Absolute_error_has_the_sign_of_prediction_minus_target()
    {
        var answer = LayerCall.Evaluate(new MeanAbsoluteError(), Predictions, RegressionTargets);
        Assert.Equal(0.9583333333333334, answer.Mean, Tolerance);
        ReferenceAssert.Near([1 / 6.0, -1 / 6.0, 0, -1 / 6.0, 1 / 6.0, 1 / 6.0], answer.Gradient, Tolerance);
    }

    /// <summary>A prediction of regression is right within std(y)/250: the targets 0, 250, 500 have std 204.12…, so 0.8165 is
    /// allowed.</summary>
    [Fact]
    public void Accuracy_of_regression_is_the_books()
    {
        var targets = new RealTargets<double>(Matrix.Column(0.0, 250, 500));
        Assert.Equal(0.816496580927726, targets.Tolerance, 1e-12);
        Assert.Equal(2, LayerCall.Evaluate(new MeanSquaredError(), Matrix.Column(0.81, 250.82, 500), targets).Right);
    }

    private static RealTargets<double> BinaryTargets => new(Matrix.Of(new[,] { { 1.0, 0 }, { 0, 1 }, { 0.25, 1 } }));

    private static Matrix<double> Predictions => Matrix.Of(new[,] { { 1.0, -2 }, { 0.5, 3 }, { -1, 0.25 } });

    private static RealTargets<double> RegressionTargets => new(Matrix.Of(new[,] { { 0.5, -1 }, { 0.5, 5 }, { -3, 0 } }));
}
