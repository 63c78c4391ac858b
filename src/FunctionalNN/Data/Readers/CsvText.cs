using System.Text;

namespace FunctionalNN;

/// <summary>Pieces of messages.</summary>
internal static class CsvText
{
    private const int LongestShown = 40;
    private const int MostNames = 20;

    /// <summary>A field in quotes, cut where it is long.</summary>
    public static string Shown(ReadOnlySpan<byte> field)
    {
        var text = Encoding.UTF8.GetString(field[..Math.Min(field.Length, 4 * LongestShown)]);
        return text.Length <= LongestShown && field.Length <= 4 * LongestShown ? $"\"{text}\"" : $"\"{text[..Math.Min(LongestShown, text.Length)]}…\"";
    }

    /// <summary>Names, cut where there are many.</summary>
    public static string Listed(IReadOnlyCollection<string> names) =>
        $"{string.Join(", ", names.Take(MostNames))}{(names.Count > MostNames ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $", … ({names.Count} in all)") : "")}";
}
