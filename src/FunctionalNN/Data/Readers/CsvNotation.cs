using System.Text.RegularExpressions;

namespace FunctionalNN;

/// <summary>Recognises texts that mean numbers, dates or times, but are not written as numbers are expected here.</summary>
internal static partial class CsvNotation
{
    private const int Longest = 60;
    private const string Month = "(jan|feb|mar|m\u00E4r|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)";
    private const string Exponent = "(?:[eE][+-]?[0-9]+)?";

    /// <summary>What a text looks like and what to do about it, such as <c>a number with a decimal comma: set DecimalMark = ','</c>; or
    /// null.</summary>
    public static string? Of(string text, CsvOptions options)
    {
        if (text.Length is 0 or > Longest || !text.Any(char.IsDigit))
        {
            return null;
        }

        if (text.Any(letter => char.IsDigit(letter) && !char.IsAsciiDigit(letter)))
        {
            return OtherDigits().IsMatch(text) ? "a number in digits other than 0 to 9: write it with those" : null;
        }

        var number = text.Replace('\u2212', '-');
        return IsoDate().IsMatch(number) || Date().IsMatch(number) || NamedDate().IsMatch(number)
                ? "a date: make numbers of it first, such as days since a first one or year, month and day, or leave the column out with "
                    + "Ignore"
            : Time().IsMatch(number) ? "a time: make one number of it first, such as seconds, or leave the column out with Ignore"
            : Fraction().IsMatch(number) ? "a fraction: write it as one number"
            : Bracketed().IsMatch(number) ? "a negative number in brackets: write it with a minus sign"
            : MinusBehind().IsMatch(number) ? "a number with its minus sign behind it: write the sign first"
            : Hexadecimal().IsMatch(number) ? "a hexadecimal number: write it with a decimal point"
            : FortranExponent().IsMatch(number) ? "a number with Fortran's exponent: write E in place of D"
            : Underscored().IsMatch(number) ? "a number with low lines between digits: write it without them"
            : UnitBefore().Match(number) is { Success: true } before
                ? Numeral(before.Groups["sign"].Value + before.Groups["number"].Value, before.Groups["unit"].Value, options)
            : UnitBehind().Match(number) is { Success: true } behind
                ? Numeral(behind.Groups["number"].Value, behind.Groups["unit"].Value, options)
            : Numeral(number, null, options);
    }

