using System.Globalization;
using System.Numerics;

namespace FunctionalNN;

/// <summary>
/// A sum of doubles without any rounding: a whole number of units of 2⁻¹⁰⁷⁴, the smallest double above 0. Adding is therefore
/// associative and commutative, and what batches and threads add up does not depend on how the rows were cut; <c>default</c> is the zero.
/// </summary>
public readonly record struct ExactSum
{
    private const int Digits = 53;
    private const int UnitExponent = -1074;
    private readonly BigInteger units;
    private readonly double special;

    internal ExactSum(BigInteger units, double special)
    {
        this.units = units;
        this.special = special;
    }

    /// <summary>The sum, rounded once to the nearest double; NaN or infinite where a number of that kind was added.</summary>
    public double Value => special != 0 ? special : Rounded(units, UnitExponent);

    /// <summary>The sum in units of 2⁻¹⁰⁷⁴.</summary>
    internal BigInteger Units => units;

    /// <summary>Whether every number that was added was finite.</summary>
    internal bool IsFinite => special == 0;

    /// <summary>The sum of some numbers.</summary>
    public static ExactSum Of(params ReadOnlySpan<double> values)
    {
        var sum = new ExactSumBuilder();
        foreach (var value in values)
        {
            sum.Add(value);
        }

        return sum.ToSum();
    }

    /// <summary>The sum: the result over the rows of both.</summary>
    public static ExactSum operator +(ExactSum left, ExactSum right) => Add(left, right);

    /// <summary>The sum: the result over the rows of both.</summary>
    public static ExactSum Add(ExactSum left, ExactSum right) => new(left.units + right.units, left.special + right.special);

    /// <summary>The sum as a number.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A whole number times a power of two, rounded to the nearest double, to even where two are as near.</summary>
    internal static double Rounded(BigInteger number, int exponent)
    {
        var size = BigInteger.Abs(number);
        var excess = (int)Math.Max(0, size.GetBitLength() - Digits);
        var kept = (long)(size >> excess);
        var rest = size - (new BigInteger(kept) << excess);
        var half = excess == 0 ? BigInteger.Zero : BigInteger.One << (excess - 1);
        kept += excess > 0 && (rest > half || (rest == half && (kept & 1) == 1)) ? 1 : 0;
        return Math.ScaleB(number.Sign * (double)kept, excess + exponent);
    }
}

/// <summary>
/// Adds up doubles exactly in a row of 32-bit digits that covers every exponent (U. Kulisch's long accumulator; R. Neal, 2015,
/// arXiv 1505.05571). A digit has room for 2³⁰ carries before they must be passed on.
/// </summary>
internal sealed class ExactSumBuilder
{
    private const int DigitBits = 32;
    private const int MaxPending = 1 << 30;
    private readonly long[] digits = new long[68];
    private int pending;
    private double special;

    public void Add(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)(bits >> 52) & 0x7FF;
        if (exponent == 0x7FF)
        {
            special += value;
            return;
        }

        var mantissa = (bits & 0xF_FFFF_FFFF_FFFF) | (exponent == 0 ? 0 : 1L << 52);
        var (digit, shift) = Math.DivRem(Math.Max(exponent, 1) - 1, DigitBits);
        var sign = bits < 0 ? -1 : 1;
        digits[digit] += sign * ((mantissa << shift) & uint.MaxValue);
        digits[digit + 1] += sign * ((mantissa >> (DigitBits - shift)) & uint.MaxValue);
        digits[digit + 2] += sign * (mantissa >> DigitBits >> (DigitBits - shift));
        if (++pending == MaxPending)
        {
            Carry();
        }
    }

    /// <summary>x·y without rounding: the rounded product and what rounding left of it.</summary>
    public void AddProduct(double x, double y)
    {
        var product = x * y;
        Add(product);
        if (double.IsFinite(product))
        {
            Add(Math.FusedMultiplyAdd(x, y, -product));
        }
    }

    /// <summary>w·x² without rounding.</summary>
    public void AddSquare(double weight, double x)
    {
        var square = x * x;
        AddProduct(weight, square);
        if (double.IsFinite(square))
        {
            AddProduct(weight, Math.FusedMultiplyAdd(x, x, -square));
        }
    }

    public ExactSum ToSum()
    {
        var sum = BigInteger.Zero;
        for (var i = digits.Length - 1; i >= 0; i--)
        {
            sum = sum.IsZero ? digits[i] : (sum << DigitBits) + digits[i];
        }

        return new ExactSum(sum, special);
    }

    private void Carry()
    {
        for (var i = 0; i < digits.Length - 1; i++)
        {
            digits[i + 1] += digits[i] >> DigitBits;
            digits[i] &= uint.MaxValue;
        }

        pending = 0;
    }
}
