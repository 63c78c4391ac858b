using System.Globalization;
using System.Numerics;
using System.Text;

namespace FunctionalNN;

/// <summary>
/// How the numbers of a file are written, as its options say. A plain number is read at once; another is brought into the plain form first:
/// the minus sign of Unicode, signs between thousands, the decimal mark and units.
/// </summary>
internal sealed class CsvNumerals(CsvOptions options)
{
    private const int Longest = 64;

    private readonly bool isPlain = options is { DecimalMark: '.', ThousandsMark: null, Units.IsDefaultOrEmpty: true };

    /// <summary>The number that a field holds.</summary>
    /// <param name="field">The field.</param>
    /// <param name="value">The number.</param>
    /// <param name="unit">The one of the options' units that it bears, or null.</param>
    public bool TryParse<T>(ReadOnlySpan<byte> field, out T value, out string? unit)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        unit = null;
        if (options.DecimalMark == '.' && CsvNumber.TryParse(field, out value))
        {
            return true;
        }

        value = T.Zero;
        return (!isPlain || field.IndexOf((byte)0xE2) >= 0) && field.Length <= Longest
            && Plain(Encoding.UTF8.GetString(field), out unit) is { } text
            && T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>The number in the plain form, or null where the text is not written as the options say.</summary>
    private string? Plain(string text, out string? unit)
    {
        (text, unit) = WithoutUnit(text.Trim());
        text = text.Replace('\u2212', '-');
        var digits = text.AsSpan().TrimStart("+-");
        var sign = text[..(text.Length - digits.Length)];
        var end = digits.IndexOfAny(options.DecimalMark, 'e', 'E') is var found and >= 0 ? found : digits.Length;
        var rest = digits[end..].ToString();
        return sign.Length <= 1 && Whole(digits[..end].ToString()) is { } whole
            && (options.DecimalMark == '.' || !rest.Contains('.', StringComparison.Ordinal))
            ? sign + whole + rest.Replace(options.DecimalMark, '.')
            : null;
    }

    /// <summary>The whole part without the signs between thousands: groups of three digits, or of two before the last as in
    /// India.</summary>
    private string? Whole(string text)
    {
        if (options.ThousandsMark is not { } mark)
        {
            return text.All(char.IsAsciiDigit) ? text : null;
        }

        var groups = string.Concat(text.Select(letter => IsSame(letter, mark) ? mark : letter)).Split(mark);
        var isByThree = groups[0].Length is >= 1 and <= 3 && groups[1..].All(group => group.Length == 3);
        var isByTwo = groups[0].Length is 1 or 2 && groups[^1].Length == 3 && groups.Length > 2
            && groups[1..^1].All(group => group.Length == 2);
        return (groups.Length == 1 || isByThree || isByTwo) && groups.All(group => group.All(char.IsAsciiDigit))
            ? string.Concat(groups)
            : null;
    }

    private (string Text, string? Unit) WithoutUnit(string text)
    {
        foreach (var unit in options.Units.IsDefault ? [] : options.Units)
        {
            if (text.EndsWith(unit, StringComparison.Ordinal))
            {
                return (text[..^unit.Length].TrimEnd(), unit);
            }

            var sign = text.Length > 0 && text[0] is '-' or '+' or '\u2212' ? 1 : 0;
            if (text.AsSpan(sign).TrimStart().StartsWith(unit, StringComparison.Ordinal))
            {
                return (text[..sign] + text.AsSpan(sign).TrimStart()[unit.Length..].TrimStart().ToString(), unit);
            }
        }

        return (text, null);
    }

    /// <summary>All blanks are one mark between thousands, and both apostrophes.</summary>
    private static bool IsSame(char letter, char mark) =>
        letter == mark || (IsBlank(letter) && IsBlank(mark)) || (letter is '\'' or '\u2019' && mark is '\'' or '\u2019');

    private static bool IsBlank(char letter) => letter is ' ' or '\u00A0' or '\u202F' or '\u2009';
}
