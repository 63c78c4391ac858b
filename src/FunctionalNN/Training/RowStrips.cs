using System.Numerics;

namespace FunctionalNN;

/// <summary>
/// A large batch as strips of rows that the cache holds. Where rows know nothing of each other, forward, loss and backward of one strip after
/// the other, with the sums of the gradient going on, read the data once instead of once a product, and need memory for one
/// strip's activations instead of the batch's.
/// </summary>
internal sealed class RowStrips<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Rows in a strip. It decides the order of some sums, so it depends on nothing.</summary>
    public const int Rows = 1024;

    private Matrix<T>? inputs;
    private Batch<T>[] strips = [];
    private int[] rowNumbers = [];

    /// <summary>The strips of a batch, good until the next call: views of its inputs, copies of its targets.</summary>
    public ReadOnlySpan<Batch<T>> Of(Batch<T> batch)
    {
        if (!ReferenceEquals(batch.Inputs, inputs))
        {
            inputs = batch.Inputs;
            rowNumbers = [.. Enumerable.Range(0, inputs.Rows)];
            strips = [.. Enumerable.Range(0, (inputs.Rows + Rows - 1) / Rows).Select(strip => Strip(batch, strip * Rows))];
        }

        for (var i = 0; i < strips.Length; i++)
        {
            batch.Targets.PickInto(rowNumbers.AsSpan(i * Rows, strips[i].Inputs.Rows), strips[i].Targets);
        }

        return strips;
    }

    private static Batch<T> Strip(Batch<T> batch, int start)
    {
        var (rows, width) = (Math.Min(Rows, batch.Inputs.Rows - start), batch.Inputs.Columns);
        var inputs = batch.Gathered is null ? batch.Inputs.Block.Slice(start * width, rows * width) : default;
        return new Batch<T>(new Matrix<T>(inputs, rows, width), batch.Targets.Room(rows))
        {
            Gathered = batch.Gathered?.From(start),
            Weights = batch.Weights is null ? null : new Matrix<T>(batch.Weights.Block.Slice(start, rows), rows, 1),
        };
    }
}
