using System.Collections;
using System.Collections.Immutable;
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
    private readonly ImmutableArray<Augmentation> augmentations;
    private readonly Key key;

    internal Epoch(DataSet<T> data, int batchSize, int[]? order, ImmutableArray<Augmentation> augmentations, Key key)
    {
        Data = data;
        BatchSize = Math.Min(batchSize, Math.Max(1, data.Count));
        this.order = order;
        this.augmentations = augmentations;
        this.key = key;
        Count = (data.Count + BatchSize - 1) / BatchSize;
    }

    /// <summary>The same batches of the same rows, whose columns or classes are in another order.</summary>
    internal Epoch<T> Over(DataSet<T> data) =>
        ReferenceEquals(data, Data) ? this : new Epoch<T>(data, BatchSize, order, augmentations, key);

    /// <summary>The number of batches.</summary>
    public int Count { get; }

    internal DataSet<T> Data { get; }

    internal int BatchSize { get; }

    /// <summary>Whether rows are changed at random when they are read.</summary>
    internal bool IsAugmented => !augmentations.IsEmpty;

    /// <summary>About how long it takes to read one number.</summary>
    internal double NanosecondsEach => 0.15 + (4 * augmentations.Length);

    /// <summary>The batch at a position: a copy of its rows.</summary>
    public Batch<T> this[int index]
    {
        get
        {
            var rows = Rows(index, new int[BatchSize]).Span;
            var inputs = Data.InputsOf(rows);
            Augment(rows, inputs.Block.Span);
            return new Batch<T>(inputs, Data.Targets.Pick(rows))
            {
                Weights = Data.WeightsOf(rows),
                Rows = [.. rows],
                InputNames = Data.InputNames,
                Lineage = Data.Lineage,
            };
        }
    }

    /// <inheritdoc/>
    public IEnumerator<Batch<T>> GetEnumerator() => Enumerable.Range(0, Count).Select(index => this[index]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>How many batches of how many rows, and in which order.</summary>
    public override string ToString() => $"{Count} batches of {BatchSize} from {Data.Count} rows, {(IsInOrder ? "in order" : "shuffled")}";

    /// <summary>Whether the rows come in the order of the data set.</summary>
    internal bool IsInOrder => order is null;

    /// <summary>How many rows a batch has.</summary>
    internal int RowsIn(int index) => Math.Min(BatchSize, Data.Count - (index * BatchSize));

    /// <summary>The row numbers of a batch; the buffer is used where they are not already at hand.</summary>
    internal ReadOnlyMemory<int> Rows(int index, int[] buffer)
    {
        var start = index * BatchSize;
        var count = RowsIn(index);
        if (order is not null)
        {
            return order.AsMemory(start, count);
        }

        for (var i = 0; i < count; i++)
        {
            buffer[i] = start + i;
        }

        return buffer.AsMemory(0, count);
    }

    /// <summary>Changes rows of inputs at random, each by a key of its own number.</summary>
    internal void Augment(ReadOnlySpan<int> rows, Span<T> inputs)
    {
        for (var i = 0; IsAugmented && i < rows.Length; i++)
        {
            var own = key.Fold(rows[i]);
            var row = inputs.Slice(i * Data.Inputs.Width, Data.Inputs.Width);
            for (var step = 0; step < augmentations.Length; step++)
            {
                augmentations[step].Apply(own.Fold(step), row);
            }
        }
    }

    /// <summary>The inputs of a batch without a copy, where its rows lie one after the other in memory.</summary>
    internal Matrix<T>? View(int index) =>
        order is null && !IsAugmented ? Data.Inputs.Contiguous(index * BatchSize, RowsIn(index)) : null;
}
