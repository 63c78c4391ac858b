using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace FunctionalNN.Tests;

/// <summary>Far from 0 an activation and its slope are what they tend to, at the greatest numbers and at ±∞: never NaN from 0·∞.</summary>
public class ActivationLimitLaws
{
    private const double Far = 1e5;

    private static readonly (Activation Layer, double? Below, double? Above, double SlopeBelow, double SlopeAbove)[] Limits =
    [
        (new Gelu(), 0, null, 0, 1), (new Gelu { IsApproximate = true }, 0, null, 0, 1), (new Silu(), 0, null, 0, 1),
        (new Relu(), 0, null, 0, 1), (new Softplus(), 0, null, 0, 1), (new Elu(0.7), -0.7, null, 0, 1), (new Selu(), null, null, 0, 0),
        (new Tanh(), -1, 1, 0, 0), (new Sigmoid(), 0, 1, 0, 0), (new HardSigmoid(), 0, 1, 0, 0), (new LeakyRelu(0.3), null, null, 0.3, 1),
    ];

    [Property(MaxTest = 400, Arbitrary = [typeof(FarNumbers)])]
    public void Far_from_zero_values_and_slopes_are_their_limits(FarNumber x)
    {
        foreach (var limit in Limits)
        {
            Check<float>(limit.Layer, limit.Below, limit.Above, limit.SlopeBelow, limit.SlopeAbove, x.Value);
            Check<double>(limit.Layer, limit.Below, limit.Above, limit.SlopeBelow, limit.SlopeAbove, x.Value);
        }
    }

    public sealed record FarNumber(double Value);

    /// <summary>Beyond ±10⁵ at every power of ten, the greatest numbers of float and double, and ±∞.</summary>
    public static class FarNumbers
    {
        public static Arbitrary<FarNumber> Any() => Arb.From(
            from sign in Gen.Elements(-1.0, 1.0)
            from size in Gen.OneOf(
                Gen.Elements(double.PositiveInfinity, double.MaxValue, float.MaxValue, Math.BitDecrement((double)float.MaxValue)),
                from exponent in Gen.Choose(5, 307)
                from digits in Gen.Choose(1, 9)
                select digits * Math.Pow(10, exponent))
            select new FarNumber(sign * size));
    }

    private static void Check<T>(Activation layer, double? below, double? above, double slopeBelow, double slopeAbove, double number)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var x = T.CreateTruncating(number);
        Assert.True(double.Abs(double.CreateTruncating(x)) >= Far);
        var (output, slopes, _) = Probe.Layer(layer, Matrix.Row(x, T.One, x), Matrix.Row(T.One, T.One, T.One));
        var (y, slope) = (double.CreateTruncating(output[0, 0]), double.CreateTruncating(slopes[0, 0]));
        if ((number < 0 ? below : above) is { } bound)
        {
            Assert.Equal(bound, y, 1e-6);
        }
        else
        {
            Assert.False(double.IsNaN(y), $"{layer} of {x} is NaN");
            Assert.True(y == double.CreateTruncating(x) || layer is Selu or LeakyRelu, $"{layer} of {x} is {y}");
        }

        if (layer is not Selu)
        {
            Assert.Equal(number < 0 ? slopeBelow : slopeAbove, slope, 1e-6);
        }

        Assert.False(double.IsNaN(slope), $"the slope of {layer} at {x} is NaN");
        Assert.Equal((output[0, 0], slopes[0, 0]), (output[0, 2], slopes[0, 2]));
    }
}
