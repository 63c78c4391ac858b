using System.Globalization;
using System.Numerics;

namespace FunctionalNN;

/// <summary>Numbers as C# writes them, such that the compiler reads the very same bits (a NaN as any NaN).</summary>
internal static class EmittedNumber
{
    /// <summary>The C# name of the type.</summary>
    public static string TypeOf<T>() => typeof(T) == typeof(float) ? "float" : "double";

    /// <summary>A literal: the fewest digits that give the number back, as IEEE 754 text conversion guarantees.</summary>
    public static string Of<T>(T value)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        T.IsNaN(value) ? $"{TypeOf<T>()}.NaN"
        : T.IsPositiveInfinity(value) ? $"{TypeOf<T>()}.PositiveInfinity"
        : T.IsNegativeInfinity(value) ? $"{TypeOf<T>()}.NegativeInfinity"
        : value.ToString("R", CultureInfo.InvariantCulture) + (typeof(T) == typeof(float) ? "f" : "d");

    /// <summary>A constant of a kernel, which the kernels keep as double and round to the type.</summary>
    public static string Rounded<T>(double value)
        where T : unmanaged, IFloatingPointIeee754<T> => Of(T.CreateTruncating(value));
}
