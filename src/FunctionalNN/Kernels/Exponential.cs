using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalNN;

/// <summary>
/// eˣ and ln x on vectors, the same bits on every machine and at every vector width (the platform's own functions promise neither).
/// </summary>
/// <remarks>
/// eˣ = 2ⁿ·eʳ with n = round(x / ln 2) and |r| ≤ ln 2 / 2, where eʳ is its Taylor series. Within 2 units in the last place;
/// below x = −86.98 (double: −708) the result is 0, NaN stays NaN.
/// ln x = e·ln 2 + 2·atanh((m − 1)/(m + 1)) with x = m·2ᵉ and √½ ≤ m &lt; √2. ln 0 = −∞, NaN below 0;
/// a positive number too small to be normal counts as the least normal one.
/// </remarks>
internal static class Exponential<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static bool IsSingle
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) == typeof(float);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Exp(Vector512<T> x)
    {
        // Adding 1.5·2²³ (1.5·2⁵²) rounds to a whole number and leaves it in the low bits.
        var round = Lanes<T>.Of(IsSingle ? 12582912.0 : 6755399441055744.0);
        var shifted = Lanes<T>.MultiplyAdd(x, Lanes<T>.Of(1.4426950408889634), round);
        var n = shifted - round;
        var r = Lanes<T>.MultiplyAdd(n, Lanes<T>.Of(IsSingle ? -0.693359375 : -0.693147180369123816490), x);
        r = Lanes<T>.MultiplyAdd(n, Lanes<T>.Of(IsSingle ? 2.12194440e-4 : -1.90821492927058770002e-10), r);
        var series = Lanes<T>.Of(IsSingle ? 1.0 / 5040 : 1.0 / 6227020800);
        if (!IsSingle)
        {
            series = Lanes<T>.MultiplyAdd(series, r, Lanes<T>.Of(1.0 / 479001600));
            series = Lanes<T>.MultiplyAdd(series, r, Lanes<T>.Of(1.0 / 39916800));
            series = Lanes<T>.MultiplyAdd(series, r, Lanes<T>.Of(1.0 / 3628800));
            series = Lanes<T>.MultiplyAdd(series, r, Lanes<T>.Of(1.0 / 362880));
            series = Lanes<T>.MultiplyAdd(series, r, Lanes<T>.Of(1.0 / 40320));
            series = Lanes<T>.MultiplyAdd(series, r, Lanes<T>.Of(1.0 / 5040));
        }

        series = Lanes<T>.MultiplyAdd(series, r, Lanes<T>.Of(1.0 / 720));
        series = Lanes<T>.MultiplyAdd(series, r, Lanes<T>.Of(1.0 / 120));
        series = Lanes<T>.MultiplyAdd(series, r, Lanes<T>.Of(1.0 / 24));
        series = Lanes<T>.MultiplyAdd(series, r, Lanes<T>.Of(1.0 / 6));
        series = Lanes<T>.MultiplyAdd(series, r, Lanes<T>.Of(0.5));
        series = Lanes<T>.MultiplyAdd(series, r, Vector512<T>.One);
        series = Lanes<T>.MultiplyAdd(series, r, Vector512<T>.One);

        // 2·2ⁿ⁻¹ instead of 2ⁿ, whose exponent would overflow at the greatest results.
        var scaled = (series + series) * PowerOfTwoBelow(shifted);
        scaled = Vector512.ConditionalSelect(Vector512.LessThan(x, Lanes<T>.Of(IsSingle ? -86.98 : -708.0)), Vector512<T>.Zero, scaled);
        return Vector512.ConditionalSelect(
            Vector512.GreaterThan(x, Lanes<T>.Of(IsSingle ? 88.722839 : 709.782712893384)),
            Vector512.Create(T.PositiveInfinity),
            scaled);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Log(Vector512<T> x)
    {
        var normal = Vector512.ConditionalSelect(
            Vector512.LessThan(x, Lanes<T>.Of(IsSingle ? 1.17549435e-38 : 2.2250738585072014e-308)),
            Lanes<T>.Of(IsSingle ? 1.17549435e-38 : 2.2250738585072014e-308),
            x);
        var (mantissa, exponent) = Split(normal);
        var f = (mantissa - Vector512<T>.One) / (mantissa + Vector512<T>.One);
        var f2 = f * f;
        var series = Lanes<T>.Of(IsSingle ? 1.0 / 9 : 1.0 / 21);
        if (!IsSingle)
        {
            series = Lanes<T>.MultiplyAdd(series, f2, Lanes<T>.Of(1.0 / 19));
            series = Lanes<T>.MultiplyAdd(series, f2, Lanes<T>.Of(1.0 / 17));
            series = Lanes<T>.MultiplyAdd(series, f2, Lanes<T>.Of(1.0 / 15));
            series = Lanes<T>.MultiplyAdd(series, f2, Lanes<T>.Of(1.0 / 13));
            series = Lanes<T>.MultiplyAdd(series, f2, Lanes<T>.Of(1.0 / 11));
            series = Lanes<T>.MultiplyAdd(series, f2, Lanes<T>.Of(1.0 / 9));
        }

        series = Lanes<T>.MultiplyAdd(series, f2, Lanes<T>.Of(1.0 / 7));
        series = Lanes<T>.MultiplyAdd(series, f2, Lanes<T>.Of(1.0 / 5));
        series = Lanes<T>.MultiplyAdd(series, f2, Lanes<T>.Of(1.0 / 3));
        series = Lanes<T>.MultiplyAdd(series, f2, Vector512<T>.One);
        var result = Lanes<T>.MultiplyAdd(exponent, Lanes<T>.Of(0.6931471805599453), (f + f) * series);
        result = Vector512.ConditionalSelect(Vector512.Equals(x, Vector512.Create(T.PositiveInfinity)), x, result);
        result = Vector512.ConditionalSelect(Vector512.Equals(x, Vector512<T>.Zero), Vector512.Create(T.NegativeInfinity), result);
        return Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(x, Vector512<T>.Zero), result, Vector512.Create(T.NaN));
    }

    /// <summary>1 / (1 + e⁻ˣ), without overflow on either side: e^(−|x|) is at most 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Sigmoid(Vector512<T> x)
    {
        var small = Exp(-Vector512.Abs(x));
        var denominator = Vector512<T>.One + small;
        return Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<T>.Zero), small, Vector512<T>.One) / denominator;
    }

    /// <summary>2ⁿ⁻¹ from the number whose low bits hold n.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> PowerOfTwoBelow(Vector512<T> shifted) =>
        IsSingle
            ? ((shifted.AsInt32() << 23) + Vector512.Create(126 << 23)).As<int, T>()
            : ((shifted.AsInt64() << 52) + Vector512.Create(1022L << 52)).As<long, T>();

    /// <summary>x = mantissa·2^exponent with the mantissa from √½ up to √2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<T> Mantissa, Vector512<T> Exponent) Split(Vector512<T> x)
    {
        if (IsSingle)
        {
            var exponent = (x.AsInt32() - Vector512.Create(0x3F3504F3)) >> 23;
            return ((x.AsInt32() - (exponent << 23)).As<int, T>(), Vector512.ConvertToSingle(exponent).As<float, T>());
        }

        var wide = (x.AsInt64() - Vector512.Create(0x3FE6A09E667F3BCD)) >> 52;
        return ((x.AsInt64() - (wide << 52)).As<long, T>(), Vector512.ConvertToDouble(wide).As<double, T>());
    }
}
