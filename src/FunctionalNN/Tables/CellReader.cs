using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace FunctionalNN;

/// <summary>Makes numbers, dates, flags and names of cells: the same for training rows and for rows that are served.</summary>
/// <param name="notation">How numbers and gaps are written.</param>
internal sealed class CellReader(CsvOptions notation)
{
    private const int ShortText = 128;

    private readonly CsvGaps gaps = new(notation);
    private readonly CsvNumerals numerals = new(notation);

    /// <summary>Whether a cell holds no value: nothing, an empty text, or a mark of missing values.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="comparesNumbers">Whether the mark -200 stands for -200.0 too.</param>
    public bool IsGap(in Cell cell, bool comparesNumbers) => cell.Kind switch
    {
        CellKind.Gap => true,
        CellKind.Text => IsGap(cell.Text!, comparesNumbers),
        CellKind.Number => !notation.MissingValues.IsDefaultOrEmpty && IsGap(cell.Written(), comparesNumbers),
        _ => false,
    };

    /// <summary>A finite number; null, or what is wrong.</summary>
    public string? Number(in Cell cell, out double value)
    {
        value = cell.Number;
        if (cell.Kind == CellKind.Number)
        {
            return double.IsFinite(value) ? null : $"found {value}, expected a finite number";
        }

        if (cell.Kind is CellKind.Flag)
        {
            return null;
        }

        if (cell.Kind is CellKind.Date)
        {
            return $"found the date {cell.Written()}, expected a number";
        }

        Span<byte> room = stackalloc byte[3 * ShortText];
        var text = cell.Text.AsSpan().Trim();
        var field = text.Length <= ShortText ? room[..Encoding.UTF8.GetBytes(text, room)] : Encoding.UTF8.GetBytes(text.ToString());
        return numerals.TryParse(field, out value, out _) && double.IsFinite(value) ? null : NoNumber(text.ToString());
    }

    /// <summary>Seconds since 1970; null, or what is wrong.</summary>
    public static string? Date(in Cell cell, DateColumn column, out double value)
    {
        value = cell.Number;
        return cell.Kind switch
        {
            CellKind.Date => null,
            CellKind.Text => DateText.TryParse(cell.Text!, column.Formats, out value) ? null : NoDate(cell.Text!.Trim(), column),
            _ => $"found {cell.Written()}, expected a date",
        };
    }

    /// <summary>0 or 1; null, or what is wrong.</summary>
    public static string? Flag(in Cell cell, FlagColumn column, out double value)
    {
        value = cell.Number;
        if (cell.Kind == CellKind.Flag || (cell.Kind == CellKind.Number && value is 0 or 1))
        {
            return null;
        }

        var text = cell.Text is { } given ? given.Trim() : cell.Written();
        value = Names(column.True, text) ? 1 : 0;
        return value == 1 || Names(column.False, text)
            ? null
            : $"found {Shown(text)}, expected one of {string.Join(", ", column.True)} (1) or {string.Join(", ", column.False)} (0): "
                + "set True and False, or make it a CategoryColumn";
    }

    /// <summary>The name of a category.</summary>
    public static string Name(in Cell cell) => cell.Text is { } text ? text.Trim() : cell.Written();

    public static string Shown(string text) => CsvText.Shown(Encoding.UTF8.GetBytes(text));

    private static bool Names(ImmutableArray<string> texts, string text)
    {
        foreach (var known in texts)
        {
            if (known.Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsGap(string text, bool comparesNumbers)
    {
        Span<byte> room = stackalloc byte[3 * ShortText];
        var trimmed = text.AsSpan().Trim();
        return trimmed.IsEmpty
            || (!notation.MissingValues.IsDefaultOrEmpty && trimmed.Length <= ShortText
                && gaps.Contain(room[..Encoding.UTF8.GetBytes(trimmed, room)], comparesNumbers));
    }

    private string NoNumber(string text)
    {
        var found = $"found {Shown(text)}, expected a number";
        return CsvGapMarks.Contains(Encoding.UTF8.GetBytes(text)) ? $"{found}: if it marks a missing value, add it to MissingValues"
            : DateText.TryParse(text, [], out _) || DateText.FormatsOf(text).Length > 0
                ? $"{found}; it looks like a date: make it a DateColumn"
            : CsvNotation.Of(text, notation) is { } other ? $"{found}; it looks like {other}"
            : found;
    }

    private static string NoDate(string text, DateColumn column)
    {
        ImmutableArray<string> known = column.Formats.IsDefaultOrEmpty ? ["yyyy-MM-dd (ISO 8601)"] : column.Formats;
        var others = DateText.TryParse(text, [], out _) ? ["yyyy-MM-dd"] : DateText.FormatsOf(text);
        return $"found {Shown(text)}, expected a date as {string.Join(" or ", known)}"
            + (others.Length > 0 ? $": set Formats = [\"{string.Join("\"] or [\"", others)}\"]" : "")
            + (CsvGapMarks.Contains(Encoding.UTF8.GetBytes(text)) ? ": if it marks a missing value, add it to MissingValues" : "");
    }
}
