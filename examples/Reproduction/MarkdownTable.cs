namespace FunctionalNN.Examples;

/// <summary>A table that reads well in a terminal and is Markdown.</summary>
public static class MarkdownTable
{
    /// <summary>The lines of the table, its columns padded to one width.</summary>
    public static IEnumerable<string> Of(string[] header, IEnumerable<string[]> rows)
    {
        string[][] all = [header, .. rows];
        int[] widths = [.. header.Select((_, column) => Math.Max(3, all.Max(row => row[column].Length)))];
        return all.Select(row => Line(row.Zip(widths, (cell, width) => cell.PadRight(width))))
            .Take(1)
            .Append(Line(widths.Select(width => new string('-', width))))
            .Concat(all.Skip(1).Select(row => Line(row.Zip(widths, (cell, width) => cell.PadRight(width)))));
    }

    private static string Line(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";
}
