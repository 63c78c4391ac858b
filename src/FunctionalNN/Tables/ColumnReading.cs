namespace FunctionalNN;

/// <summary>The cells of one column of the training rows, with how they are read and where they stand.</summary>
/// <param name="Table">The rows.</param>
/// <param name="Position">The column.</param>
/// <param name="Reader">How texts are read.</param>
/// <param name="ComparesNumbers">Whether a mark of missing values that is a number stands for every way to write it.</param>
internal sealed record ColumnReading(Table Table, int Position, CellReader Reader, bool ComparesNumbers)
{
    private delegate string? Parse<TValue>(in Cell cell, out TValue value);

    public int Count => Table.Count;

    /// <summary>All numbers, NaN for a gap.</summary>
    public double[] Numbers() => All<double>(Reader.Number, double.NaN);

    /// <summary>All dates in seconds, NaN for a gap.</summary>
    public double[] Dates(DateColumn column) =>
        All((in Cell cell, out double value) => CellReader.Date(cell, column, out value), double.NaN);

    /// <summary>All flags as 0 and 1, NaN for a gap.</summary>
    public double[] Flags(FlagColumn column) =>
        All((in Cell cell, out double value) => CellReader.Flag(cell, column, out value), double.NaN);

    /// <summary>All texts, null for a gap.</summary>
    public string?[] Names() => All<string?>((in Cell cell, out string? name) =>
    {
        name = CellReader.Name(cell);
        return null;
    }, null);

    public ColumnFault Fault(int row, string reason) => new($"{Table.PlaceOf(row)}: {reason}");

    private TValue[] All<TValue>(Parse<TValue> parse, TValue gap)
    {
        var values = new TValue[Count];
        for (var row = 0; row < values.Length; row++)
        {
            ref readonly var cell = ref Table.CellAt(row, Position);
            values[row] = gap;
            if (!Reader.IsGap(cell, ComparesNumbers) && parse(cell, out values[row]) is { } fault)
            {
                throw Fault(row, fault);
            }
        }

        return values;
    }
}
