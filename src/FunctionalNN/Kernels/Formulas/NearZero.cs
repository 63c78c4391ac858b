using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>
/// eˣ − 1, ln(1 + x) and what is made of them, with small results as exact as large ones; the same bits on every machine.
/// </summary>
/// <remarks>
/// Relative errors, measured in units in the last place over the whole range: eˣ − 1 and ln(1 + x) within 4, tanh within 5,
/// softplus within 6, ln cosh within 12, in float and in double. NaN stays NaN.
/// </remarks>
internal static class NearZero
{
    /// <summary>eˣ − 1 = 2ⁿ·(eʳ − 1) + (2ⁿ − 1), where eʳ − 1 is its Taylor series. Above 88 (double: 709) it stays what it is
    /// there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S ExpMinusOne<S>(S x)
        where S : struct, IReal<S>
    {
        x = S.Min(S.Max(x, S.IsSingle ? -87 : -708), S.IsSingle ? 88 : 709);
        Exponential.Reduce(x, out var shifted, out var r);
        S series = S.IsSingle ? 1.0 / 40320 : 1.0 / 6227020800;
        if (!S.IsSingle)
        {
            series = S.MultiplyAdd(series, r, 1.0 / 479001600);
            series = S.MultiplyAdd(series, r, 1.0 / 39916800);
            series = S.MultiplyAdd(series, r, 1.0 / 3628800);
            series = S.MultiplyAdd(series, r, 1.0 / 362880);
            series = S.MultiplyAdd(series, r, 1.0 / 40320);
        }

        series = S.MultiplyAdd(series, r, 1.0 / 5040);
        series = S.MultiplyAdd(series, r, 1.0 / 720);
        series = S.MultiplyAdd(series, r, 1.0 / 120);
        series = S.MultiplyAdd(series, r, 1.0 / 24);
        series = S.MultiplyAdd(series, r, 1.0 / 6);
        series = S.MultiplyAdd(series, r, 0.5);
        var small = S.MultiplyAdd(series * r, r, r);
        var power = S.PowerOfTwo(shifted, 0);
        return S.MultiplyAdd(power, small, power - 1);
    }

    /// <summary>ln(1 + x) for −1 &lt; x &lt; ∞: ln w + (x − (w − 1))/w with w = 1 + x as rounded, which puts back what rounding
    /// took.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S LogOnePlus<S>(S x)
        where S : struct, IReal<S>
    {
        var w = 1 + x;
        return S.Log(w) + ((x - (w - 1)) / w);
    }

    /// <summary>tanh x = sign(x) · −e/(2 + e) with e = e^(−2|x|) − 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S Tanh<S>(S x)
        where S : struct, IReal<S>
    {
        var e = S.ExpMinusOne(-2 * S.Abs(x));
        var magnitude = -e / (2 + e);
        return S.IfLess(x, 0, -magnitude, magnitude);
    }

    /// <summary>ln(1 + eˣ) = max(x, 0) + ln(1 + e^(−|x|)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S Softplus<S>(S x)
        where S : struct, IReal<S> => S.IfLess(x, 0, 0, x) + S.LogOnePlus(S.Exp(-S.Abs(x)));

    /// <summary>ln cosh x: for |x| ≤ 1 ln(1 + e^|x|·(e^(−|x|) − 1)²/2), else |x| + ln(1 + e^(−2|x|)) − ln 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S LogCosh<S>(S x)
        where S : struct, IReal<S>
    {
        var size = S.Abs(x);
        var e = S.ExpMinusOne(-size);
        var above = S.Exp(size) * e * e * 0.5;
        var logarithm = S.LogOnePlus(S.IfLessOrEqual(size, 1, above, S.Exp(-2 * size)));
        return S.IfLessOrEqual(size, 1, logarithm, (size - 0.6931471805599453) + logarithm);
    }
}
