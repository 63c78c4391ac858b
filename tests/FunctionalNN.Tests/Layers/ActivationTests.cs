namespace FunctionalNN.Tests;

/// <summary>Each activation against torch or mpmath, at extremes, and by its derivative.</summary>
public class ActivationTests
{
    public static TheoryData<string> Names => [.. Kinds.Keys];

    private static Dictionary<string, Activation> Kinds { get; } = new()
    {
        ["Tanh"] = new Tanh(),
        ["LeakyRelu 0.01"] = new LeakyRelu(),
        ["LeakyRelu 0.3"] = new LeakyRelu(0.3),
        ["Elu 1"] = new Elu(),
        ["Elu 0.7"] = new Elu(0.7),
        ["Selu"] = new Selu(),
        ["Gelu"] = new Gelu(),
        ["Gelu tanh"] = new Gelu { IsApproximate = true },
        ["Silu"] = new Silu(),
        ["Softplus"] = new Softplus(),
        ["HardSigmoid"] = new HardSigmoid(),
        ["HardSigmoid Keras2"] = HardSigmoid.Keras2,
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_and_slopes_are_the_reference_systems(string name)
    {
        var reference = References.Of("activation " + name);
        var x = Matrix.Row(reference.Row("x").AsSpan());
        var (y, dx, _) = Probe.Layer(Kinds[name], x, x.Map(_ => 1));
        Assert.InRange(Probe.Difference(y.Values, reference.Row("y"), 1e-12), 0, 1e-12);
        Assert.InRange(Probe.Difference(dx.Values, reference.Row("dx"), 1e-3), 0, 1e-12);

        var (single, singleSlope, _) = Probe.Layer(Kinds[name], Probe.Single(x), Probe.Single(x.Map(_ => 1)));
        Assert.InRange(Probe.Difference(Probe.Double(single).Values, reference.Row("y"), 1e-3), 0, 2e-6);
        Assert.InRange(Probe.Difference(Probe.Double(singleSlope).Values, reference.Row("dx"), 1e-3), 0, 1e-4);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void NaN_stays_NaN_and_zero_and_infinity_stay_finite_or_infinite(string name)
    {
        var y = Probe.Output(Kinds[name], Matrix.Row(float.NaN, 0, -0f, float.PositiveInfinity, 3e38f));
        Assert.True(float.IsNaN(y[0, 0]));
        Assert.All(y.Values[1..].ToArray(), value => Assert.False(float.IsNaN(value)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_number_has_the_same_result_wherever_it_lies(string name)
    {
        var key = new Key(3);
        var x = Matrix.Create(1, 67, (_, column) => (float)(4 * key.Normal(column)));
        var whole = Probe.Layer(Kinds[name], x, x);
        for (var i = 0; i < x.Columns; i++)
        {
            var alone = Matrix.Row(x[0, i]);
            var (y, dx, _) = Probe.Layer(Kinds[name], alone, alone);
            Assert.Equal(whole.Output[0, i], y[0, 0]);
            Assert.Equal(whole.InputGradient[0, i], dx[0, 0]);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_output_lies_where_the_layer_says(string name)
    {
        var key = new Key(4);
        var y = Probe.Output(Kinds[name], Matrix.Create(1, 500, (_, column) => (float)(30 * key.Normal(column))));
        var (least, greatest) = Kinds[name].RangeFor(OutputRange.Any) switch
        {
            OutputRange.Probabilities => (0f, 1f),
            OutputRange.NonNegative => (0f, float.PositiveInfinity),
            OutputRange.Symmetric => (-1f, 1f),
            _ => (float.NegativeInfinity, float.PositiveInfinity),
        };
        Assert.All(y.Values.ToArray(), value => Assert.InRange(value, least, greatest));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_are_those_of_differences(string name)
    {
        for (var seed = 0; seed < 4; seed++)
        {
            var key = new Key((ulong)seed);
            var (rows, inputs, hidden) = (2 + key.Below(5, 0), 1 + key.Below(6, 1), 1 + key.Below(20, 2));
            var network = new Network(inputs, [new Dense(hidden) { BiasInitializer = Initializer.Normal(0.5) }, Kinds[name], new Dense(2)]);
            var report = GradientCheck.Of(network, new MeanSquaredError(), RandomData(key, rows, inputs, 2), seed);
            Assert.True(report.IsCorrect, report.ToString());
        }
    }

    [Fact]
    public void Wrong_settings_are_named_with_what_was_expected()
    {
        Assert.Contains("the slope is NaN: give a finite number", Message(new LeakyRelu(double.NaN)), StringComparison.Ordinal);
        Assert.Contains("α is -1: give a finite number of 0 or more", Message(new Elu(-1)), StringComparison.Ordinal);
        Assert.Contains("the slope is 0: give a finite number above 0", Message(new HardSigmoid { Slope = 0 }), StringComparison.Ordinal);
        Assert.Contains("the slope starts from Infinity", Message(new PRelu { InitialSlope = double.PositiveInfinity }),
            StringComparison.Ordinal);

        static string Message(Layer layer) => Assert.Throws<ArgumentException>(() => new Network(3, [layer])).Message;
    }

    internal static DataSet<double> RandomData(Key key, int rows, int inputs, int outputs) => new(
        Matrix.Create(rows, inputs, (row, column) => key.Fold(8).Normal((row * inputs) + column)),
        new RealTargets<double>(Matrix.Create(rows, outputs, (row, column) => key.Fold(9).Normal((row * outputs) + column))));
}
