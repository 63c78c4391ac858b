using System.Runtime.Intrinsics;

namespace FunctionalNN.Tests;

/// <summary>The vector functions behind activations and losses, against mpmath in double and the platform's double in float.</summary>
public class VectorFunctionTests
{
    private delegate Vector512<double> InDouble(Vector512<double> x);

    private delegate Vector512<float> InSingle(Vector512<float> x);

    private static readonly Dictionary<string, (InDouble Double, InSingle Single)> Functions = new()
    {
        ["ExpMinusOne"] = (NearZero<double>.ExpMinusOne, NearZero<float>.ExpMinusOne),
        ["LogOnePlus"] = (NearZero<double>.LogOnePlus, NearZero<float>.LogOnePlus),
        ["Tanh"] = (NearZero<double>.Tanh, NearZero<float>.Tanh),
        ["Softplus"] = (NearZero<double>.Softplus, NearZero<float>.Softplus),
        ["LogCosh"] = (NearZero<double>.LogCosh, NearZero<float>.LogCosh),
        ["Cumulative"] = (NormalDistribution<double>.Cumulative, NormalDistribution<float>.Cumulative),
        ["Density"] = (NormalDistribution<double>.Density, NormalDistribution<float>.Density),
    };

    [Theory]
    [InlineData("ExpMinusOne", 4)]
    [InlineData("LogOnePlus", 4)]
    [InlineData("Tanh", 5)]
    [InlineData("Softplus", 6)]
    [InlineData("LogCosh", 12)]
    [InlineData("Cumulative", 8)]
    [InlineData("Density", 700)]
    public void In_double_the_result_is_within_so_many_units_in_the_last_place(string name, double units)
    {
        var reference = References.Of("function " + name);
        Assert.All(reference.Row("x").Zip(reference.Row("y"), (x, y) => (X: x, Y: y)), pair =>
        {
            var found = Functions[name].Double(Vector512.Create(pair.X)).ToScalar();
            Assert.True(
                Math.Abs(found - pair.Y) <= units * Math.Abs(Math.BitIncrement(pair.Y) - pair.Y),
                $"{name}({pair.X:R}) is {found:R}, expected {pair.Y:R}: {Math.Abs(found - pair.Y) / Math.Abs(Math.BitIncrement(pair.Y) - pair.Y):F1} units");
        });
    }

    [Theory]
    [InlineData("ExpMinusOne", 4)]
    [InlineData("LogOnePlus", 4)]
    [InlineData("Tanh", 5)]
    [InlineData("Softplus", 6)]
    [InlineData("LogCosh", 12)]
    [InlineData("Cumulative", 7)]
    public void In_float_the_result_is_that_of_double_within_so_many_units_in_the_last_place(string name, double units)
    {
        var key = new Key(11);
        var points = Enumerable.Range(0, 20000).Select(i => (float)((i % 2 == 0 ? 1 : -1) * Math.Pow(10, (key.Uniform(i) * 9.5) - 8)));
        var worst = 0.0;
        foreach (var x in points.Where(x => (name != "LogOnePlus" || x > -0.9) && (name != "Cumulative" || x > -12.8)))
        {
            var expected = Functions[name].Double(Vector512.Create((double)x)).ToScalar();
            var unit = Math.Abs((double)MathF.BitIncrement((float)expected) - (float)expected);
            worst = Math.Max(worst, Math.Abs(Functions[name].Single(Vector512.Create(x)).ToScalar() - expected) / unit);
        }

        Assert.True(worst <= units, $"{name}: {worst:F1} units");
    }

    [Theory]
    [InlineData("Tanh", 1000, 1)]
    [InlineData("Tanh", -1000, -1)]
    [InlineData("ExpMinusOne", -1000, -1)]
    [InlineData("Softplus", 1000, 1000)]
    [InlineData("Softplus", -1000, 0)]
    [InlineData("Cumulative", 1000, 1)]
    [InlineData("Cumulative", -1000, 0)]
    [InlineData("Density", 1000, 0)]
    [InlineData("Tanh", double.PositiveInfinity, 1)]
    [InlineData("Cumulative", double.NegativeInfinity, 0)]
    [InlineData("Density", double.PositiveInfinity, 0)]
    [InlineData("Tanh", double.NaN, double.NaN)]
    [InlineData("ExpMinusOne", double.NaN, double.NaN)]
    [InlineData("LogOnePlus", double.NaN, double.NaN)]
    [InlineData("Softplus", double.NaN, double.NaN)]
    [InlineData("LogCosh", double.NaN, double.NaN)]
    [InlineData("Cumulative", double.NaN, double.NaN)]
    [InlineData("Density", double.NaN, double.NaN)]
    public void Extremes_go_to_their_limits_and_NaN_stays_NaN(string name, double x, double expected)
    {
        Assert.Equal(expected, Functions[name].Double(Vector512.Create(x)).ToScalar());
        Assert.Equal((float)expected, Functions[name].Single(Vector512.Create((float)x)).ToScalar());
    }
}
