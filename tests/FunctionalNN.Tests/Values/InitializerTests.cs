namespace FunctionalNN.Tests;

/// <summary>Each initialiser by its moments and bounds, and orthogonality by its definition.</summary>
public class InitializerTests
{
    private const int Inputs = 300;
    private const int Outputs = 200;

    public static TheoryData<string, double, bool> Rules => new()
    {
        { "He", 2.0 / Inputs, false },
        { "HeUniform", 2.0 / Inputs, true },
        { "Glorot", 2.0 / (Inputs + Outputs), true },
        { "GlorotNormal", 2.0 / (Inputs + Outputs), false },
        { "LeCun", 1.0 / Inputs, false },
        { "LeCunUniform", 1.0 / Inputs, true },
        { "PyTorch", 1.0 / (3 * Inputs), true },
        { "ScikitLearn", 2.0 / (Inputs + Outputs), true },
        { "ScikitLearnLogistic", 2.0 / (3.0 * (Inputs + Outputs)), true },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void Weights_have_the_mean_variance_and_bounds_of_their_rule(string name, double variance, bool isUniform)
    {
        var weights = Layer(Of(name)).Parameters["dense1", "weights"].Values.ToArray();
        Check(weights, variance, isUniform);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_bias_has_the_fans_of_its_weights(string name, double variance, bool isUniform)
    {
        // Many seeds: one bias has too few numbers for a variance.
        var biases = Enumerable.Range(0, 200)
            .SelectMany(seed =>
                new Network(Inputs, [new Dense(Outputs) { BiasInitializer = Of(name), WeightInitializer = Initializer.Zeros }])
            .Initialize<double>(seed).Parameters["dense1", "bias"].Values.ToArray()).ToArray();
        Check(biases, variance, isUniform);
    }

    [Theory]
    [InlineData(5, 5)]
    [InlineData(8, 3)]
    [InlineData(3, 8)]
    [InlineData(1, 4)]
    [InlineData(4, 1)]
    [InlineData(1, 1)]
    [InlineData(70, 40)]
    public void Orthogonal_matrices_have_orthonormal_rows_or_columns(int rows, int columns)
    {
        var w = Orthogonal(rows, columns, 2, 7);
        var square = rows <= columns ? w.Multiply(w.Transpose()) : w.Transpose().Multiply(w);
        Assert.All(
            Enumerable.Range(0, square.Values.Length),
            i => Assert.InRange(square.Values[i] - (i / square.Columns == i % square.Columns ? 4 : 0), -1e-12, 1e-12));
    }

    [Fact]
    public void Orthogonal_matrices_are_spread_evenly()
    {
        // Among all rotations and reflections of 3 axes a number has mean 0 and variance 1/3, and E[w⁴] = 1/5; the determinant is +1 as
        // often as −1.
        var draws = Enumerable.Range(0, 4000).Select(seed => Orthogonal(3, 3, 1, seed)).ToArray();
        for (var i = 0; i < 9; i++)
        {
            Assert.InRange(draws.Average(w => w.Values[i]), -0.04, 0.04);
            Assert.InRange(draws.Average(w => Math.Pow(w.Values[i], 2)), 0.31, 0.355);
            Assert.InRange(draws.Average(w => Math.Pow(w.Values[i], 4)), 0.18, 0.22);
        }

        Assert.InRange(draws.Average(w => w[0, 0] * w[1, 1]), -0.03, 0.03);
        Assert.InRange(draws.Count(w => Determinant(w) > 0), 1850, 2150);
    }

    [Fact]
    public void The_same_key_gives_the_same_numbers_in_float_and_double()
    {
        foreach (var initializer in new[] { Initializer.He, Initializer.LeCunUniform, Initializer.Orthogonal() })
        {
            var network = new Network(6, [new Dense(4) { WeightInitializer = initializer }]);
            Assert.Equal(network.Initialize<double>(3), network.Initialize<double>(3));
            Assert.NotEqual(network.Initialize<double>(3), network.Initialize<double>(4));
            Assert.Equal(network.Initialize(3).Parameters.Values.ToArray(),
                network.Initialize<double>(3).Parameters.Values.ToArray().Select(value => (float)value).ToArray());
        }
    }

    [Fact]
    public void Wrong_amounts_are_refused_and_names_are_short()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Initializer.Normal(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Initializer.Uniform(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Initializer.Orthogonal(double.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>(() => Initializer.Value(double.NaN));
        Assert.Equal("Orthogonal", Initializer.Orthogonal().ToString());
        Assert.Equal("Orthogonal(2)", Initializer.Orthogonal(2).ToString());
        Assert.Equal(Initializer.Orthogonal(), Initializer.Orthogonal());
    }

    private static void Check(double[] values, double variance, bool isUniform)
    {
        var deviation = Math.Sqrt(variance / values.Length);
        Assert.InRange(values.Average(), -4 * deviation, 4 * deviation);
        Assert.InRange(values.Average(value => value * value) / variance, 0.97, 1.03);
        var limit = Math.Sqrt(3 * variance);
        Assert.InRange(values.Max() / limit, isUniform ? 0.999 : 2, isUniform ? 1 : 4);
        Assert.InRange(values.Min() / limit, isUniform ? -1 : -4, isUniform ? -0.999 : -2);
    }

    private static Model<double> Layer(Initializer initializer) =>
        new Network(Inputs, [new Dense(Outputs) { WeightInitializer = initializer }]).Initialize<double>(1);

    private static Initializer Of(string name) => (Initializer)typeof(Initializer).GetProperty(name)!.GetValue(null)!;

    private static Matrix<double> Orthogonal(int rows, int columns, double gain, int seed) =>
        new Network(rows,
            [new Dense(columns) { WeightInitializer = Initializer.Orthogonal(gain) }]).Initialize<double>(seed).Parameters["dense1",
                "weights"];

    private static double Determinant(Matrix<double> w) =>
        (w[0, 0] * ((w[1, 1] * w[2, 2]) - (w[1, 2] * w[2, 1]))) - (w[0, 1] * ((w[1, 0] * w[2, 2]) - (w[1, 2] * w[2, 0])))
            + (w[0, 2] * ((w[1, 0] * w[2, 1]) - (w[1, 1] * w[2, 0])));
}
