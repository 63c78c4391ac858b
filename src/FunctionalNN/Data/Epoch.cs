using System.Collections;
using System.Numerics;

namespace FunctionalNN;

/// <summary>
/// The batches of one pass over a data set, made when asked for. A run gathers them into its own memory instead of asking.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Epoch<T> : IReadOnlyList<Batch<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly int[]? order;

    internal Epoch(DataSet<T> data, int batchSize, int[]? order)
    {
        Data = data;
        BatchSize = Math.Min(batchSize, Math.Max(1, data.Count));
        this.order = order;
        Count = (data.Count + BatchSize - 1) / BatchSize;
    }

    /// <summary>The number of batches.</summary>
    public int Count { get; }

    internal DataSet<T> Data { get; }

    internal int BatchSize { get; }

    /// <summary>The batch at a position: a copy of its rows.</summary>
    public Batch<T> this[int index]
    {
        get
        {
            var rows = Rows(index, new int[BatchSize]).Span;
            return new Batch<T>(Data.InputsOf(rows), Data.Targets.Pick(rows)) { Weights = Data.WeightsOf(rows), Rows = [.. rows] };
        }
    }

    /// <inheritdoc/>
    public IEnumerator<Batch<T>> GetEnumerator() => Enumerable.Range(0, Count).Select(index => this[index]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Whether the rows come in the order of the data set.</summary>
    internal bool IsInOrder => order is null;

    /// <summary>How many rows a batch has.</summary>
    internal int RowsIn(int index) => Math.Min(BatchSize, Data.Count - (index * BatchSize));

    /// <summary>The row numbers of a batch; the room is used where they are not already at hand.</summary>
    internal ReadOnlyMemory<int> Rows(int index, int[] room)
    {
        var start = index * BatchSize;
        var count = RowsIn(index);
        if (order is not null)
        {
            return order.AsMemory(start, count);
        }

        for (var i = 0; i < count; i++)
        {
            room[i] = start + i;
        }

        return room.AsMemory(0, count);
    }

    /// <summary>The inputs of a batch without a copy, where its rows lie one after the other in memory.</summary>
    internal Matrix<T>? View(int index) =>
        order is null ? Data.Inputs.Contiguous(index * BatchSize, RowsIn(index)) : null;
}
