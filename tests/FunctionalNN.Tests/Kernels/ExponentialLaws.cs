using System.Numerics;

namespace FunctionalNN.Tests;

/// <summary>eˣ, ln x and the logistic function over their whole range, in units in the last place of the exact result.</summary>
public class ExponentialLaws
{
    private const int Samples = 200_000;

    [Fact]
    public void Exp_in_float() => AssertWithin(2, Floats(-86.97, 88.7), KernelCalls.Exp, x => Math.Exp(x));

    [Fact]
    public void Exp_in_double() => AssertWithin(2, Doubles(-708, 709.78), KernelCalls.Exp, Math.Exp);

    [Fact]
    public void Log_in_float() =>
        AssertWithin(3, Positive().Select(x => (float)x).Where(float.IsNormal), KernelCalls.Log, x => Math.Log(x));

    [Fact]
    public void Log_in_double() => AssertWithin(3, Positive(1022).Where(double.IsNormal), KernelCalls.Log, Math.Log);

    [Fact]
    public void Sigmoid_in_float() => AssertWithin(4, Floats(-86.97, 90), KernelCalls.Sigmoid, x => 1 / (1 + Math.Exp(-(double)x)));

    [Fact]
    public void Sigmoid_in_double() =>
        AssertWithin(4, Doubles(-708, 710), KernelCalls.Sigmoid, x => x < 0 ? Math.Exp(x) / (1 + Math.Exp(x)) : 1 / (1 + Math.Exp(-x)));

    [Fact]
    public void Limits_of_exp()
    {
        Assert.Equal([1, 1, float.PositiveInfinity, float.PositiveInfinity, 0, 0, 0],
            KernelCalls.Exp(0, -0f, float.PositiveInfinity, 88.73f, float.NegativeInfinity, -1e30f, -86.99f));
        Assert.Equal([1, 1, double.PositiveInfinity, double.PositiveInfinity, 0, 0, 0],
            KernelCalls.Exp(0, -0.0, double.PositiveInfinity, 709.79, double.NegativeInfinity, -1e300, -745.2));
        Assert.Equal([1, 1], KernelCalls.Exp(float.Epsilon, -float.Epsilon));
        Assert.True(float.IsNaN(KernelCalls.Exp(float.NaN)[0]) && double.IsNaN(KernelCalls.Exp(double.NaN)[0]));
        Assert.True(float.IsFinite(KernelCalls.Exp(88.7228f)[0]) && double.IsFinite(KernelCalls.Exp(709.7827)[0]));
        Assert.Equal([float.PositiveInfinity, float.PositiveInfinity], KernelCalls.Exp(1e30f, float.MaxValue));
    }

    [Fact]
    public void Limits_of_log()
    {
        Assert.Equal([0, float.NegativeInfinity, float.NegativeInfinity, float.PositiveInfinity],
            KernelCalls.Log(1, 0, -0f, float.PositiveInfinity));
        Assert.Equal([0, double.NegativeInfinity, double.NegativeInfinity, double.PositiveInfinity],
            KernelCalls.Log(1, 0, -0.0, double.PositiveInfinity));
        Assert.All(KernelCalls.Log(-1, float.NegativeInfinity, float.NaN, -float.Epsilon), value => Assert.True(float.IsNaN(value)));
        Assert.All(KernelCalls.Log(-1, double.NegativeInfinity, double.NaN, -double.Epsilon), value => Assert.True(double.IsNaN(value)));

        // Denormal numbers count as the least normal one.
        Assert.Equal(MathF.Log(1.17549435e-38f), KernelCalls.Log(float.Epsilon)[0], 1e-5f);
        Assert.Equal(Math.Log(2.2250738585072014e-308), KernelCalls.Log(double.Epsilon)[0], 1e-12);
    }

    [Fact]
    public void Limits_of_the_logistic_function()
    {
        Assert.Equal([0.5f, 0.5f, 1, 1, 0, 0], KernelCalls.Sigmoid(0, -0f, float.PositiveInfinity, 1000, float.NegativeInfinity, -1000));
        Assert.Equal([0.5, 0.5, 1, 1, 0, 0], KernelCalls.Sigmoid(0, -0.0, double.PositiveInfinity, 1000, double.NegativeInfinity, -1000));
        Assert.True(float.IsNaN(KernelCalls.Sigmoid(float.NaN)[0]) && double.IsNaN(KernelCalls.Sigmoid(double.NaN)[0]));
    }

    [Fact]
    public void Exp_and_the_logistic_function_rise()
    {
        var steps = Floats(-90, 90).Order().ToArray();
        Assert.All(KernelCalls.Sigmoid(steps).Zip(KernelCalls.Sigmoid(steps).Skip(1)), pair => Assert.True(pair.Item1 <= Up(pair.Item2)));
        Assert.All(KernelCalls.Exp(steps).Zip(KernelCalls.Exp(steps).Skip(1)), pair => Assert.True(pair.Item1 <= Up(pair.Item2)));

        static float Up(float value) => MathF.BitIncrement(MathF.BitIncrement(value));
    }

    private static IEnumerable<float> Floats(double from, double to) =>
        Doubles(from, to).Select(x => (float)x).Concat([0, 1, -1, float.Epsilon, 1e-20f, -1e-8f]);

    private static IEnumerable<double> Doubles(double from, double to)
    {
        var key = new Key(5);
        return Enumerable.Range(0, Samples)
            .Select(i => i % 4 == 0 ? key.Normal(i) / (1 + (i % 1000)) : from + ((to - from) * key.Uniform(i)));
    }

    /// <summary>Positive numbers: of all sizes, and close to 1.</summary>
    private static IEnumerable<double> Positive(double exponents = 127)
    {
        var key = new Key(6);
        return Enumerable.Range(0, Samples).Select(i => i % 4 == 0
            ? 1 + (key.Normal(i) / (20 * (1 + (i % 1000))))
            : (1 + key.Uniform(2 * i)) * Math.Pow(2, Math.Floor(((2 * key.Uniform((2 * i) + 1)) - 1) * exponents)));
    }

    private static void AssertWithin<T>(double units, IEnumerable<T> inputs, Func<T[], T[]> kernel, Func<T, double> exact)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var x = inputs.Where(value => exact(value) is { } y && double.IsFinite(y)).ToArray();
        var y = kernel(x);
        var worst = Enumerable.Range(0, x.Length).MaxBy(i => Error(i));
        Assert.True(Error(worst) <= units,
            $"{Error(worst):F2} units in the last place at {x[worst]:R}: expected {exact(x[worst]):R}, found {y[worst]:R}");

        double Error(int i)
        {
            var expected = T.Abs(T.CreateTruncating(exact(x[i])));
            var unit = T.IsNormal(expected) ? T.BitIncrement(expected) - expected : T.BitIncrement(T.Zero);
            return Math.Abs(double.CreateChecked(y[i]) - exact(x[i])) / double.CreateChecked(unit);
        }
    }
}
