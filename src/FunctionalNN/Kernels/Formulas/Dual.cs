using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>
/// A value and its slope, the derivative with respect to one variable: forward-mode differentiation. Reading a formula with it gives f and
/// f′ at once. At a kink the slope is that of the branch that the comparison takes; that of |x| at 0 is 0.
/// </summary>
/// <typeparam name="S">What value and slope are read as.</typeparam>
/// <param name="value">f.</param>
/// <param name="slope">f′.</param>
public readonly struct Dual<S>(S value, S slope) : IReal<Dual<S>>
    where S : struct, IReal<S>
{
    /// <summary>f.</summary>
    public S Value
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get;
    } = value;

    /// <summary>f′.</summary>
    public S Slope
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get;
    } = slope;

    /// <inheritdoc/>
    public static bool IsSingle
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => S.IsSingle;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Dual<S>(Setting value) => new(value, 0);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Dual<S>(double value) => new(value, 0);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<S> operator +(Dual<S> left, Dual<S> right) => new(left.Value + right.Value, left.Slope + right.Slope);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<S> operator -(Dual<S> left, Dual<S> right) => new(left.Value - right.Value, left.Slope - right.Slope);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<S> operator *(Dual<S> left, Dual<S> right) =>
        new(left.Value * right.Value, S.MultiplyAdd(left.Slope, right.Value, left.Value * right.Slope));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<S> operator /(Dual<S> left, Dual<S> right)
    {
        var quotient = left.Value / right.Value;
        return new(quotient, (left.Slope - (quotient * right.Slope)) / right.Value);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<S> operator -(Dual<S> value) => new(-value.Value, -value.Slope);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<S> MultiplyAdd(Dual<S> a, Dual<S> b, Dual<S> c) =>
        new(S.MultiplyAdd(a.Value, b.Value, c.Value), S.MultiplyAdd(a.Slope, b.Value, S.MultiplyAdd(a.Value, b.Slope, c.Slope)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<S> Abs(Dual<S> x) => new(S.Abs(x.Value), S.Sign(x.Value) * x.Slope);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<S> Sqrt(Dual<S> x)
    {
        var root = S.Sqrt(x.Value);
        return new(root, x.Slope / (root + root));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<S> IfLess(Dual<S> a, Dual<S> b, Dual<S> then, Dual<S> otherwise) =>
        new(S.IfLess(a.Value, b.Value, then.Value, otherwise.Value), S.IfLess(a.Value, b.Value, then.Slope, otherwise.Slope));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<S> IfLessOrEqual(Dual<S> a, Dual<S> b, Dual<S> then, Dual<S> otherwise) =>
        new(S.IfLessOrEqual(a.Value, b.Value, then.Value, otherwise.Value), S.IfLessOrEqual(a.Value, b.Value, then.Slope, otherwise.Slope));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<S> IfEqual(Dual<S> a, Dual<S> b, Dual<S> then, Dual<S> otherwise) =>
        new(S.IfEqual(a.Value, b.Value, then.Value, otherwise.Value), S.IfEqual(a.Value, b.Value, then.Slope, otherwise.Slope));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<S> PowerOfTwo(Dual<S> shifted, int offset) => new(S.PowerOfTwo(shifted.Value, offset), 0);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<S> Exponent(Dual<S> x) => new(S.Exponent(x.Value), 0);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<S> Mantissa(Dual<S> x)
    {
        var mantissa = S.Mantissa(x.Value);
        return new(mantissa, x.Slope * (mantissa / x.Value));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<S> Sign(Dual<S> x) => new(S.Sign(x.Value), 0);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<S> Exp(Dual<S> x)
    {
        var power = S.Exp(x.Value);
        return new(power, power * x.Slope);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<S> Log(Dual<S> x) => new(S.Log(x.Value), x.Slope / x.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<S> Sigmoid(Dual<S> x)
    {
        var sigmoid = S.Sigmoid(x.Value);
        return new(sigmoid, sigmoid * (1 - sigmoid) * x.Slope);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<S> ExpMinusOne(Dual<S> x)
    {
        var power = S.ExpMinusOne(x.Value);
        return new(power, (power + 1) * x.Slope);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<S> LogOnePlus(Dual<S> x) => new(S.LogOnePlus(x.Value), x.Slope / (1 + x.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<S> Tanh(Dual<S> x)
    {
        var tanh = S.Tanh(x.Value);
        return new(tanh, (1 - (tanh * tanh)) * x.Slope);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<S> Softplus(Dual<S> x) => new(S.Softplus(x.Value), S.Sigmoid(x.Value) * x.Slope);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<S> LogCosh(Dual<S> x) => new(S.LogCosh(x.Value), S.Tanh(x.Value) * x.Slope);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<S> NormalCumulative(Dual<S> x) => new(S.NormalCumulative(x.Value), S.NormalDensity(x.Value) * x.Slope);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<S> NormalDensity(Dual<S> x)
    {
        var density = S.NormalDensity(x.Value);
        return new(density, -x.Value * density * x.Slope);
    }

    /// <summary>Value and slope.</summary>
    public override string ToString() => $"{Value}, slope {Slope}";
}
