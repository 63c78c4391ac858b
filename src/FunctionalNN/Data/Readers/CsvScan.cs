using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Text;
using CsvHelper;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>Goes through a CSV file row by row. After each <see cref="Next"/> the row's values lie in <see cref="Row"/>.</summary>
internal sealed class CsvScan<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>A row longer than this is a quote that was never closed.</summary>
    private const int LongestRow = 1 << 28;

    private readonly string path;
    private readonly CsvReader reader;
    private readonly CsvOptions options;
    private readonly CsvLayout layout;
    private readonly int[] positions;
    private readonly byte[][] missingTexts;
    private bool isFirstRead;

    private CsvScan(string path, CsvReader reader, CsvOptions options, CsvLayout layout, ImmutableArray<CsvFieldReader<T>> columns, bool isFirstRead)
    {
        (this.path, this.reader, this.options, this.layout, this.isFirstRead) = (path, reader, options, layout, isFirstRead);
        Columns = columns;
        positions = [.. layout.Inputs, .. layout.Label >= 0 ? [layout.Label] : layout.Targets];
        missingTexts = [.. (options.MissingValues.IsDefault ? [] : options.MissingValues).Select(text => Encoding.UTF8.GetBytes(text.Trim()))];
        Row = new T[positions.Length];
    }

    /// <summary>The columns that are read: inputs first, then the label or the targets.</summary>
    public ImmutableArray<CsvFieldReader<T>> Columns { get; }

    /// <summary>The columns of the file.</summary>
    public CsvLayout Layout => layout;

    /// <summary>The values of the row, one a column: numbers, codes of categories, NaN where one is missing.</summary>
    public T[] Row { get; }

    /// <summary>Rows that were given.</summary>
    public int Rows { get; private set; }

    /// <summary>Rows that were left out.</summary>
    public int Dropped { get; private set; }

    /// <summary>What ended the rows before their end.</summary>
    public Error? Fault { get; private set; }

    /// <summary>Reads the header and finds the columns.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="stream">Its content.</param>
    /// <param name="options">How to read.</param>
    /// <param name="find">Which of the named columns are what.</param>
    /// <param name="columns">How each is read.</param>
    public static Either<Error, CsvScan<T>> Open(
        string path, Stream stream, CsvOptions options, Func<ImmutableArray<string>, Either<Error, CsvLayout>> find, Func<CsvLayout, ImmutableArray<CsvFieldReader<T>>> columns)
    {
        var reader = CsvReader.Create(stream, ReaderOptions(options), leaveOpen: true);
        try
        {
            if (!reader.Read())
            {
                return Error.New($"{path}, line 1: the file is empty, expected {(options.HasHeader ? "the names of the columns" : "rows")}");
            }

            ImmutableArray<string> names = [.. Enumerable.Range(0, reader.FieldCount).Select(i => options.HasHeader ? reader.GetString(i).Trim() : string.Create(CultureInfo.InvariantCulture, $"column{i}"))];
            return find(names).Map(layout => new CsvScan<T>(path, reader, options, layout, columns(layout), isFirstRead: !options.HasHeader));
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
            while (isFirstRead || reader.Read())
            {
                isFirstRead = false;
                if (reader.FieldCount != layout.Names.Length)
                {
                    Fault = At($"{Count(reader.FieldCount, "field")}, expected {layout.Names.Length}{(options.HasHeader ? " as in the header" : " as in the first line")}");
                    return false;
                }

                if (!IsDropped())
                {
                    return ReadRow();
                }

                Dropped++;
            }
        }
        catch (CsvFormatException fault)
        {
            Fault = Malformed(path, fault);
        }

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

    private bool IsDropped()
    {
        if (options.Missing != Missing.DropRow)
        {
            return false;
        }

        var isDropped = false;
        for (var i = 0; i < positions.Length; i++)
        {
            if (IsMissing(reader.GetSpan(positions[i])))
            {
                Columns[i].MissingCount++;
                isDropped = true;
            }
        }

        return isDropped;
    }

    private bool ReadRow()
    {
        for (var i = 0; i < positions.Length; i++)
        {
            var field = reader.GetSpan(positions[i]);
            var fault = IsMissing(field) ? Miss(Columns[i], out Row[i]) : Columns[i].Read(field, reader.LineNumber, out Row[i]);
            if (fault is not null)
            {
                Fault = At($"column \"{Columns[i].Name}\": {fault}", ",");
                return false;
            }
        }

        Rows++;
        return true;
    }

    private string? Miss(CsvFieldReader<T> column, out T value)
    {
        value = T.NaN;
        column.MissingCount++;
        return options.Missing == Missing.Mean && column.Role == CsvRole.Input ? null
            : options.Missing == Missing.Mean ? "the value is missing, and what is to be predicted is never made up: fill it in, or set Missing = Missing.DropRow"
            : $"the value is missing: fill it in, {(column.Role == CsvRole.Input ? $"leave the column out with Ignore = [\"{column.Name}\"], or set Missing = Missing.DropRow or Missing.Mean" : "or set Missing = Missing.DropRow")}";
    }

    private bool IsMissing(ReadOnlySpan<byte> field)
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

    private Error At(string reason, string colon = ":") => Error.New(string.Create(CultureInfo.InvariantCulture, $"{path}, line {reader.LineNumber}{colon} {reason}"));

    private static string Count(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");
}
