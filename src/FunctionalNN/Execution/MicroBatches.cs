using System.Numerics;

namespace FunctionalNN;

/// <summary>
/// A large batch as micro-batches that the cache holds. Where rows are independent, forward, loss and backward of one micro-batch after the
/// other, or in narrow networks of one micro-batch a thread, with gradients accumulated, read the data once instead of once a product, and
/// need memory for these micro-batches' activations instead of the batch's.
/// </summary>
internal sealed class MicroBatches<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>A batch of more rows goes by micro-batches, and none of them has more.</summary>
    public const int MaxRows = 1024;

    /// <summary>Networks of at most this number of parameters compute micro-batches in parallel.</summary>
    private const int MaxParametersInParallel = 1 << 14;

    /// <summary>How much of a micro-batch's widest matrix a core's own cache is to hold, where a micro-batch stays on one core.</summary>
    private const int NumbersOfAMicroBatch = 1 << 18;

    private const int MinRowsInParallel = 128;

    private readonly int rows;
    private Matrix<T>? inputs;
    private BatchBuffer<T>[] parts = [];
    private int[] rowNumbers = [];

    /// <summary>The rows of a micro-batch decide the order of some sums, so they depend on the network alone.</summary>
    public MicroBatches(NetworkPlan plan) =>
        rows = AreParallel(plan)
            ? Math.Clamp(NumbersOfAMicroBatch / plan.Widths.Max() / MinRowsInParallel * MinRowsInParallel, MinRowsInParallel, MaxRows)
            : MaxRows;

    /// <summary>Whether the network is narrow enough for <see cref="ParallelMicroBatches{T}"/>.</summary>
    public static bool AreParallel(NetworkPlan plan) => plan.Parameters.Count <= MaxParametersInParallel;

    /// <summary>The micro-batches of a batch, good until the next call: views of its inputs, copies of its targets.</summary>
    public ReadOnlyMemory<BatchBuffer<T>> Of(in BatchBuffer<T> batch)
    {
        if (!ReferenceEquals(batch.Inputs, inputs))
        {
            inputs = batch.Inputs;
            rowNumbers = [.. Enumerable.Range(0, inputs.Rows)];
            parts = new BatchBuffer<T>[(inputs.Rows + rows - 1) / rows];
            for (var i = 0; i < parts.Length; i++)
            {
                parts[i] = PartOf(batch, i * rows);
            }
        }

        for (var i = 0; i < parts.Length; i++)
        {
            batch.Targets.PickInto(rowNumbers.AsSpan(i * rows, parts[i].Inputs.Rows), parts[i].Targets);
        }

        return parts;
    }

    private BatchBuffer<T> PartOf(in BatchBuffer<T> batch, int start)
    {
        var (count, width) = (Math.Min(rows, batch.Inputs.Rows - start), batch.Inputs.Columns);
        var own = batch.Gathered is null ? batch.Inputs.Block.Slice(start * width, count * width) : default;
        return new BatchBuffer<T>(new Matrix<T>(own, count, width), batch.Targets.NewBuffer(count))
        {
            Gathered = batch.Gathered?.From(start),
            Weights = batch.Weights is null ? null : new Matrix<T>(batch.Weights.Block.Slice(start, count), count, 1),
        };
    }
}

/// <summary>Which part of a batch some rows are: the default is all of it.</summary>
/// <param name="BatchRows">The rows of the whole batch; 0 when they are all here.</param>
/// <param name="Number">How many micro-batches come before.</param>
/// <param name="Order">Where micro-batches are computed in parallel: when each may add to the gradient.</param>
internal readonly record struct MicroBatch(int BatchRows, int Number, AccumulationOrder? Order);
