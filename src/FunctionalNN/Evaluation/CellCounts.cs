namespace FunctionalNN;

/// <summary>How many rows fell into each cell of a table, and how much they weigh: a monoid of exact sums. Only cells with rows take
/// memory.</summary>
internal sealed class CellCounts : IEquatable<CellCounts>
{
    private readonly long[] cells;
    private readonly long[] rows;
    private readonly ExactSum[]? weights;

    private CellCounts(long[] cells, long[] rows, ExactSum[]? weights)
    {
        this.cells = cells;
        this.rows = rows;
        this.weights = weights;
    }

    public static CellCounts None { get; } = new([], [], null);

    /// <summary>The cells with rows, in ascending order.</summary>
    public ReadOnlySpan<long> Cells => cells;

    public bool IsWeighted => weights is not null;

    public long AllRows => rows.Sum();

    /// <summary>The weight in a cell: its rows where all count 1.</summary>
    public double this[long cell] => Place(cell) is var place and >= 0 ? (weights is null ? rows[place] : weights[place].Value) : 0;

    /// <summary>Counts from the cell of each row.</summary>
    public static CellCounts Of(ReadOnlySpan<long> cellOfRow, ReadOnlySpan<double> weights)
    {
        var (keys, order) = (cellOfRow.ToArray(), new int[cellOfRow.Length]);
        for (var row = 0; row < order.Length; row++)
        {
            order[row] = row;
        }

        Array.Sort(keys, order);
        var (cells, rows) = (new List<long>(), new List<long>());
        var sums = weights.IsEmpty ? null : new List<ExactSum>();
        for (var from = 0; from < keys.Length;)
        {
            var (to, sum) = (from, sums is null ? null : new ExactSumBuilder());
            for (; to < keys.Length && keys[to] == keys[from]; to++)
            {
                sum?.Add(weights[order[to]]);
            }

            cells.Add(keys[from]);
            rows.Add(to - from);
            sums?.Add(sum!.ToSum());
            from = to;
        }

        return new CellCounts([.. cells], [.. rows], sums?.ToArray());
    }

    public static CellCounts operator +(CellCounts left, CellCounts right)
    {
        var (cells, rows) = (new List<long>(), new List<long>());
        var sums = left.IsWeighted || right.IsWeighted ? new List<ExactSum>() : null;
        for (var (i, j) = (0, 0); i < left.cells.Length || j < right.cells.Length;)
        {
            var isLeft = j >= right.cells.Length || (i < left.cells.Length && left.cells[i] <= right.cells[j]);
            var isRight = i >= left.cells.Length || (j < right.cells.Length && right.cells[j] <= left.cells[i]);
            cells.Add(isLeft ? left.cells[i] : right.cells[j]);
            rows.Add((isLeft ? left.rows[i] : 0) + (isRight ? right.rows[j] : 0));
            sums?.Add((isLeft ? left.SumAt(i) : default) + (isRight ? right.SumAt(j) : default));
            i += isLeft ? 1 : 0;
            j += isRight ? 1 : 0;
        }

        return new CellCounts([.. cells], [.. rows], sums?.ToArray());
    }

    public long Rows(long cell) => Place(cell) is var place and >= 0 ? rows[place] : 0;

    /// <summary>The weights of groups of cells, each rounded once.</summary>
    /// <param name="groups">How many groups.</param>
    /// <param name="groupOf">The group that a cell is in; below 0 for none.</param>
    public double[] Sums(int groups, Func<long, int> groupOf)
    {
        var (counts, sums) = (new double[groups], weights is null ? null : new ExactSum[groups]);
        for (var i = 0; i < cells.Length; i++)
        {
            var group = groupOf(cells[i]);
            if (group >= 0 && sums is null)
            {
                counts[group] += rows[i];
            }
            else if (group >= 0)
            {
                sums![group] += weights![i];
            }
        }

        return sums is null ? counts : Array.ConvertAll(sums, sum => sum.Value);
    }

    public bool Equals(CellCounts? other) =>
        other is not null && cells.AsSpan().SequenceEqual(other.cells) && rows.AsSpan().SequenceEqual(other.rows)
        && ((weights is null && other.weights is null) || Enumerable.Range(0, cells.Length).All(i => SumAt(i).Equals(other.SumAt(i))));

    public override bool Equals(object? obj) => Equals(obj as CellCounts);

    public override int GetHashCode() => HashCode.Combine(cells.Length, AllRows);

    private int Place(long cell) => Array.BinarySearch(cells, cell);

    private ExactSum SumAt(int place) => weights is null ? ExactSum.Of(rows[place]) : weights[place];
}
