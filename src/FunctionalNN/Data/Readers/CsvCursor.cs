using System.Collections.Immutable;
using System.Text;
using System.Text.Unicode;
using CsvHelper;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>Goes through a CSV file row by row, all rows as long as the first, and keeps the place for messages.</summary>
internal sealed class CsvCursor : IDisposable
{
    /// <summary>A row longer than 64 MB is a quote that was never closed.</summary>
    private const int LongestRow = 1 << 26;

    /// <summary>The most columns: each takes some hundred bytes of memory.</summary>
    private const int MaxColumns = 100_000;

    private readonly string path;
    private readonly CsvReader reader;
    private readonly bool hasHeader;
    private readonly bool mayLackHeader;
    private readonly CsvGaps gaps;
    private bool isFirstRead;

    private CsvCursor(string path, CsvReader reader, CsvOptions options)
    {
        (this.path, this.reader, hasHeader, isFirstRead) = (path, reader, options.HasHeader, !options.HasHeader);
        mayLackHeader = options is { HasHeader: true, IsHeaderSure: false };
        gaps = new CsvGaps(options);
        Names = [.. Enumerable.Range(0, reader.FieldCount)
            .Select(i => hasHeader ? Encoding.UTF8.GetString(Field(i)) : $"column{i}")];
    }

    /// <summary>The names of the columns.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>The line that the row begins at, counted from 1.</summary>
    public long Line => reader.LineNumber;

    /// <summary>What ended the rows before their end.</summary>
    public Error? Fault { get; private set; }

    /// <summary>Begins to read: the names of the columns, or the first row where there are none.</summary>
    public static Either<Error, CsvCursor> Open(string path, Stream stream, CsvOptions options)
    {
        var content = new HeadStream(stream);
        if (FileSignature.NoText(content.Head, options.Encoding is not null) is { } fault)
        {
            return Error.New($"{path} {fault}");
        }

        Stream text = options.Separator == ' ' ? new BlankRuns(CsvText.AsUtf8(content, options.Encoding)) : content;
        var reader = CsvReader.Create(text, ReaderOptions(options), leaveOpen: true);
        try
        {
            if (!reader.Read())
            {
                return Refused($", line 1: the file is empty, expected {(options.HasHeader ? "the names of the columns" : "rows")}");
            }

            return reader.FieldCount > MaxColumns
                ? Refused($", line 1: {reader.FieldCount} columns, expected {MaxColumns} at most: is the separator '"
                        + $"{options.Separator}' right?")
                : options.HasHeader && NotUtf8(reader) is { } position
                    ? Refused($", line 1, column {position}: {CsvText.NotUtf8}")
                : new CsvCursor(path, reader, options);
        }
        catch (CsvFormatException malformed)
        {
            reader.Dispose();
            return Malformed(path, malformed);
        }

        Error Refused(string reason)
        {
            reader.Dispose();
            return Error.New(path + reason);
        }
    }

    /// <summary>Goes to the next row: false at the end and at a <see cref="Fault"/>.</summary>
    public bool Next()
    {
        try
        {
            if (!isFirstRead && !reader.Read())
            {
                return false;
            }
        }
        catch (CsvFormatException fault)
        {
            Fault = Malformed(path, fault);
            return false;
        }

        isFirstRead = false;
        return reader.FieldCount == Names.Length
            || Stop($": {reader.FieldCount} field{(reader.FieldCount == 1 ? "" : "s")}, expected {Names.Length} as in "
                    + $"{(hasHeader ? "the header" : "the first line")}");
    }

    /// <summary>Numbers that stand where the names of columns of numbers are expected.</summary>
    public string? Suspect(IEnumerable<int> numbers) =>
        mayLackHeader
            && numbers.Select(position => Names[position]).FirstOrDefault(name => CsvNumber.Canonical(name) is not null) is { } name
                ? $"{path}{FirstRow(name)}"
                : null;

    /// <summary>What is said of a first line that seems to be a row.</summary>
    public static string FirstRow(string name) =>
        $", line 1: the column \"{CsvText.Cut(name)}\" holds numbers, and so its name seems to be one of them: if the file has no header, "
            + $"set HasHeader "
            + $"= false; if it is a name, set HasHeader = true";

    /// <summary>A field of the row, without the blanks around it. Good until the next row.</summary>
    public ReadOnlySpan<byte> Field(int position) => CsvText.Trimmed(reader.GetSpan(position));

    /// <summary>Whether a field is empty or one of the texts that mean so.</summary>
    /// <param name="field">The field.</param>
    /// <param name="comparesNumbers">Whether -200 stands for -200.0 too.</param>
    public bool IsMissing(ReadOnlySpan<byte> field, bool comparesNumbers) => gaps.Contain(field, comparesNumbers);

    /// <summary>Ends the rows with a fault of this row; always false.</summary>
    public bool Stop(string reason)
    {
        Fault = Error.New($"{path}, line {Line}{reason}");
        return false;
    }

    public void Dispose() => reader.Dispose();

    private static int? NotUtf8(CsvReader reader)
    {
        for (var i = 0; i < reader.FieldCount; i++)
        {
            if (!Utf8.IsValid(reader.GetSpan(i)))
            {
                return i;
            }
        }

        return null;
    }

    private static CsvReaderOptions ReaderOptions(CsvOptions options) => new()
    {
        Separator = options.Separator,
        HasHeader = false,
        TrimWhitespace = true,
        TrimInsideQuotes = true,
        MalformedData = CsvMalformedDataHandling.Throw,
        TrackLineNumbers = true,
        MaxRecordSize = LongestRow,
        Encoding = options.Separator == ' ' ? null : options.Encoding,
        BufferSize = 1 << 18,
    };

    private static Error Malformed(string path, CsvFormatException fault) => Error.New(
        $"{path}, line {Math.Max(1, fault.LineNumber)}: {fault.Message} A field that holds a quote is written in quotes, with the "
                + $"quote doubled.", (Exception)fault);
}
