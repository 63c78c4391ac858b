using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using CsvHelper;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>Goes through a CSV file row by row, all rows as long as the first, and keeps the place for messages.</summary>
internal sealed class CsvCursor : IDisposable
{
    /// <summary>A row longer than this is a quote that was never closed.</summary>
    private const int LongestRow = 1 << 28;

    private readonly string path;
    private readonly CsvReader reader;
    private readonly bool hasHeader;
    private readonly byte[][] missingTexts;
    private bool isFirstRead;

    private CsvCursor(string path, CsvReader reader, CsvOptions options)
    {
        (this.path, this.reader, hasHeader, isFirstRead) = (path, reader, options.HasHeader, !options.HasHeader);
        missingTexts = [.. (options.MissingValues.IsDefault ? [] : options.MissingValues).Select(text => Encoding.UTF8.GetBytes(text.Trim()))];
        Names = [.. Enumerable.Range(0, reader.FieldCount).Select(i => hasHeader ? reader.GetString(i).Trim() : string.Create(CultureInfo.InvariantCulture, $"column{i}"))];
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
        var reader = CsvReader.Create(stream, ReaderOptions(options), leaveOpen: true);
        try
        {
            return reader.Read()
                ? new CsvCursor(path, reader, options)
                : Error.New($"{path}, line 1: the file is empty, expected {(options.HasHeader ? "the names of the columns" : "rows")}");
        }
        catch (CsvFormatException fault)
        {
            reader.Dispose();
            return Malformed(path, fault);
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
            || Stop(string.Create(CultureInfo.InvariantCulture, $": {reader.FieldCount} field{(reader.FieldCount == 1 ? "" : "s")}, expected {Names.Length} as in {(hasHeader ? "the header" : "the first line")}"));
    }

    /// <summary>A field of the row, without the blanks around it. Good until the next row.</summary>
    public ReadOnlySpan<byte> Field(int position) => reader.GetSpan(position);

    /// <summary>Whether a field is empty or one of the texts that mean so.</summary>
    public bool IsMissing(ReadOnlySpan<byte> field)
    {
        if (field.IsEmpty)
        {
            return true;
        }

        foreach (var text in missingTexts)
        {
            if (field.SequenceEqual(text))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Ends the rows with a fault of this row; always false.</summary>
    public bool Stop(string reason)
    {
        Fault = Error.New(string.Create(CultureInfo.InvariantCulture, $"{path}, line {Line}{reason}"));
        return false;
    }

    public void Dispose() => reader.Dispose();

    private static CsvReaderOptions ReaderOptions(CsvOptions options) => new()
    {
        Separator = options.Separator,
        HasHeader = false,
        TrimWhitespace = true,
        TrimInsideQuotes = true,
        MalformedData = CsvMalformedDataHandling.Throw,
        TrackLineNumbers = true,
        MaxRecordSize = LongestRow,
        Encoding = options.Encoding,
        BufferSize = 1 << 18,
    };

    private static Error Malformed(string path, CsvFormatException fault) => Error.New(
        string.Create(CultureInfo.InvariantCulture, $"{path}, line {Math.Max(1, fault.LineNumber)}: {fault.Message} A field that holds a quote is written in quotes, with the quote doubled."), (Exception)fault);
}
