using System.Collections.Immutable;
using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>Reads the rows of a CSV file as numbers. After each <see cref="Next"/> the row's values lie in <see cref="Row"/>.</summary>
internal sealed class CsvScan<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly CsvCursor cursor;
    private readonly CsvOptions options;
    private readonly int[] positions;

    private CsvScan(CsvCursor cursor, CsvOptions options, CsvLayout layout, ImmutableArray<CsvFieldReader<T>> columns)
    {
        (this.cursor, this.options, Layout, Columns) = (cursor, options, layout, columns);
        positions = [.. layout.Inputs, .. layout.Label >= 0 ? [layout.Label] : layout.Targets];
        Row = new T[positions.Length];
    }

    /// <summary>The columns that are read: inputs first, then the label or the targets.</summary>
    public ImmutableArray<CsvFieldReader<T>> Columns { get; }

    /// <summary>The columns of the file.</summary>
    public CsvLayout Layout { get; }

    /// <summary>The values of the row, one a column: numbers, codes of categories, NaN where one is missing.</summary>
    public T[] Row { get; }

    /// <summary>Rows that were left out.</summary>
    public int Dropped { get; private set; }

    /// <summary>What ended the rows before their end.</summary>
    public Error? Fault => cursor.Fault;

    /// <summary>Reads the header and finds the columns.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="stream">Its content.</param>
    /// <param name="options">How to read.</param>
    /// <param name="find">Which of the named columns are what.</param>
    /// <param name="columns">How each is read.</param>
    public static Either<Error, CsvScan<T>> Open(
        string path, Stream stream, CsvOptions options, Func<ImmutableArray<string>, Either<Error, CsvLayout>> find,
        Func<CsvLayout, ImmutableArray<CsvFieldReader<T>>> columns) =>
        CsvCursor.Open(path, stream, options).Bind(cursor =>
            find(cursor.Names).Map(layout => new CsvScan<T>(cursor, options, layout, columns(layout))).MapLeft(fault =>
            {
                cursor.Dispose();
                return fault;
            }));

    /// <summary>Goes to the next row: false at the end and at a <see cref="Fault"/>.</summary>
    public bool Next()
    {
        while (cursor.Next())
        {
            if (options.Missing != Missing.DropRow || !HasGap())
            {
                return ReadRow();
            }

            Dropped++;
        }

        return false;
    }

    /// <summary>What is wrong after the last row, if anything.</summary>
    public Either<Error, Unit> End(string path, long rows) =>
        Fault is { } fault ? fault
        : rows > 0 ? Unit.Default
        : Dropped == 0 ? Error.New($"{path}: the file has {(options.HasHeader ? "names of columns but no rows" : "no rows")}")
        : Error.New($"{path}: all {Dropped} rows have a missing value, and Missing = Missing.DropRow leaves none{Worst()}");

    public void Dispose() => cursor.Dispose();

    private string Worst()
    {
        var worst = Columns.MaxBy(column => column.MissingCount)!;
        return $": the column \"{CsvText.Cut(worst.Name)}\" lacks {worst.MissingCount}; leave it out with Ignore = [\""
            + $"{CsvText.Cut(worst.Name)}\"]"
                + $"{(worst.Role == CsvRole.Input ? ", or set Missing = Missing.Mean" : "")}";
    }

    private bool HasGap()
    {
        var hasGap = false;
        for (var i = 0; i < positions.Length; i++)
        {
            if (cursor.IsMissing(cursor.Field(positions[i]), Columns[i].ComparesNumbers))
            {
                Columns[i].MissingCount++;
                hasGap = true;
            }
        }

        return hasGap;
    }

    private bool ReadRow()
    {
        for (var i = 0; i < positions.Length; i++)
        {
            var column = Columns[i];
            var field = cursor.Field(positions[i]);
            var fault = cursor.IsMissing(field, column.ComparesNumbers)
                ? Miss(column, out Row[i])
                : column.Read(field, cursor.Line, out Row[i]);
            if (fault is not null)
            {
                return cursor.Stop($", column \"{CsvText.Cut(column.Name)}\": {fault}");
            }
        }

        return true;
    }

    private string? Miss(CsvFieldReader<T> column, out T value)
    {
        value = T.NaN;
        column.MissingCount++;
        var allowsGaps = options.Missing is Missing.Mean or Missing.Keep;
        return allowsGaps && column.Role == CsvRole.Input ? null
            : allowsGaps
                ? "the value is missing, and what is to be predicted is never made up: fill it in, or set Missing = Missing.DropRow"
            : $"the value is missing: fill it in, "
                + (column.Role == CsvRole.Input
                    ? $"leave the column out with Ignore = [\"{CsvText.Cut(column.Name)}\"], or set Missing = Missing.DropRow or "
                        + $"Missing.Mean"
                    : "or set Missing = Missing.DropRow");
    }
}
