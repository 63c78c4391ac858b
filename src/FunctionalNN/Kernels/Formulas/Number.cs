using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>One number: the reading of a formula that a vector's lane has, to the last bit.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="value">The number.</param>
public readonly struct Number<T>(T value) : IReal<Number<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The number.</summary>
    public T Value { get; } = value;

    /// <inheritdoc/>
    public static bool IsSingle => typeof(T) == typeof(float);

    /// <inheritdoc/>
    public static implicit operator Number<T>(double value) => new(T.CreateTruncating(value));

    /// <inheritdoc/>
    public static implicit operator Number<T>(Setting value) => new(T.CreateTruncating(value.Double));

    /// <inheritdoc/>
    public static Number<T> operator +(Number<T> left, Number<T> right) => new(left.Value + right.Value);

    /// <inheritdoc/>
    public static Number<T> operator -(Number<T> left, Number<T> right) => new(left.Value - right.Value);

    /// <inheritdoc/>
    public static Number<T> operator *(Number<T> left, Number<T> right) => new(left.Value * right.Value);

    /// <inheritdoc/>
    public static Number<T> operator /(Number<T> left, Number<T> right) => new(left.Value / right.Value);

    /// <inheritdoc/>
    public static Number<T> operator -(Number<T> value) => new(-value.Value);

    /// <inheritdoc/>
    public static Number<T> MultiplyAdd(Number<T> a, Number<T> b, Number<T> c) => new(T.FusedMultiplyAdd(a.Value, b.Value, c.Value));

    /// <inheritdoc/>
    public static Number<T> Abs(Number<T> x) => new(T.Abs(x.Value));

    /// <inheritdoc/>
    public static Number<T> Sqrt(Number<T> x) => new(T.Sqrt(x.Value));

    /// <inheritdoc/>
    public static Number<T> IfLess(Number<T> a, Number<T> b, Number<T> then, Number<T> otherwise) => a.Value < b.Value ? then : otherwise;

    /// <inheritdoc/>
    public static Number<T> IfLessOrEqual(Number<T> a, Number<T> b, Number<T> then, Number<T> otherwise) =>
        a.Value <= b.Value ? then : otherwise;

    /// <inheritdoc/>
    public static Number<T> IfEqual(Number<T> a, Number<T> b, Number<T> then, Number<T> otherwise) => a.Value == b.Value ? then : otherwise;

    /// <inheritdoc/>
    public static Number<T> PowerOfTwo(Number<T> shifted, int offset) => IsSingle
        ? FromBits((Bits(shifted) << 23) + ((127 + offset) << 23))
        : FromBits((LongBits(shifted) << 52) + ((1023L + offset) << 52));

    /// <inheritdoc/>
    public static Number<T> Exponent(Number<T> x) => IsSingle
        ? new(T.CreateTruncating((Bits(x) - 0x3F3504F3) >> 23))
        : new(T.CreateTruncating((LongBits(x) - 0x3FE6A09E667F3BCD) >> 52));

    /// <inheritdoc/>
    public static Number<T> Mantissa(Number<T> x) => IsSingle
        ? FromBits(Bits(x) - ((Bits(x) - 0x3F3504F3) >> 23 << 23))
        : FromBits(LongBits(x) - ((LongBits(x) - 0x3FE6A09E667F3BCD) >> 52 << 52));

    /// <summary>As the platform writes numbers, in the invariant culture.</summary>
    public override string ToString() => Value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);

    private static int Bits(Number<T> x) => Unsafe.BitCast<T, int>(x.Value);

    private static long LongBits(Number<T> x) => Unsafe.BitCast<T, long>(x.Value);

    private static Number<T> FromBits(int bits) => new(Unsafe.BitCast<int, T>(bits));

    private static Number<T> FromBits(long bits) => new(Unsafe.BitCast<long, T>(bits));
}
