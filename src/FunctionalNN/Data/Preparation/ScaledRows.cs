using System.Numerics;
using System.Numerics.Tensors;

namespace FunctionalNN;

/// <summary>The rows of another source, each column as (x − offset) · factor: computed when they are asked for.</summary>
/// <param name="source">The rows.</param>
/// <param name="offsets">What is taken off each column.</param>
/// <param name="factors">What each column is then multiplied by.</param>
/// <param name="exact">Offsets and spreads in double, where those of the element type would overflow or vanish; else null.</param>
internal sealed class ScaledRows<T>(RowSource<T> source, T[] offsets, T[] factors, (double[] Offsets, double[] Spreads)? exact)
    : RowSource<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override int Count => source.Count;

    public override int Width => source.Width;

    public override ImageSize? Image => source.Image;

    public override void Gather(ReadOnlySpan<int> rows, Span<T> destination)
    {
        source.Gather(rows, destination);
        for (var i = 0; i < rows.Length; i++)
        {
            var row = destination.Slice(i * Width, Width);
            if (exact is { } columns)
            {
                for (var column = 0; column < row.Length; column++)
                {
                    row[column] =
                        T.CreateSaturating((double.CreateTruncating(row[column]) - columns.Offsets[column]) / columns.Spreads[column]);
                }

                continue;
            }

            TensorPrimitives.Subtract(row, offsets, row);
            TensorPrimitives.Multiply(row, factors, row);
        }
    }
}
