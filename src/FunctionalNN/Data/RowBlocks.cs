using System.Numerics;

namespace FunctionalNN;

/// <summary>Rows that need not fit into memory, some at a time, in order.</summary>
internal static class RowBlocks
{
    private const int MaxRows = 1024;

    /// <summary>Each block with the number of its first row.</summary>
    public static IEnumerable<(int First, Matrix<T> Rows)> Of<T>(RowSource<T> source)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var start = 0; start < source.Count; start += MaxRows)
        {
            int[] rows = [.. Enumerable.Range(start, Math.Min(MaxRows, source.Count - start))];
            var block = Block<T>.Allocate(MatrixSize.Of<T>(rows.Length, source.Width));
            source.Gather(rows, block.Span);
            yield return (start, new Matrix<T>(block, rows.Length, source.Width));
        }
    }
}
