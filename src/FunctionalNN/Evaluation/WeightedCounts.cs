namespace FunctionalNN;

/// <summary>How many rows fell into each of some cells, and how much they weigh: a monoid of exact sums.</summary>
internal sealed class WeightedCounts : IEquatable<WeightedCounts>
{
    private readonly long[] rows;
    private readonly ExactSum[]? weights;

    private WeightedCounts(long[] rows, ExactSum[]? weights)
    {
        this.rows = rows;
        this.weights = weights;
    }

    public int Cells => rows.Length;

    public bool IsWeighted => weights is not null;

    /// <summary>The weight in a cell: its rows where all count 1.</summary>
    public double this[int cell] => weights is null ? rows[cell] : weights[cell].Value;

    public static WeightedCounts None(int cells) => new(new long[cells], null);

    /// <summary>Counts from the cell of each row; a cell below 0 is counted nowhere.</summary>
    public static WeightedCounts Of(int cells, ReadOnlySpan<int> cellOfRow, ReadOnlySpan<double> weights)
    {
        var (rows, sums) = (new long[cells], weights.IsEmpty ? null : new ExactSumBuilder?[cells]);
        for (var row = 0; row < cellOfRow.Length; row++)
        {
            var cell = cellOfRow[row];
            if (cell >= 0)
            {
                rows[cell]++;
                if (sums is not null)
                {
                    (sums[cell] ??= new ExactSumBuilder()).Add(weights[row]);
                }
            }
        }

        return new WeightedCounts(rows, sums?.Select(sum => sum?.ToSum() ?? default).ToArray());
    }

    public static WeightedCounts operator +(WeightedCounts left, WeightedCounts right)
    {
        var rows = left.rows.Zip(right.rows, (x, y) => x + y).ToArray();
        return left.weights is null && right.weights is null
            ? new WeightedCounts(rows, null)
            : new WeightedCounts(rows, [.. left.Weights().Zip(right.Weights(), (x, y) => x + y)]);
    }

    public long Rows(int cell) => rows[cell];

    public long AllRows => rows.Sum();

    public double Total => Sum(Enumerable.Range(0, Cells));

    /// <summary>The weight in some cells, rounded once.</summary>
    public double Sum(IEnumerable<int> cells) =>
        weights is null ? cells.Sum(cell => rows[cell]) : cells.Aggregate(default(ExactSum), (sum, cell) => sum + weights[cell]).Value;

    public bool Equals(WeightedCounts? other) =>
        other is not null && rows.AsSpan().SequenceEqual(other.rows)
        && ((weights is null && other.weights is null) || Weights().SequenceEqual(other.Weights()));

    public override bool Equals(object? obj) => Equals(obj as WeightedCounts);

    public override int GetHashCode() => HashCode.Combine(Cells, AllRows);

    private IEnumerable<ExactSum> Weights() => weights ?? rows.Select(count => ExactSum.Of(count));
}
