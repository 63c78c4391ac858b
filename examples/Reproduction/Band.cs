using System.Globalization;

namespace FunctionalNN.Examples;

/// <summary>Where a number must lie for a result to count as reproduced.</summary>
/// <param name="Least">The least that passes.</param>
/// <param name="Most">The most that passes.</param>
/// <param name="Text">As it is printed.</param>
public sealed record Band(double Least, double Most, string Text)
{
    /// <summary>Shown for comparison, not judged.</summary>
    public static Band None { get; } = new(double.NegativeInfinity, double.PositiveInfinity, "–");

    /// <summary>At least so much.</summary>
    public static Band AtLeast(double least) =>
        new(least, double.PositiveInfinity, string.Create(CultureInfo.InvariantCulture, $"≥ {least}"));

    /// <summary>At most so much.</summary>
    public static Band AtMost(double most) => new(double.NegativeInfinity, most, string.Create(CultureInfo.InvariantCulture, $"≤ {most}"));

    /// <summary>Within a distance of a number.</summary>
    public static Band Near(double value, double distance) =>
        new(value - distance, value + distance, string.Create(CultureInfo.InvariantCulture, $"{value} ± {distance}"));

    /// <summary>From one number to another.</summary>
    public static Band Between(double least, double most) =>
        new(least, most, string.Create(CultureInfo.InvariantCulture, $"{least} … {most}"));

    /// <summary>Whether a number lies in it; NaN never does.</summary>
    public bool Contains(double value) => value >= Least && value <= Most;
}
