using System.Globalization;

namespace FunctionalNN;

/// <summary>
/// Random numbers for one of many settings, addressed by name: the same name gives the same number, in whatever order and beside whatever
/// others it is asked for. They have four digits, so that a table shows them whole and they can be typed in again.
/// </summary>
/// <param name="Key">The source.</param>
public readonly record struct Draw(Key Key)
{
    /// <summary>A number that is as likely in any part of a range as in any other of the same length: from … to.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range is empty or not finite.</exception>
    public double Uniform(string name, double from, double to) =>
        from < to && double.IsFinite(from) && double.IsFinite(to)
            ? Rounded(from + ((to - from) * Of(name).Uniform(0)), from, to)
            : throw new ArgumentOutOfRangeException(nameof(to),
                $"{name} is drawn from {from} to {to}, expected a range that ends higher");

    /// <summary>A number whose logarithm is uniform, for rates and penalties: from … to.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range does not begin above 0 or is empty.</exception>
    public double LogUniform(string name, double from, double to) =>
        from > 0 && from < to && double.IsFinite(to)
            ? Rounded(Math.Exp(Math.Log(from) + (Math.Log(to / from) * Of(name).Uniform(0))), from, to)
            : throw new ArgumentOutOfRangeException(nameof(to),
                $"{name} is drawn from {from} to {to}, expected a range that begins above 0 and ends higher");

    /// <summary>A whole number, both ends included.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range is empty.</exception>
    public int Whole(string name, int from, int to) =>
        from <= to && (long)to - from < int.MaxValue
            ? from + Of(name).Below(to - from + 1, 0)
            : throw new ArgumentOutOfRangeException(nameof(to),
                $"{name} is drawn from {from} to {to}, expected a range of whole numbers that does not end lower");

    /// <summary>One of some values, each as likely.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    public TValue Of<TValue>(string name, params ReadOnlySpan<TValue> values) =>
        values.Length > 0
            ? values[Of(name).Below(values.Length, 0)]
            : throw new ArgumentException($"{name} is drawn from no values, expected one or more");

    /// <summary>The key of a name (FNV-1a).</summary>
    private Key Of(string name) =>
        Key.Fold(unchecked((long)name.Aggregate(0xcbf29ce484222325UL, (hash, letter) => (hash ^ letter) * 0x100000001b3UL)));

    private static double Rounded(double value, double from, double to) =>
        Math.Clamp(double.Parse(value.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture), from, to);
}
