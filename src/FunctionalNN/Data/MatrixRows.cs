using System.Numerics;

namespace FunctionalNN;

/// <summary>The rows of a matrix.</summary>
/// <param name="matrix">The rows.</param>
/// <param name="image">The images that they are, if any.</param>
internal sealed class MatrixRows<T>(Matrix<T> matrix, ImageSize? image = null) : RowSource<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override int Count => matrix.Rows;

    public override int Width => matrix.Columns;

    public override ImageSize? Image => image;

    public override void Gather(ReadOnlySpan<int> rows, Span<T> destination)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            if (i + 1 < rows.Length)
            {
                Prefetching.Of(matrix.Row(rows[i + 1]));
            }

            matrix.Row(rows[i]).CopyTo(destination.Slice(i * Width, Width));
        }
    }

    internal override Matrix<T> Contiguous(int start, int count) =>
        new(matrix.Block.Slice(start * Width, count * Width), count, Width);
}
