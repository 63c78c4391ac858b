using System.Numerics;

namespace FunctionalNN.Tests;

/// <summary>The vector functions behind activations and losses, against mpmath in double and the platform's double in float.</summary>
public class VectorFunctionTests
{
    private static readonly Dictionary<string, (Func<double, double> Double, Func<float, float> Single)> Functions = new()
    {
        ["ExpMinusOne"] = (x => Number<double>(new ExpMinusOne(), x), x => Number<float>(new ExpMinusOne(), x)),
        ["LogOnePlus"] = (x => Number<double>(new LogOnePlus(), x), x => Number<float>(new LogOnePlus(), x)),
        ["Tanh"] = (x => Number<double>(new Tanh(), x), x => Number<float>(new Tanh(), x)),
        ["Softplus"] = (x => Number<double>(new Softplus(), x), x => Number<float>(new Softplus(), x)),
        ["LogCosh"] = (x => Number<double>(new LogCosh(), x), x => Number<float>(new LogCosh(), x)),
        ["Cumulative"] = (x => Number<double>(new Cumulative(), x), x => Number<float>(new Cumulative(), x)),
        ["Density"] = (x => Number<double>(new Density(), x), x => Number<float>(new Density(), x)),
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
            var found = Functions[name].Double(pair.X);
            Assert.True(
                Math.Abs(found - pair.Y) <= units * Math.Abs(Math.BitIncrement(pair.Y) - pair.Y),
                $"{name}({pair.X:R}) is {found:R}, expected {pair.Y:R}: "
                    + $"{Math.Abs(found - pair.Y) / Math.Abs(Math.BitIncrement(pair.Y) - pair.Y):F1} units");
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
            var expected = Functions[name].Double((double)x);
            var unit = Math.Abs((double)MathF.BitIncrement((float)expected) - (float)expected);
            worst = Math.Max(worst, Math.Abs(Functions[name].Single(x) - expected) / unit);
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
        Assert.Equal(expected, Functions[name].Double(x));
        Assert.Equal((float)expected, Functions[name].Single((float)x));
    }

    private static T Number<T>(IFormula formula, T x)
        where T : unmanaged, IFloatingPointIeee754<T> => formula.Of(new Number<T>(x)).Value;

    private sealed class ExpMinusOne : IFormula
    {
        public S Of<S>(S x)
            where S : struct, IReal<S> => S.ExpMinusOne(x);
    }

    private sealed class LogOnePlus : IFormula
    {
        public S Of<S>(S x)
            where S : struct, IReal<S> => S.LogOnePlus(x);
    }

    private sealed class Tanh : IFormula
    {
        public S Of<S>(S x)
            where S : struct, IReal<S> => S.Tanh(x);
    }

    private sealed class Softplus : IFormula
    {
        public S Of<S>(S x)
            where S : struct, IReal<S> => S.Softplus(x);
    }

    private sealed class LogCosh : IFormula
    {
        public S Of<S>(S x)
            where S : struct, IReal<S> => S.LogCosh(x);
    }

    private sealed class Cumulative : IFormula
    {
        public S Of<S>(S x)
            where S : struct, IReal<S> => S.NormalCumulative(x);
    }

    private sealed class Density : IFormula
    {
        public S Of<S>(S x)
            where S : struct, IReal<S> => S.NormalDensity(x);
    }
}
