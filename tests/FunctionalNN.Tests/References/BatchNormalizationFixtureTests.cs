namespace FunctionalNN.Tests;

/// <summary>x = (1, 2, 4), dy = (1, 0, −1), γ = 1, β = 0 in both conventions, and torch.nn.BatchNorm1d; numbers by references.py.</summary>
public class BatchNormalizationFixtureTests
{
    private const double Tolerance = 1e-12;

    public static TheoryData<string, double[], double[], double, double[]> Conventions => new()
    {
        {
            "PyTorch", [-1.0690415314502977, -0.26726038286257453, 1.3363019143128718], [0.2333333333333333, 1.1333333333333333],
            -2.4053434457631697, [0.11454458203331658, -0.1718091416386017, 0.057264559605284836]
        },
        {
            "Keras", [-1.0687015116389473, -0.2671753779097369, 1.3358768895486839], [0.023333333333333355, 1.0055555555555555],
            -2.4045784011876314, [0.11494510690712953, -0.17164525670552022, 0.056700149798390435]
        },
    };

    [Theory]
    [MemberData(nameof(Conventions))]
    public void The_fixture_comes_out_in_both_conventions(string convention, double[] normalized, double[] running, double gammaGradient,
        double[] inputGradient)
    {
        var layer = convention == "Keras" ? BatchNormalization.Like(Dialect.Keras) : BatchNormalization.Like(Dialect.PyTorch);
        var model = new Network(1, [layer]).Initialize<double>(0);
        var answer = LayerCall.Train(model, Matrix.Column(1.0, 2, 4), Matrix.Column(1.0, 0, -1));
        ReferenceAssert.Near(normalized, answer.Output, Tolerance);
        ReferenceAssert.Near<double>(running, answer.Statistics.Values, Tolerance);
        ReferenceAssert.Near<double>([gammaGradient, 0], answer.Gradient.Values, Tolerance);
        ReferenceAssert.Near(inputGradient, answer.InputGradient, Tolerance);
    }

    [Fact]
    public void Scaled_and_shifted_columns_are_PyTorchs()
    {
        var model = new Network(2, [new BatchNormalization()]).Initialize<double>(0)
            .With("batchNormalization1", "gamma", Matrix.Row(1.5, -0.5))
            .With("batchNormalization1", "beta", Matrix.Row(0.25, 1));
        var answer = LayerCall.Train(
            model, Matrix.Of(new[,] { { 1.0, 10 }, { 2, -20 }, { 4, 5 }, { 8, 0.5 } }),
            Matrix.Of(new[,] { { 1.0, 0.5 }, { 0, -1 }, { -1, 2 }, { 0.25, 1 } }));
        ReferenceAssert.Near(
            [-1.28863186324429, 0.5122244278992698, -0.7291293675190935, 1.8275742852495536, 0.38987562393129904, 0.7314494041243171,
                2.627885606832084, 0.9287518827268596],
            answer.Output,
            Tolerance);
        ReferenceAssert.Near(
            [0.42084332583192785, 0.04140594012177967, -0.10095361938037982, 0.010296177125509157, -0.5850450140797988,
                -0.04050776205636529, 0.2651553076282509, -0.011194355190923542],
            answer.InputGradient,
            Tolerance);
        ReferenceAssert.Near<double>([-0.7226907236450452, 3.3596227606488496, 0.25, 2.5], answer.Gradient.Values, Tolerance);
        ReferenceAssert.Near<double>([0.375, -0.1125, 1.8583333333333334, 18.239583333333332], answer.Statistics.Values, Tolerance);
        var prediction = (model with { Statistics = answer.Statistics }).Predict(Matrix.Row(3.0, 4));
        ReferenceAssert.Near([3.1384016857923482, 0.5185309889506391], prediction, Tolerance);
    }

    [Fact]
    public void A_fresh_layer_predicts_with_mean_0_and_variance_1()
    {
        var prediction = new Network(1, [new BatchNormalization()]).Initialize<double>(0).Predict(Matrix.Column(2.0, -3));
        ReferenceAssert.Near([2 / Math.Sqrt(1 + 1e-5), -3 / Math.Sqrt(1 + 1e-5)], prediction, 1e-15);
    }
}
