using System.Globalization;
using System.Numerics;
using System.Text;

namespace FunctionalNN;

/// <summary>Numbers in UTF-8 text, with a decimal point and no signs between thousands, rounded once to the element type.</summary>
internal static class CsvNumber
{
    private const int ShortDigits = 7;

    private static readonly string[] NotFinite = ["nan", "inf", "infinity"];

    public static bool TryParse<T>(ReadOnlySpan<byte> text, out T value)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // Pixels, counts and codes: most fields of wide files. Seven digits are exact in float.
        if (text.Length is > 0 and <= ShortDigits)
        {
            var number = 0;
            foreach (var letter in text)
            {
                var digit = (uint)(letter - '0');
                if (digit > 9)
                {
                    return T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
                }

                number = (number * 10) + (int)digit;
            }

            value = T.CreateTruncating(number);
            return true;
        }

        return T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Whether a text is a name that programs write for a number that is none, such as nan or -inf.</summary>
    public static bool IsNotFinite(ReadOnlySpan<byte> text)
    {
        if (text.Length > 9)
        {
            return false;
        }

        var word = Encoding.UTF8.GetString(text).TrimStart('+', '-');
        return NotFinite.Contains(word, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The same text for every way to write a number, or null where it is none.</summary>
    public static string? Canonical(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? (value == 0 ? 0 : value).ToString("R", CultureInfo.InvariantCulture)
            : null;
}
