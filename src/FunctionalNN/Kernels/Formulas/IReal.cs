using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>
/// A real number as formulas see it. A formula is written once, as a generic method over S, and read in many ways: S is a vector of numbers
/// when a kernel computes it, one number, a pair of value and slope when it is differentiated, and a text when it is written down as C#,
/// ONNX or Markdown.
/// </summary>
/// <remarks>
/// A constant is a double and becomes an S where one is needed; it is rounded to float where S is a number of floats. Comparisons choose
/// between two results, since the numbers of a vector may differ in which they take; both are computed. A NaN is neither less than, equal
/// to, nor greater than anything.
/// </remarks>
/// <typeparam name="S">The reading itself.</typeparam>
public interface IReal<S> :
    IAdditionOperators<S, S, S>, ISubtractionOperators<S, S, S>, IMultiplyOperators<S, S, S>, IDivisionOperators<S, S, S>,
    IUnaryNegationOperators<S, S>
    where S : struct, IReal<S>
{
    /// <summary>A constant.</summary>
    static abstract implicit operator S(double value);

    /// <summary>A setting.</summary>
    static abstract implicit operator S(Setting value);

    /// <summary>Whether numbers are floats, for series that need fewer terms in single precision.</summary>
    static abstract bool IsSingle { get; }

    /// <summary>a·b + c, rounded once.</summary>
    static abstract S MultiplyAdd(S a, S b, S c);

    /// <summary>|x|.</summary>
    static abstract S Abs(S x);

    /// <summary>√x, correctly rounded.</summary>
    static abstract S Sqrt(S x);

    /// <summary><paramref name="then"/> where a &lt; b, else <paramref name="otherwise"/>.</summary>
    static abstract S IfLess(S a, S b, S then, S otherwise);

    /// <summary><paramref name="then"/> where a ≤ b, else <paramref name="otherwise"/>.</summary>
    static abstract S IfLessOrEqual(S a, S b, S then, S otherwise);

    /// <summary><paramref name="then"/> where a = b, else <paramref name="otherwise"/>.</summary>
    static abstract S IfEqual(S a, S b, S then, S otherwise);

    /// <summary>
    /// 2ⁿ⁺ᵒ for the offset o and the whole number n in the low bits of <paramref name="shifted"/> = n + 1.5·2²³, in double n + 1.5·2⁵²: the
    /// number that adding 1.5·2²³ to a small number leaves.
    /// </summary>
    static abstract S PowerOfTwo(S shifted, int offset);

    /// <summary>The whole number e in x = m·2ᵉ with √½ ≤ m &lt; √2, for normal x above 0.</summary>
    static abstract S Exponent(S x);

    /// <summary>m in x = m·2ᵉ with √½ ≤ m &lt; √2, for normal x above 0.</summary>
    static abstract S Mantissa(S x);

    /// <summary>The greater of two; x where x is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual S Max(S x, S y) => S.IfLess(x, y, y, x);

    /// <summary>The smaller of two; x where x is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual S Min(S x, S y) => S.IfLess(y, x, y, x);

    /// <summary>1, −1, or x itself where it is neither above nor below 0: 0 stays 0 and NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual S Sign(S x) => S.IfLess(x, 0, -1, S.IfLess(0, x, 1, x));

    /// <summary>eˣ. Within 2 units in the last place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual S Exp(S x) => Exponential.Exp(x);

    /// <summary>ln x. ln 0 = −∞, NaN below 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual S Log(S x) => Exponential.Log(x);

    /// <summary>σ(x) = 1/(1 + e⁻ˣ), without overflow on either side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual S Sigmoid(S x) => Exponential.Sigmoid(x);

    /// <summary>eˣ − 1, with all digits near 0. Above 88 (double: 709) it stays what it is there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual S ExpMinusOne(S x) => NearZero.ExpMinusOne(x);

    /// <summary>ln(1 + x) for −1 &lt; x &lt; ∞, with all digits near 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual S LogOnePlus(S x) => NearZero.LogOnePlus(x);

    /// <summary>tanh x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual S Tanh(S x) => NearZero.Tanh(x);

    /// <summary>ln(1 + eˣ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual S Softplus(S x) => NearZero.Softplus(x);

    /// <summary>ln cosh x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual S LogCosh(S x) => NearZero.LogCosh(x);

    /// <summary>Φ(x), the normal distribution's integral from −∞.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual S NormalCumulative(S x) => NormalDistribution.Cumulative(x);

    /// <summary>φ(x) = e^(−x²/2)/√(2π), the normal distribution's density.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual S NormalDensity(S x) => NormalDistribution.Density(x);
}
