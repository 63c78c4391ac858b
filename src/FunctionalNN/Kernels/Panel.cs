using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalNN;

/// <summary>Copies parts of a matrix into the order in which tiles read them.</summary>
internal static unsafe class Panel
{
    /// <summary>So many rows before they are needed they are asked for: rows lie too far apart for the hardware to see them coming.</summary>
    private const int RowsAhead = 24;

    /// <summary>
    /// Columns of a matrix as panels of a tile's width, one behind the other, in each of which row follows row. The last may be narrower: what lies behind
    /// its columns stays as it was.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Copy<T>(T* source, nint sourceStride, T* panels, int rows, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var width = Tile<T>.Width * Lanes<T>.Count;
        for (nint row = 0; row < rows; row++, source += sourceStride)
        {
            T* from = source, to = panels + (row * width);
            var left = columns;
            for (; left >= width; left -= width)
            {
                Vector512.Store(Vector512.Load(from), to);
                Vector512.Store(Vector512.Load(from + Lanes<T>.Count), to + Lanes<T>.Count);
                from += width;
                to += (nint)rows * width;
            }

            for (; left > 0; left -= Lanes<T>.Count)
            {
                var count = Math.Min(Lanes<T>.Count, left);
                Lanes<T>.StoreFirst(Lanes<T>.LoadFirst(from, count), to, count);
                from += Lanes<T>.Count;
                to += Lanes<T>.Count;
            }
        }
    }

    /// <summary>
    /// Columns of a matrix as strips of a tile's height: number i of row p of a strip at p·height + i. A whole vector is written for each, the
    /// numbers behind a strip's row to be overwritten by its next.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void CopyStrips<T>(T* source, nint sourceStride, T* strips, int depth, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (nint p = 0; p < depth; p++, source += sourceStride, strips += Tile<T>.Height)
        {
            if (p + RowsAhead < depth)
            {
                Prefetching.Of(new ReadOnlySpan<T>(source + (RowsAhead * sourceStride), count * Tile<T>.Height));
            }

            T* from = source, to = strips;
            for (var strip = 0; strip < count; strip++)
            {
                if (sizeof(T) == sizeof(float) && p < depth - 1)
                {
                    Vector512.Store(Vector512.Load(from), to);
                }
                else
                {
                    for (var i = 0; i < Tile<T>.Height; i++)
                    {
                        to[i] = from[i];
                    }
                }

                from += Tile<T>.Height;
                to += (nint)depth * Tile<T>.Height;
            }
        }
    }
}
