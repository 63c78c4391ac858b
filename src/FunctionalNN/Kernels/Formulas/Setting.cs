using System.Globalization;
using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>
/// A number that a formula is given, such as a rate or a slope: a double that is also kept rounded to float. A loop then reads it as it is,
/// where a double would be converted anew for each vector. The fields of a formula are best of this type; constants written in the formula
/// are doubles.
/// </summary>
/// <param name="value">The number.</param>
public readonly struct Setting(double value)
{
    /// <summary>The number.</summary>
    public double Double
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get;
    } = value;

    /// <summary>The number, rounded to float.</summary>
    public float Single
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get;
    } = (float)value;

    /// <summary>The number as a setting.</summary>
    public static implicit operator Setting(double value) => new(value);

    /// <summary>The number, in the invariant culture.</summary>
    public override string ToString() => Double.ToString(CultureInfo.InvariantCulture);
}
