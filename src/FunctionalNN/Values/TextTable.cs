using System.Text;

namespace FunctionalNN;

/// <summary>Lays out a table for a fixed-width terminal: the first column to the left, the others to the right.</summary>
internal static class TextTable
{
    public static string Of(string[] header, string[][] rows, string[]? total = null)
    {
        string[][] all = total is null ? [header, .. rows] : [header, .. rows, total];
        var widths = header.Select((_, column) => all.Max(row => row[column].Length)).ToArray();
        var rule = new string('─', widths.Sum() + (2 * (widths.Length - 1)));
        var text = new StringBuilder();
        text.AppendLine(Line(header, widths)).Append(rule);
        foreach (var row in rows)
        {
            text.AppendLine().Append(Line(row, widths));
        }

        if (total is not null)
        {
            text.AppendLine().AppendLine(rule).Append(Line(total, widths));
        }

        return text.ToString();
    }

    private static string Line(string[] cells, int[] widths) =>
        string.Join("  ", cells.Select((cell, i) => i == 0 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]))).TrimEnd();
}