    /// <summary>A number whose decimal mark, signs between thousands or unit the options do not know.</summary>
    private static string? Numeral(string number, string? unit, CsvOptions options)
    {
        List<string> names = [];
        List<string> fixes = [];
        if (Marks(number, options) is not { } marks)
        {
            return null;
        }

        if (marks.Decimal is { } point && point != options.DecimalMark)
        {
            names.Add(point == ',' ? "a decimal comma" : "a decimal point");
            fixes.Add($"DecimalMark = '{point}'");
        }

        if (marks.Thousands is { } thousands && thousands != options.ThousandsMark)
        {
            names.Add(thousands switch
            {
                ',' => "commas between thousands",
                '.' => "points between thousands",
                '\'' => "apostrophes between thousands",
                _ => "blanks between thousands"
            });
            fixes.Add($"ThousandsMark = '{(thousands == '\'' ? "\\'" : thousands)}'");
        }

        if (unit is not null && (options.Units.IsDefaultOrEmpty || !options.Units.Contains(unit)))
        {
            names.Add($"the unit \"{unit}\"");
            fixes.Add($"Units = [\"{unit}\"]");
        }

        return fixes.Count == 0 ? null
            : marks.IsEither
                ? $"a number with a {(marks.Thousands == ',' ? "comma" : "point")}: set DecimalMark = '{marks.Thousands}' if it comes "
                    + $"before a fraction, or ThousandsMark = '{marks.Thousands}' if it stands between thousands"
                    + $"{(unit is null ? "" : $", and {fixes[^1]}")}"
            : $"a number with {string.Join(" and ", names)}: set {string.Join(" and ", fixes)}";
    }

    private static (char? Decimal, char? Thousands, bool IsEither)? Marks(string number, CsvOptions options)
    {
        var (comma, point) = (options.DecimalMark == ',', options.DecimalMark == '.');
        if (PlainNumber().IsMatch(number))
        {
            return number.Contains('.', StringComparison.Ordinal)
                ? comma && GroupedByPoints().IsMatch(number) ? (null, '.', options.ThousandsMark is null) : ('.', null, false)
                : (null, null, false);
        }

        return CommaNumber().IsMatch(number)
                ? GroupedByCommas().IsMatch(number) && !comma
                ? (null, ',', options.ThousandsMark is null && point && GroupedOnce().IsMatch(number))
                : (',', null, false)
            : GroupedByCommas().IsMatch(number) || GroupedInIndia().IsMatch(number)
                ? (number.Contains('.', StringComparison.Ordinal) ? '.' : null, ',', false)
            : GroupedByPoints().IsMatch(number) ? (number.Contains(',', StringComparison.Ordinal) ? ',' : null, '.', false)
            : GroupedByBlanks().Match(number) is { Success: true } grouped
                ? (Decimal(grouped), grouped.Groups["mark"].Value is "'" or "\u2019" ? '\'' : ' ', false)
            : null;
    }

    private static char? Decimal(Match grouped) => grouped.Groups["decimal"] is { Success: true, Value: [var mark, ..] } ? mark : null;

    [GeneratedRegex(@"^[+-]?\p{Nd}+([.,\u066B\u066C]\p{Nd}+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex OtherDigits();

    [GeneratedRegex(@"^[0-9]{4}([-/.])[0-9]{1,2}\1[0-9]{1,2}([T ].*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex IsoDate();

    [GeneratedRegex(@"^[0-9]{1,2}([-/.])[0-9]{1,2}\1([0-9]{4}|[0-9]{2})([T ,].*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Date();

    [GeneratedRegex(@"^([0-9]{1,2}(st|nd|rd|th)?\.?[ -])?" + Month + @"\p{L}*\.?[ -]([0-9]{1,2}(st|nd|rd|th)?,?[ -])?[0-9]{4}([T ,].*)?$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex NamedDate();

    [GeneratedRegex(@"^[0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?( ?[AaPp]\.?[Mm]\.?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Time();

    [GeneratedRegex("^[+-]?([0-9]+ )?[0-9]+/[0-9]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Fraction();

    [GeneratedRegex(@"^\(\p{Sc}? ?[0-9][0-9.,]*\)$", RegexOptions.CultureInvariant)]
    private static partial Regex Bracketed();

    [GeneratedRegex("^[0-9][0-9.,]*-$", RegexOptions.CultureInvariant)]
    private static partial Regex MinusBehind();

    [GeneratedRegex("^[+-]?0[xX][0-9A-Fa-f]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Hexadecimal();

    [GeneratedRegex(@"^[+-]?[0-9]*[.,]?[0-9]+[dD][+-]?[0-9]+$", RegexOptions.CultureInvariant)]
    private static partial Regex FortranExponent();

    [GeneratedRegex(@"^[+-]?[0-9]+(_[0-9]+)+(\.[0-9]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Underscored();

    /// <summary>Currencies; letters only where they are well known.</summary>
    [GeneratedRegex(@"^(?<sign>[+-]?)\s*(?<unit>US\$|R\$|\p{Sc}|[%\u2030]|EUR|USD|GBP|CHF|JPY|kr|Fr\.|Rs\.?)\s*(?<number>[+-]?[0-9.,].*)$",
        RegexOptions.CultureInvariant)]
    private static partial Regex UnitBefore();

    /// <summary>The same, percent, permille and degrees.</summary>
    [GeneratedRegex(@"^(?<number>[+-]?[0-9.,].*?)\s*(?<unit>\p{Sc}|[%\u2030]|\u00B0[CF]?|EUR|USD|GBP|CHF|JPY|kr|Fr\.)$",
        RegexOptions.CultureInvariant)]
    private static partial Regex UnitBehind();

    [GeneratedRegex("^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)" + Exponent + "$", RegexOptions.CultureInvariant)]
    private static partial Regex PlainNumber();

    [GeneratedRegex("^[+-]?([0-9]+,[0-9]*|,[0-9]+)" + Exponent + "$|^[+-]?[0-9]{1,3}(,[0-9]{3})+$", RegexOptions.CultureInvariant)]
    private static partial Regex CommaNumber();

    [GeneratedRegex(@"^[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?" + Exponent + "$", RegexOptions.CultureInvariant)]
    private static partial Regex GroupedByCommas();

    [GeneratedRegex("^[+-]?[0-9]{1,3},[0-9]{3}$", RegexOptions.CultureInvariant)]
    private static partial Regex GroupedOnce();

    [GeneratedRegex(@"^[+-]?[0-9]{1,2}(,[0-9]{2})+,[0-9]{3}(\.[0-9]*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex GroupedInIndia();

    [GeneratedRegex(@"^[+-]?[0-9]{1,3}(\.[0-9]{3})+(,[0-9]*)?" + Exponent + "$", RegexOptions.CultureInvariant)]
    private static partial Regex GroupedByPoints();

    [GeneratedRegex(@"^[+-]?[0-9]{1,3}(?:(?<mark>[ \u00A0\u202F\u2009'\u2019])[0-9]{3})+(?:(?<decimal>[.,])[0-9]*)?" + Exponent + "$",
        RegexOptions.CultureInvariant)]
    private static partial Regex GroupedByBlanks();
}
