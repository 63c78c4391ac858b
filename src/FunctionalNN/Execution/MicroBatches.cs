using System.Numerics;

namespace FunctionalNN;

/// <summary>
/// A large batch as strips of rows that the cache holds. Where rows know nothing of each other, forward, loss and backward of one strip
/// after the other, or in narrow networks of one strip a thread, with the sums of the gradient going on, read the data once instead of once
/// a product, and need memory for these strips' activations instead of the batch's.
/// </summary>
internal sealed class MicroBatches<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>A batch of more rows goes by strips, and no strip has more.</summary>
    public const int MaxRows = 1024;

    /// <summary>Networks of at most this number of parameters take strips side by side.</summary>
    private const int MaxParametersSideBySide = 1 << 14;

    /// <summary>How much of the widest matrix of a strip a core's own cache is to hold, where a strip stays on one core.</summary>
    private const int NumbersOfAStrip = 1 << 18;

    private const int FewestRowsSideBySide = 128;

    private readonly int rows;
    private Matrix<T>? inputs;
    private Batch<T>[] strips = [];
    private int[] rowNumbers = [];

    /// <summary>The rows in a strip decide the order of some sums, so they depend on the network alone.</summary>
    public MicroBatches(NetworkPlan plan) =>
        rows = GoSideBySide(plan)
            ? Math.Clamp(NumbersOfAStrip / plan.Widths.Max() / FewestRowsSideBySide * FewestRowsSideBySide, FewestRowsSideBySide, MaxRows)
            : MaxRows;

    /// <summary>Whether the network is narrow enough for <see cref="ParallelMicroBatches{T}"/>.</summary>
    public static bool GoSideBySide(NetworkPlan plan) => plan.Parameters.Count <= MaxParametersSideBySide;

    /// <summary>The strips of a batch, good until the next call: views of its inputs, copies of its targets.</summary>
    public ReadOnlyMemory<Batch<T>> Of(Batch<T> batch)
    {
        if (!ReferenceEquals(batch.Inputs, inputs))
        {
            inputs = batch.Inputs;
            rowNumbers = [.. Enumerable.Range(0, inputs.Rows)];
            strips = [.. Enumerable.Range(0, (inputs.Rows + rows - 1) / rows).Select(strip => Strip(batch, strip * rows))];
        }

        for (var i = 0; i < strips.Length; i++)
        {
            batch.Targets.PickInto(rowNumbers.AsSpan(i * rows, strips[i].Inputs.Rows), strips[i].Targets);
        }

        return strips;
    }

    private Batch<T> Strip(Batch<T> batch, int start)
    {
        var (count, width) = (Math.Min(rows, batch.Inputs.Rows - start), batch.Inputs.Columns);
        var own = batch.Gathered is null ? batch.Inputs.Block.Slice(start * width, count * width) : default;
        return new Batch<T>(new Matrix<T>(own, count, width), batch.Targets.NewBuffer(count))
        {
            Gathered = batch.Gathered?.From(start),
            Weights = batch.Weights is null ? null : new Matrix<T>(batch.Weights.Block.Slice(start, count), count, 1),
        };
    }
}
