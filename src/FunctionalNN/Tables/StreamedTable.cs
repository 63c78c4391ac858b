using System.Collections.Immutable;
using System.Data;

namespace FunctionalNN;

/// <summary>
/// Rows of named columns that come only forward, in pieces, such as a query's answer that is larger than memory: a description that can be
/// read from the beginning again for each epoch. What the columns need is taken from a <see cref="Sample"/>;
/// <see cref="TableEncoding.Stream{T}"/> makes batches of the rest without holding them.
/// </summary>
public sealed class StreamedTable
{
    /// <summary>Rows of a piece by default.</summary>
    internal const int PieceRows = 2048;

    private readonly Func<IEnumerable<Table>> open;
    private readonly Func<int, int, Table>? sample;

    private StreamedTable(Func<IEnumerable<Table>> open, Func<int, int, Table>? sample) => (this.open, this.sample) = (open, sample);

    /// <summary>A stream from pieces of any size with the same columns. Each piece is read before the next is asked for.</summary>
    /// <param name="open">Gives the pieces from the first on, the same each time it is called.</param>
    /// <param name="sample">A faster way to some rows, drawn uniformly, by count and seed; null to read all of them.</param>
    public static StreamedTable Of(Func<IEnumerable<Table>> open, Func<int, int, Table>? sample = null)
    {
        ArgumentNullException.ThrowIfNull(open);
        return new StreamedTable(open, sample);
    }

    /// <summary>A stream from a query's answer.</summary>
    /// <param name="open">Runs the query and gives its answer, the same each time it is called; it is disposed of.</param>
    /// <param name="notation">How numbers and gaps are written in texts.</param>
    public static StreamedTable Of(Func<IDataReader> open, CsvOptions? notation = null)
    {
        ArgumentNullException.ThrowIfNull(open);
        return new StreamedTable(() => Table.Pieces(open, PieceRows, notation), null);
    }

    /// <summary>The rows from the first on, some at a time.</summary>
    public IEnumerable<Table> Pieces() => open();

    /// <summary>
    /// Some of the rows, drawn uniformly without replacement, to look at, to propose a recipe from, and to fit it on: the rows are read
    /// once. All rows in their order when there are not more.
    /// </summary>
    /// <param name="rows">How many, 1 or more.</param>
    /// <param name="seed">The same seed gives the same rows.</param>
    /// <exception cref="InvalidDataException">There are no rows, or they cannot be read; the message names the source.</exception>
    public Table Sample(int rows, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        return sample is null ? Reservoir(rows, new Key((ulong)seed)) : sample(rows, seed);
    }

    /// <summary>What it is; how many rows there are is known at the end.</summary>
    public override string ToString() => "rows of a table that are read from the beginning for each epoch";

    /// <summary>Of n rows read, each is kept with probability rows/n: row n takes the place drawn below n + 1, if it is one of the
    /// kept.</summary>
    private Table Reservoir(int rows, Key key)
    {
        List<Cell[]> kept = [];
        Table? first = null;
        var read = 0L;
        foreach (var piece in open())
        {
            first ??= piece;
            for (var row = 0; row < piece.Count; row++)
            {
                var place = kept.Count < rows ? kept.Count : (long)(key.Uniform(read) * (read + 1));
                read++;
                if (place < rows)
                {
                    var cells = piece.RowCells(row);
                    if (place == kept.Count)
                    {
                        kept.Add(cells);
                    }
                    else
                    {
                        kept[(int)place] = cells;
                    }
                }
            }
        }

        return first is null
            ? throw new InvalidDataException("the stream has no rows: there is nothing to draw from")
            : Table.OfRows(first.Names, kept, first.Notation);
    }
}

/// <content>Tables of a part of a query's answer.</content>
public sealed partial class Table
{
    /// <summary>A query's answer in pieces.</summary>
    internal static IEnumerable<Table> Pieces(Func<IDataReader> open, int rows, CsvOptions? notation)
    {
        var options = Checked(notation);
        using var reader = open();
        var (names, done) = (NamesOf(reader), 0L);
        while (Piece(reader, names, rows, done, options) is { Count: > 0 } piece)
        {
            yield return piece;
            done += piece.Count;
        }
    }

    /// <summary>A table of rows that are given cell by cell.</summary>
    internal static Table OfRows(ImmutableArray<string> names, List<Cell[]> rows, CsvOptions notation) =>
        new(names, [.. names.Select((_, column) => rows.Select(row => row[column]).ToArray())], [.. Enumerable.Range(0, rows.Count)],
            new Lineage(), notation, "", null);

    /// <summary>The cells of a row, in memory of their own.</summary>
    internal Cell[] RowCells(int row) => [.. columns.Select(column => column[rows[row]])];

    private static ImmutableArray<string> NamesOf(IDataReader reader)
    {
        ImmutableArray<string> names = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
        return names.Any(string.IsNullOrWhiteSpace) || names.Distinct(StringComparer.Ordinal).Count() < names.Length
            ? throw new ArgumentException($"the columns are {CsvText.Listed(names)}: give each one name of its own, with AS in SQL")
            : names;
    }

    /// <summary>The next rows of a query's answer; their places are counted from its first.</summary>
    private static Table Piece(IDataReader reader, ImmutableArray<string> names, int most, long before, CsvOptions notation)
    {
        var columns = names.Select(_ => new List<Cell>()).ToArray();
        var count = 0;
        while (count < most && reader.Read())
        {
            for (var i = 0; i < columns.Length; i++)
            {
                columns[i].Add(CellOf(reader.GetValue(i), before + count, names[i]));
            }

            count++;
        }

        return new Table(names, [.. columns.Select(column => column.ToArray())], [.. Enumerable.Range(0, count)], new Lineage(),
            notation, "", before == 0 ? null : [.. Enumerable.Range(0, count).Select(row => before + row)]);
    }
}
