using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalNN;

/// <summary>The normal distribution's density φ(x) and its integral Φ(x) from −∞, the same bits on every machine.</summary>
/// <remarks>
/// Φ(x) = erfc(−x/√2)/2 and, for z ≥ 0, erfc z = e^(−z²)·P(t)/(1 + 2z) with t = (z − K)/(z + K), where P is a polynomial fitted by
/// Chebyshev's method (tests/FunctionalNN.Tests/Vocabulary/references/normal_distribution.py). Relative error: below 4·10⁻⁷ in float
/// and 10⁻¹⁵ in double down to Φ(−13) and Φ(−37), beyond which the result is 0; φ loses x²/2 units in the last place. NaN stays NaN.
/// </remarks>
internal static class NormalDistribution<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>From the highest power down.</summary>
    private static readonly T[] Polynomial = [.. (typeof(T) == typeof(float)
        ? new[]
        {
            -0.0004158970700061316, -0.0012467969243424078, 0.001331685428582749, 0.008652287232187457, -0.0080667040304843,
            -0.0542119612307487, 0.1640563038024363, -0.16603053011744243, -0.0927640215577567, 1.2769783774738688,
        }
        : new[]
        {
            -1.8206098680308682e-09, -1.3670989863347383e-08, -7.71541861441783e-09, 1.1534943745754157e-07, 6.270727157198311e-08,
            -8.351619688696847e-07, 3.0135049944875397e-07, 5.7178872846321855e-06, -1.1224789135154701e-05, -2.4403169244974074e-05,
            0.000150622243948303, -0.00019925550755614952, -0.00075777334141333, 0.005031969755895426, -0.016197734059115006,
            0.03716751556249286, -0.06633036581152939, 0.09373283499679412, -0.10103906603635213, 0.06809705425473732,
            0.01537965210262074, -0.1396211168405629, 1.2329951186255526,
        }).Select(T.CreateTruncating)];

    /// <summary>The polynomial P, from the highest power down.</summary>
    public static IEnumerable<double> Coefficients => Polynomial.Select(double.CreateTruncating);

    /// <summary>φ(x) = e^(−x²/2)/√(2π).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Density(Vector512<T> x)
    {
        var limit = Lanes<T>.Of(100);
        var size = Vector512.Abs(x);
        size = Vector512.ConditionalSelect(Vector512.GreaterThan(size, limit), limit, size);
        return Exponential<T>.Exp(size * size * Lanes<T>.Of(-0.5)) * Lanes<T>.Of(0.3989422804014327);
    }

    /// <summary>Φ(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Cumulative(Vector512<T> x)
    {
        var limit = Lanes<T>.Of(100);
        var z = Vector512.Abs(x) * Lanes<T>.Of(0.7071067811865476);
        z = Vector512.ConditionalSelect(Vector512.GreaterThan(z, limit), limit, z);
        var k = Lanes<T>.Of(typeof(T) == typeof(float) ? 2 : 4);
        var t = (z - k) / (z + k);
        var polynomial = Vector512.Create(Polynomial[0]);
        for (var i = 1; i < Polynomial.Length; i++)
        {
            polynomial = Lanes<T>.MultiplyAdd(polynomial, t, Vector512.Create(Polynomial[i]));
        }

        // x²/2 and what rounding it lost: e^(−x²/2) would lose as many digits as x²/2 has before the point.
        var half = Vector512.Abs(x) * Lanes<T>.Of(0.5);
        half = Vector512.ConditionalSelect(Vector512.GreaterThan(half, limit), limit, half);
        var full = half + half;
        var square = half * full;
        var lost = Lanes<T>.MultiplyAdd(half, full, -square);
        var tail = Lanes<T>.Of(0.5) * Exponential<T>.Exp(-square) * (Vector512<T>.One - lost) * polynomial / Lanes<T>.MultiplyAdd(Lanes<T>.Of(2), z, Vector512<T>.One);
        return Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512<T>.Zero), Vector512<T>.One - tail, tail);
    }
}
