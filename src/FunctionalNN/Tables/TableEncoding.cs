using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>
/// How rows become inputs: the columns of a recipe with what was taken from the training rows. The same code encodes a row to learn from
/// and
/// a row that is served, so both give the same bits.
/// </summary>
public sealed partial record TableEncoding
{
    private readonly CellReader reader;
    private readonly int[] widths;
    private readonly ImmutableArray<(int First, int FirstWidth, int Second, int SecondWidth)> products;

    internal TableEncoding(ImmutableArray<FittedColumn> columns, ImmutableArray<Interaction> interactions,
        ImmutableArray<LeftOutColumn> leftOut, FittedTarget? target, CsvOptions notation)
    {
        (Columns, Interactions, LeftOut, Target, Notation) = (columns, interactions, leftOut, target, notation);
        reader = new CellReader(notation);
        widths = [.. columns.Select(column => column.Width)];
        var offsets = new Dictionary<string, (int Offset, int Width)>(StringComparer.Ordinal);
        foreach (var column in columns)
        {
            if ((column as FittedCategory)?.EmbeddedAt(OwnWidth) is { } embedded)
            {
                EmbeddedColumns = EmbeddedColumns.Add(embedded);
            }

            offsets.Add(column.Name, (OwnWidth, column.Width));
            OwnWidth += column.Width;
        }

        products =
        [
            .. interactions.Select(pair => (offsets[pair.First].Offset, offsets[pair.First].Width, offsets[pair.Second].Offset,
                offsets[pair.Second].Width)),
        ];
        Width = OwnWidth + products.Sum(pair => pair.FirstWidth * pair.SecondWidth);
        InputNames = [.. Named()];
    }

    /// <summary>The columns in the order of their inputs.</summary>
    public ImmutableArray<FittedColumn> Columns { get; }

    /// <summary>Pairs of columns that have inputs of their own, behind those of the columns.</summary>
    public ImmutableArray<Interaction> Interactions { get; }

    /// <summary>Columns that are known and become nothing.</summary>
    public ImmutableArray<LeftOutColumn> LeftOut { get; }

    /// <summary>What is to be predicted; null where the recipe names nothing.</summary>
    public FittedTarget? Target { get; }

    /// <summary>How numbers and gaps are written in texts.</summary>
    public CsvOptions Notation { get; }

    /// <summary>The number of inputs: what a network takes.</summary>
    public int Width { get; }

    /// <summary>The names of the inputs.</summary>
    public ImmutableArray<string> InputNames { get; }

    /// <summary>The inputs that hold numbers of categories and are to be embedded: <c>new Embedding(encoding.EmbeddedColumns)</c> is the
    /// first layer of a network for them. Empty where there are none.</summary>
    public ImmutableArray<EmbeddedColumn> EmbeddedColumns { get; } = [];

    /// <summary>The mean of each input over the training rows; of the number of a category that is embedded, the most frequent.</summary>
    public ImmutableArray<double> InputMeans { get; internal init; } = [];

    /// <summary>How many training rows it was fitted on.</summary>
    public int Rows { get; internal init; }

    /// <summary>The names of the classes in the order of their numbers; empty for a quantity.</summary>
    public ImmutableArray<string> ClassNames => Target?.Classes ?? [];

    internal Lineage? FittedOn { get; init; }

    /// <summary>The inputs of the columns alone, without interactions.</summary>
    private int OwnWidth { get; }

    /// <inheritdoc/>
    public bool Equals(TableEncoding? other) =>
        other is not null && Columns.SequenceEqual(other.Columns) && Interactions.SequenceEqual(other.Interactions)
            && LeftOut.SequenceEqual(other.LeftOut) && Target == other.Target && Rows == other.Rows
            && InputMeans.SequenceEqual(other.InputMeans) && Notation.ToString() == other.Notation.ToString();

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Columns.Length, Width, Target, Rows);

    /// <summary>A table: each column, what it becomes, how many inputs, and what was learned.</summary>
    public override string ToString() => TextTable.Of(
        ["column", "becomes", "a gap is", "learned", "inputs"],
        [
            .. Columns.Select(column => new[]
            {
                column.Name, column.Column.Description, column.Column.GapText, column.Learned, $"{column.Width}",
            }),
            .. Interactions.Zip(products, (pair, size) => new[]
            {
                $"{pair.First} × {pair.Second}", "products of both", "", "", $"{size.FirstWidth * size.SecondWidth}",
            }),
        ],
        [$"{Rows} training rows → {Target?.ToString() ?? "nothing to predict"}", "", "", "", $"{Width}"], left: 4);

    /// <summary>Writes the inputs of a row.</summary>
    /// <param name="cells">One a column, in the order of <see cref="Columns"/>.</param>
    /// <param name="inputs">Takes the inputs.</param>
    /// <param name="faults">Takes what is wrong, column by column; null where the first is enough.</param>
    /// <returns>Null, or the first that is wrong.</returns>
    internal RowFault? Write(ReadOnlySpan<Cell> cells, Span<double> inputs, List<RowFault>? faults = null)
    {
        var (at, first) = (0, default(RowFault));
        for (var i = 0; i < cells.Length; i++)
        {
            var column = Columns[i];
            var width = widths[i];
            if (column.Write(cells[i], reader, inputs.Slice(at, width)) is { } fault)
            {
                first ??= new RowFault(column.Name, fault);
                if (faults is null)
                {
                    return first;
                }

                faults.Add(new RowFault(column.Name, fault));
            }

            at += width;
        }

        foreach (var (one, oneWidth, other, otherWidth) in products)
        {
            for (var i = 0; i < oneWidth; i++)
            {
                for (var j = 0; j < otherWidth; j++)
                {
                    inputs[at++] = inputs[one + i] * inputs[other + j];
                }
            }
        }

        return first;
    }

    /// <summary>The column that each input comes from, or the pair of columns.</summary>
    internal string[] Owners() =>
    [
        .. Columns.SelectMany(column => Enumerable.Repeat(column.Name, column.Width)),
        .. Interactions.Zip(products, (pair, size) =>
            Enumerable.Repeat($"{pair.First} × {pair.Second}", size.FirstWidth * size.SecondWidth)).SelectMany(names => names),
    ];

    private IEnumerable<string> Named()
    {
        foreach (var name in Columns.SelectMany(column => column.InputNames))
        {
            yield return name;
        }

        foreach (var pair in Interactions)
        {
            foreach (var one in Columns.First(column => column.Name == pair.First).InputNames)
            {
                foreach (var other in Columns.First(column => column.Name == pair.Second).InputNames)
                {
                    yield return $"{one} × {other}";
                }
            }
        }
    }
}

/// <summary>What is wrong with one value of a row.</summary>
/// <param name="Column">The column.</param>
/// <param name="Message">What was found, what was expected, and the fix.</param>
public sealed record RowFault(string Column, string Message)
{
    /// <summary>The column and what is wrong with it.</summary>
    public override string ToString() => $"column \"{Column}\": {Message}";
}
