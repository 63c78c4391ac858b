using System.Text;

namespace FunctionalNN;

/// <summary>Pieces of messages.</summary>
internal static class CsvText
{
    private const int LongestShown = 40;
    private const int LongestName = 100;
    private const int MaxNames = 20;

    /// <summary>A field in quotes, cut where it is long.</summary>
    public static string Shown(ReadOnlySpan<byte> field)
    {
        var text = Encoding.UTF8.GetString(field[..Math.Min(field.Length, 4 * LongestShown)]);
        return text.Length <= LongestShown && field.Length <= 4 * LongestShown
            ? $"\"{text}\""
            : $"\"{text[..Math.Min(LongestShown, text.Length)]}…\"";
    }

    /// <summary>A text in an unknown encoding.</summary>
    public const string NotUtf8 =
        "the text is not UTF-8: save the file as UTF-8, or set Encoding to what it was written in, such as Encoding.Latin1";

    /// <summary>
    /// A field without the blanks around it that are no ASCII: the no-break, thin and other blanks of Unicode, and marks of byte order,
    /// which stand in mid-file where files were put one behind the other.
    /// </summary>
    public static ReadOnlySpan<byte> Trimmed(ReadOnlySpan<byte> field)
    {
        while (field is [>= 0x80, ..] && Blank(field) is var length and > 0)
        {
            field = field[length..].TrimStart(AsciiBlanks);
        }

        while (field is [.., >= 0x80] && BlankAtEnd(field) is var length and > 0)
        {
            field = field[..^length].TrimEnd(AsciiBlanks);
        }

        return field;
    }

    private static ReadOnlySpan<byte> AsciiBlanks => " \t"u8;

    private static int Blank(ReadOnlySpan<byte> field) =>
        Rune.DecodeFromUtf8(field, out var rune, out var length) == System.Buffers.OperationStatus.Done && IsBlank(rune) ? length : 0;

    private static int BlankAtEnd(ReadOnlySpan<byte> field) =>
        Rune.DecodeLastFromUtf8(field, out var rune, out var length) == System.Buffers.OperationStatus.Done && IsBlank(rune) ? length : 0;

    private static bool IsBlank(Rune rune) => Rune.IsWhiteSpace(rune) || rune.Value is 0xFEFF or 0x200B or 0x2060;

    /// <summary>A text as UTF-8, from its encoding or from the one that its mark of byte order tells.</summary>
    public static Stream AsUtf8(HeadStream stream, Encoding? encoding) =>
        (encoding ?? FileSignature.Marked(stream.Head)) is { } other && other is not UTF8Encoding
            ? Encoding.CreateTranscodingStream(stream, other, new UTF8Encoding(false), leaveOpen: true)
            : stream;

    /// <summary>Names, cut where there are many.</summary>
    public static string Listed(IReadOnlyCollection<string> names) =>
        $"{string.Join(", ", names.Take(MaxNames).Select(Cut))}"
            + (names.Count > MaxNames
                ? $", … ({names.Count} in all)"
                : "");

    /// <summary>A name as messages show it: cut where it is long.</summary>
    public static string Cut(string name) => name.Length <= LongestName ? name : $"{name[..LongestName]}…";
}
