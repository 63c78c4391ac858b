using System.Numerics;

namespace FunctionalNN;

/// <summary>Some rows of another source, by reference.</summary>
internal sealed class PickedRows<T>(RowSource<T> source, int[] picked) : RowSource<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override int Count => picked.Length;

    public override int Width => source.Width;

    public override ImageSize? Image => source.Image;

    public override void Gather(ReadOnlySpan<int> rows, Span<T> destination)
    {
        const int Chunk = 64;
        Span<int> chunk = stackalloc int[Chunk];
        for (var start = 0; start < rows.Length; start += Chunk)
        {
            var count = Math.Min(Chunk, rows.Length - start);
            for (var i = 0; i < count; i++)
            {
                chunk[i] = picked[rows[start + i]];
            }

            source.Gather(chunk[..count], destination.Slice(start * Width, count * Width));
        }
    }

    internal override bool GivesColumns => source.GivesColumns;

    internal override unsafe void Gather(ReadOnlySpan<int> rows, int first, int count, int column, int columns, T* destination, nint stride)
    {
        const int Chunk = 64, Ahead = 12;
        Span<int> chunk = stackalloc int[Chunk + Ahead];
        for (var start = 0; start < count; start += Chunk)
        {
            var wanted = Math.Min(Chunk, count - start);
            var known = Math.Min(wanted + Ahead, rows.Length - first - start);
            for (var i = 0; i < known; i++)
            {
                chunk[i] = picked[rows[first + start + i]];
            }

            source.Gather(chunk[..known], 0, wanted, column, columns, destination + (start * stride), stride);
        }
    }
}
