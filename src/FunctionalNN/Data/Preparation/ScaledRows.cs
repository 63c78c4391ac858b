using System.Numerics;
using System.Numerics.Tensors;

namespace FunctionalNN;

/// <summary>The rows of another source, each column as (x − offset) · factor: computed when they are asked for.</summary>
internal sealed class ScaledRows<T>(RowSource<T> source, T[] offsets, T[] factors) : RowSource<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override int Count => source.Count;

    public override int Width => source.Width;

    public override void Gather(ReadOnlySpan<int> rows, Span<T> destination)
    {
        source.Gather(rows, destination);
        for (var i = 0; i < rows.Length; i++)
        {
            var row = destination.Slice(i * Width, Width);
            TensorPrimitives.Subtract(row, offsets, row);
            TensorPrimitives.Multiply(row, factors, row);
        }
    }
}
