using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>The normal distribution's density φ(x) and its integral Φ(x) from −∞, the same bits on every machine.</summary>
/// <remarks>
/// Φ(x) = erfc(−x/√2)/2 and, for z ≥ 0, erfc z = e^(−z²)·P(t)/(1 + 2z) with t = (z − K)/(z + K), where P is a polynomial fitted by
/// Chebyshev's method (tests/FunctionalNN.Tests/Layers/references/normal_distribution.py). Relative error: below 4·10⁻⁷ in float
/// and 10⁻¹⁵ in double down to Φ(−13) and Φ(−37), beyond which the result is 0; φ loses x²/2 units in the last place. NaN stays NaN.
/// </remarks>
internal static class NormalDistribution
{
    private const double Limit = 100;

    /// <summary>φ(x) = e^(−x²/2)/√(2π).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S Density<S>(S x)
        where S : struct, IReal<S>
    {
        var size = S.Min(S.Abs(x), Limit);
        return S.Exp(size * size * -0.5) * 0.3989422804014327;
    }

    /// <summary>Φ(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S Cumulative<S>(S x)
        where S : struct, IReal<S>
    {
        var z = S.Min(S.Abs(x) * 0.7071067811865476, Limit);
        S k = S.IsSingle ? 2 : 4;
        var t = (z - k) / (z + k);
        var polynomial = S.IsSingle ? SinglePolynomial(t) : DoublePolynomial(t);

        // x²/2 and what rounding it lost: e^(−x²/2) would lose as many digits as x²/2 has before the point.
        var half = S.Min(S.Abs(x) * 0.5, Limit);
        var full = half + half;
        var square = half * full;
        var lost = S.MultiplyAdd(half, full, -square);
        var tail = 0.5 * S.Exp(-square) * (1 - lost) * polynomial / S.MultiplyAdd(2, z, 1);
        return S.IfLess(0, x, 1 - tail, tail);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static S SinglePolynomial<S>(S t)
        where S : struct, IReal<S>
    {
        S sum = -0.0004158970700061316;
        sum = S.MultiplyAdd(sum, t, -0.0012467969243424078);
        sum = S.MultiplyAdd(sum, t, 0.001331685428582749);
        sum = S.MultiplyAdd(sum, t, 0.008652287232187457);
        sum = S.MultiplyAdd(sum, t, -0.0080667040304843);
        sum = S.MultiplyAdd(sum, t, -0.0542119612307487);
        sum = S.MultiplyAdd(sum, t, 0.1640563038024363);
        sum = S.MultiplyAdd(sum, t, -0.16603053011744243);
        sum = S.MultiplyAdd(sum, t, -0.0927640215577567);
        return S.MultiplyAdd(sum, t, 1.2769783774738688);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static S DoublePolynomial<S>(S t)
        where S : struct, IReal<S>
    {
        S sum = -1.8206098680308682e-09;
        sum = S.MultiplyAdd(sum, t, -1.3670989863347383e-08);
        sum = S.MultiplyAdd(sum, t, -7.71541861441783e-09);
        sum = S.MultiplyAdd(sum, t, 1.1534943745754157e-07);
        sum = S.MultiplyAdd(sum, t, 6.270727157198311e-08);
        sum = S.MultiplyAdd(sum, t, -8.351619688696847e-07);
        sum = S.MultiplyAdd(sum, t, 3.0135049944875397e-07);
        sum = S.MultiplyAdd(sum, t, 5.7178872846321855e-06);
        sum = S.MultiplyAdd(sum, t, -1.1224789135154701e-05);
        sum = S.MultiplyAdd(sum, t, -2.4403169244974074e-05);
        sum = S.MultiplyAdd(sum, t, 0.000150622243948303);
        sum = S.MultiplyAdd(sum, t, -0.00019925550755614952);
        sum = S.MultiplyAdd(sum, t, -0.00075777334141333);
        sum = S.MultiplyAdd(sum, t, 0.005031969755895426);
        sum = S.MultiplyAdd(sum, t, -0.016197734059115006);
        sum = S.MultiplyAdd(sum, t, 0.03716751556249286);
        sum = S.MultiplyAdd(sum, t, -0.06633036581152939);
        sum = S.MultiplyAdd(sum, t, 0.09373283499679412);
        sum = S.MultiplyAdd(sum, t, -0.10103906603635213);
        sum = S.MultiplyAdd(sum, t, 0.06809705425473732);
        sum = S.MultiplyAdd(sum, t, 0.01537965210262074);
        sum = S.MultiplyAdd(sum, t, -0.1396211168405629);
        return S.MultiplyAdd(sum, t, 1.2329951186255526);
    }
}
