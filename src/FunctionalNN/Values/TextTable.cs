using System.Text;

namespace FunctionalNN;

/// <summary>Lays out a table for a fixed-width terminal: the first columns to the left, the others to the right.</summary>
public static class TextTable
{
    /// <summary>The table as text: the header, a rule, the rows, and below another rule the total where there is one.</summary>
    /// <param name="header">A word a column.</param>
    /// <param name="rows">Each as long as the header.</param>
    /// <param name="total">The last row, as long as the header; null for none.</param>
    /// <param name="left">How many columns, from the first, stand to the left.</param>
    public static string Of(string[] header, string[][] rows, string[]? total = null, int left = 1)
    {
        string[][] all = total is null ? [header, .. rows] : [header, .. rows, total];
        var widths = header.Select((_, column) => all.Max(row => row[column].Length)).ToArray();
        var rule = new string('─', widths.Sum() + (2 * (widths.Length - 1)));
        var text = new StringBuilder();
        text.AppendLine(Line(header, widths, left)).Append(rule);
        foreach (var row in rows)
        {
            text.AppendLine().Append(Line(row, widths, left));
        }

        if (total is not null)
        {
            text.AppendLine().AppendLine(rule).Append(Line(total, widths, left));
        }

        return text.ToString();
    }

    private static string Line(string[] cells, int[] widths, int left) =>
        string.Join("  ", cells.Select((cell, i) => i < left ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]))).TrimEnd();
}
