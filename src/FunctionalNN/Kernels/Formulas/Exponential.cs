using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>
/// eˣ and ln x, the same bits on every machine and at every vector width (the platform's own functions promise neither).
/// </summary>
/// <remarks>
/// eˣ = 2ⁿ·eʳ with n = round(x / ln 2) and |r| ≤ ln 2 / 2, where eʳ is its Taylor series. Within 2 units in the last place;
/// below x = −86.98 (double: −708) the result is 0, NaN stays NaN.
/// ln x = e·ln 2 + 2·atanh((m − 1)/(m + 1)) with x = m·2ᵉ and √½ ≤ m &lt; √2. ln 0 = −∞, NaN below 0;
/// a positive number too small to be normal counts as the least normal one.
/// </remarks>
internal static class Exponential
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S Exp<S>(S x)
        where S : struct, IReal<S>
    {
        Reduce(x, out var shifted, out var r);
        S series = S.IsSingle ? 1.0 / 5040 : 1.0 / 6227020800;
        if (!S.IsSingle)
        {
            series = S.MultiplyAdd(series, r, 1.0 / 479001600);
            series = S.MultiplyAdd(series, r, 1.0 / 39916800);
            series = S.MultiplyAdd(series, r, 1.0 / 3628800);
            series = S.MultiplyAdd(series, r, 1.0 / 362880);
            series = S.MultiplyAdd(series, r, 1.0 / 40320);
            series = S.MultiplyAdd(series, r, 1.0 / 5040);
        }

        series = S.MultiplyAdd(series, r, 1.0 / 720);
        series = S.MultiplyAdd(series, r, 1.0 / 120);
        series = S.MultiplyAdd(series, r, 1.0 / 24);
        series = S.MultiplyAdd(series, r, 1.0 / 6);
        series = S.MultiplyAdd(series, r, 0.5);
        series = S.MultiplyAdd(series, r, 1);
        series = S.MultiplyAdd(series, r, 1);

        // 2·2ⁿ⁻¹ instead of 2ⁿ, whose exponent would overflow at the greatest results.
        var scaled = (series + series) * S.PowerOfTwo(shifted, -1);
        scaled = S.IfLess(x, S.IsSingle ? -86.98 : -708, 0, scaled);
        return S.IfLess(S.IsSingle ? 88.722839 : 709.782712893384, x, double.PositiveInfinity, scaled);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S Log<S>(S x)
        where S : struct, IReal<S>
    {
        S least = S.IsSingle ? 1.17549435e-38 : 2.2250738585072014e-308;
        var normal = S.IfLess(x, least, least, x);
        var mantissa = S.Mantissa(normal);
        var f = (mantissa - 1) / (mantissa + 1);
        var f2 = f * f;
        S series = S.IsSingle ? 1.0 / 9 : 1.0 / 21;
        if (!S.IsSingle)
        {
            series = S.MultiplyAdd(series, f2, 1.0 / 19);
            series = S.MultiplyAdd(series, f2, 1.0 / 17);
            series = S.MultiplyAdd(series, f2, 1.0 / 15);
            series = S.MultiplyAdd(series, f2, 1.0 / 13);
            series = S.MultiplyAdd(series, f2, 1.0 / 11);
            series = S.MultiplyAdd(series, f2, 1.0 / 9);
        }

        series = S.MultiplyAdd(series, f2, 1.0 / 7);
        series = S.MultiplyAdd(series, f2, 1.0 / 5);
        series = S.MultiplyAdd(series, f2, 1.0 / 3);
        series = S.MultiplyAdd(series, f2, 1);
        var result = S.MultiplyAdd(S.Exponent(normal), 0.6931471805599453, (f + f) * series);
        result = S.IfEqual(x, double.PositiveInfinity, x, result);
        result = S.IfEqual(x, 0, double.NegativeInfinity, result);
        return S.IfLessOrEqual(0, x, result, double.NaN);
    }

    /// <summary>1 / (1 + e⁻ˣ), without overflow on either side: e^(−|x|) is at most 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S Sigmoid<S>(S x)
        where S : struct, IReal<S>
    {
        var small = S.Exp(-S.Abs(x));
        return S.IfLess(x, 0, small, 1) / (1 + small);
    }

    /// <summary>x = n·ln 2 + r with n in the low bits of <paramref name="shifted"/> and |r| ≤ ln 2 / 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Reduce<S>(S x, out S shifted, out S r)
        where S : struct, IReal<S>
    {
        // Adding 1.5·2²³ (1.5·2⁵²) rounds to a whole number and leaves it in the low bits.
        S round = S.IsSingle ? 12582912.0 : 6755399441055744.0;
        shifted = S.MultiplyAdd(x, 1.4426950408889634, round);
        var n = shifted - round;
        r = S.MultiplyAdd(n, S.IsSingle ? -0.693359375 : -0.693147180369123816490, x);
        r = S.MultiplyAdd(n, S.IsSingle ? 2.12194440e-4 : -1.90821492927058770002e-10, r);
    }
}
