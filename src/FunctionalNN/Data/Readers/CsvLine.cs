using System.Globalization;

namespace FunctionalNN;

/// <summary>A line of a table that is written as CSV: commas between the fields, quotes where a field needs them.</summary>
internal static class CsvLine
{
    public static string Of(IEnumerable<string> fields) => string.Join(',', fields.Select(Field)) + "\n";

    /// <summary>The fewest digits that give the number back; nothing for NaN.</summary>
    public static string Number(double value) => double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Field(string field) => field.AsSpan().ContainsAny(",\"\r\n") || field != field.Trim()
        ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : field;
}
