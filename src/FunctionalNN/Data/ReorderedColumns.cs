using System.Buffers;
using System.Numerics;

namespace FunctionalNN;

/// <summary>The rows of another source with their columns in another order: copied when they are asked for.</summary>
/// <param name="source">The rows.</param>
/// <param name="columns">For each column the one of the source that it is.</param>
internal sealed class ReorderedColumns<T>(RowSource<T> source, int[] columns) : RowSource<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override int Count => source.Count;

    public override int Width => source.Width;

    public override void Gather(ReadOnlySpan<int> rows, Span<T> destination)
    {
        source.Gather(rows, destination);
        var room = ArrayPool<T>.Shared.Rent(columns.Length);
        var row = room.AsSpan(0, columns.Length);
        for (var i = 0; i < rows.Length; i++)
        {
            var numbers = destination.Slice(i * columns.Length, columns.Length);
            numbers.CopyTo(row);
            for (var column = 0; column < columns.Length; column++)
            {
                numbers[column] = row[columns[column]];
            }
        }

        ArrayPool<T>.Shared.Return(room);
    }
}
