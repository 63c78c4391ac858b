using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>
/// Rows of named columns as they came from a file, a database or a program: texts, numbers, flags, dates and gaps, of which nothing is made
/// yet. A <see cref="TableRecipe"/> says what becomes of them.
/// </summary>
public sealed partial class Table
{
    private readonly ImmutableArray<Cell[]> columns;
    private readonly int[] rows;
    private readonly long[]? lines;
    private readonly string source;

    internal Table(ImmutableArray<string> names, ImmutableArray<Cell[]> columns, int[] rows, Lineage lineage, CsvOptions notation,
        string source, long[]? lines)
    {
        (Names, this.columns, this.rows, Lineage, Notation, this.source, this.lines) =
            (names, columns, rows, lineage, notation, source, lines);
    }

    /// <summary>The names of the columns, in their order.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>The number of rows.</summary>
    public int Count => rows.Length;

    /// <summary>How numbers and gaps are written in texts.</summary>
    public CsvOptions Notation { get; }

    /// <summary>Which part of a split these rows are: no recipe can be fitted on a validation or test part.</summary>
    public DataPart Part => Lineage.Part;

    internal Lineage Lineage { get; }

    /// <summary>The rows of a list of dictionaries, one entry a column: what is not there or null is a gap.</summary>
    /// <param name="rows">The rows; texts, numbers, flags, dates or null.</param>
    /// <param name="notation">How numbers and gaps are written in texts; with a decimal point and without marks of gaps by default.</param>
    /// <exception cref="ArgumentException">There is no row, or a value is of a type that no column can hold; the message names row and
    /// column.</exception>
    public static Table Of(IEnumerable<IReadOnlyDictionary<string, object?>> rows, CsvOptions? notation = null)
    {
        IReadOnlyDictionary<string, object?>[] all = [.. rows];
        ImmutableArray<string> names = [.. all.SelectMany(row => row.Keys).Distinct(StringComparer.Ordinal)];
        if (names.IsEmpty)
        {
            throw new ArgumentException("there are no rows with columns: give one or more");
        }

        return new Table(names, [.. names.Select(name => all.Select((row, i) => CellOf(row.GetValueOrDefault(name), i, name)).ToArray())],
            [.. Enumerable.Range(0, all.Length)], new Lineage(), Checked(notation), "", null);
    }

    /// <summary>Some of the rows, in the order given.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public Table Pick(params ReadOnlySpan<int> picked) => Pick(picked, Lineage);

    /// <summary>The first rows, all when there are fewer.</summary>
    public Table Take(int count) => Pick([.. Enumerable.Range(0, Math.Min(count, Count))]);

    /// <summary>The rows that have a value in a column.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public Table Having(string column)
    {
        var position = PositionOf(column);
        var reader = new CellReader(Notation);
        return position < 0
            ? throw new ArgumentException(
                $"there is no column \"{column}\"{NearestName.HintOr(column, Names, $"; the columns are {CsvText.Listed(Names)}")}")
            : Pick([.. Enumerable.Range(0, Count).Where(row => !reader.IsGap(CellAt(row, position), comparesNumbers: true))]);
    }

    /// <summary>The same rows without the memory of any split: for a last fit on all there is, after the measuring is done.</summary>
    public Table AsTraining() => new(Names, columns, rows, new Lineage(), Notation, source, lines);

    /// <summary>A row by the names of the columns: texts as they were written, numbers as double, null for a gap of the source.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public IReadOnlyDictionary<string, object?> Row(int row)
    {
        Require(row);
        return Names.Index().ToDictionary(name => name.Item, name => Value(CellAt(row, name.Index)), StringComparer.Ordinal);
    }

    /// <summary>Rows and columns, and which part of a split it is.</summary>
    public override string ToString() =>
        $"{Count} rows of {Names.Length} columns: {CsvText.Listed(Names)}"
            + Part switch
            {
                DataPart.Training => " (training part)",
                DataPart.Validation => " (validation part)",
                DataPart.Test => " (test part)",
                _ => "",
            };

    internal ref readonly Cell CellAt(int row, int column) => ref columns[column][rows[row]];

    /// <summary>Where a row stands, for messages.</summary>
    internal string PlaceOf(int row) =>
        lines is null ? $"row {rows[row]}"
        : source.Length == 0 ? $"row {lines[rows[row]]}"
        : $"{source}, line {lines[rows[row]]}";

    internal Table Pick(ReadOnlySpan<int> picked, Lineage past)
    {
        var chosen = new int[picked.Length];
        for (var i = 0; i < chosen.Length; i++)
        {
            Require(picked[i]);
            chosen[i] = rows[picked[i]];
        }

        return new Table(Names, columns, chosen, past, Notation, source, lines);
    }

    /// <summary>The same rows with the values of one column in another order.</summary>
    internal Table Reordered(int column, int[] order)
    {
        var values = new Cell[columns[column].Length];
        for (var i = 0; i < order.Length; i++)
        {
            values[rows[i]] = columns[column][rows[order[i]]];
        }

        return new Table(Names, columns.SetItem(column, values), rows, Lineage, Notation, source, lines);
    }

    /// <summary>The position of a column, or −1.</summary>
    internal int PositionOf(string name) => Names.IndexOf(name);

    private static object? Value(in Cell cell) => cell.Kind switch
    {
        CellKind.Gap => null,
        CellKind.Text => cell.Text,
        CellKind.Number => cell.Number,
        CellKind.Flag => cell.Number != 0,
        _ => DateTime.UnixEpoch.AddTicks((long)Math.Round(cell.Number * TimeSpan.TicksPerSecond)),
    };

    private static Cell CellOf(object? value, long row, string name) => Cell.TryOf(value, out var cell)
        ? cell
        : throw new ArgumentException(
            $"row {row}, column \"{name}\": found a {value!.GetType().Name}, expected a text, a number, a flag, a date or null");

    private void Require(int row)
    {
        if ((uint)row >= (uint)Count)
        {
            throw new ArgumentOutOfRangeException(nameof(row), $"row {row} lies outside a table of {Count} rows");
        }
    }
}
