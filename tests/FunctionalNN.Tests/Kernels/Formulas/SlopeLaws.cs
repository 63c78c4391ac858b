using System.Numerics;

namespace FunctionalNN.Tests;

/// <summary>Derivatives written by hand, those by dual numbers and central differences are the same; and they stay finite where the formula
/// does.</summary>
public class SlopeLaws
{
    private const double Step = 1e-5;

    /// <summary>Away from kinks, which are at whole numbers.</summary>
    private static readonly double[] Points = [.. Enumerable.Range(-80, 160).Select(i => (i / 10.0) + 0.037), -40.01, 35.02, -0.001, 0.002];

    [Fact]
    public void An_activations_slopes_are_one()
    {
        foreach (var activation in ReadingLaws.Activations)
        {
            var formula = (IFormula)activation;
            var (_, dx, _) = Probe.Layer(activation, Matrix.Row(Points), Matrix.Row(Points).Map(_ => 1.0));
            var (_, single, _) =
                Probe.Layer(activation, Matrix.Row(Array.ConvertAll(Points, x => (float)x)),
                    Matrix.Row(Points).Map(_ => 1.0) is var ones ? Probe.Single(ones) : null!);
            for (var i = 0; i < Points.Length; i++)
            {
                var x = Points[i];
                var dual = ReadingLaws.SlopeOf(formula, x);
                var differences = (Value(x + Step) - Value(x - Step)) / (2 * Step);
                Near($"{activation}, by hand and dual", x, dual, dx[0, i], 1e-11);
                Near($"{activation}, dual and differences", x, differences, dual, 2e-7);
                Near($"{activation}, in float", x, dual, single[0, i], 2e-4);
                Near($"{activation}, dual in float", x, dual, ReadingLaws.SlopeOf(formula, (float)x), 2e-4);
            }

            double Value(double x) => formula.Of(new Number<double>(x)).Value;
        }
    }

    [Fact]
    public void A_losss_slopes_are_one()
    {
        foreach (var loss in ReadingLaws.Losses)
        {
            var formula = (IBinaryFormula)loss;
            foreach (var target in (double[])[0, 1, 0.3, -1, 2.7])
            {
                double[] x = [.. Points.Select(point => TakesProbabilities(loss) ? 1 / (1 + Math.Exp(-point / 8)) : point)], y =
                    [.. Points.Select(_ => target)];
                var (_, slopes) = ReadingLaws.Terms(loss, x, y);
                for (var i = 0; i < x.Length; i++)
                {
                    var dual = ReadingLaws.Dual(formula, x[i], target).Value;
                    var differences = (Value(x[i] + Step, target) - Value(x[i] - Step, target)) / (2 * Step);
                    Near($"{loss}, by hand and dual, target {target}", x[i], dual, slopes[i] * x.Length, 1e-10);
                    Near($"{loss}, dual and differences, target {target}", x[i], differences, dual, 1e-6);
                }
            }

            double Value(double a, double b) => formula.Of(new Number<double>(a), new Number<double>(b)).Value;
        }
    }

    /// <summary>x·Φ(x) and x·σ(x) are 0·∞ at −∞, and their slopes at both ends.</summary>
    [Fact]
    public void GELU_and_SiLU_are_right_at_the_ends()
    {
        foreach (var activation in (Activation[])[new Gelu(), new Gelu { IsApproximate = true }, new Silu()])
        {
            Check<float>(activation, float.MaxValue, float.MinValue);
            Check<double>(activation, double.MaxValue, double.MinValue);
        }

        static void Check<T>(Activation activation, T greatest, T least)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            T[] x = [T.NegativeInfinity, least, T.CreateChecked(-1e30), T.CreateChecked(-1000), T.Epsilon, -T.Epsilon, T.Zero,
                T.CreateChecked(1000), greatest, T.PositiveInfinity];
            var (y, dx, _) = Probe.Layer(activation, Matrix.Row(x), Matrix.Row(x).Map(_ => T.One));
            for (var i = 0; i < x.Length; i++)
            {
                var isHigh = x[i] > T.One;
                Assert.True(y[0, i] == (isHigh ? x[i] : T.Zero) || T.Abs(y[0, i]) <= T.Epsilon, $"{activation} of {x[i]:R} is {y[0, i]:R}");
                var slope = isHigh ? T.One : T.Abs(x[i]) <= T.Epsilon ? T.CreateChecked(0.5) : T.Zero;
                Assert.True(T.Abs(dx[0, i] - slope) <= T.CreateChecked(1e-6), $"{activation}'s slope at {x[i]:R} is {dx[0, i]:R}");
            }
        }
    }

    private static bool TakesProbabilities(ElementLoss loss) =>
        loss is BinaryCrossEntropy { FromLogits: false } or BinaryFocalCrossEntropy { FromLogits: false }
            or Poisson { FromLogarithms: false };

    private static void Near(string what, double x, double expected, double found, double tolerance) =>
        Assert.True(Math.Abs(expected - found) <= tolerance * (1 + Math.Abs(expected)), $"{what}: at {x:R} {expected:R} and {found:R}");
}
