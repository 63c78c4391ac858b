using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>Copies parts of a matrix into the order in which tiles read them.</summary>
internal static unsafe class Panel
{
    /// <summary>So many rows before they are needed they are asked for: rows lie too far apart for the hardware to see them
    /// coming.</summary>
    private const int RowsAhead = 24;

    /// <summary>
    /// Columns of a matrix as panels of a tile's width, one behind the other, in each of which row follows row. The last may be narrower:
    /// what lies behind its columns stays as it was.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Copy<T, L>(T* source, nint sourceStride, T* panels, int rows, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
        where L : struct, ILanes<L, T>
    {
        var width = TileSizes<T, L>.PanelWidth;
        for (nint row = 0; row < rows; row++, source += sourceStride)
        {
            T* from = source, to = panels + (row * width);
            var left = columns;
            for (; left >= width; left -= width)
            {
                L.Store(L.Load(from), to);
                L.Store(L.Load(from + L.Count), to + L.Count);
                from += width;
                to += (nint)rows * width;
            }

            for (; left > 0; left -= L.Count)
            {
                L.StoreFirst(L.LoadFirst(from, left), to, left);
                from += L.Count;
                to += L.Count;
            }
        }
    }

    /// <summary>
    /// Columns of a matrix as strips of a tile's height: number i of row p of a strip at p·height + i. Whole vectors are written for each,
    /// the numbers behind a strip's row to be overwritten by its next.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void CopyStrips<T, L>(T* source, nint sourceStride, T* strips, int depth, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
        where L : struct, ILanes<L, T>
    {
        for (nint p = 0; p < depth; p++, source += sourceStride, strips += L.TileHeight)
        {
            if (p + RowsAhead < depth)
            {
                Prefetching.Of(new ReadOnlySpan<T>(source + (RowsAhead * sourceStride), count * L.TileHeight));
            }

            T* from = source, to = strips;
            for (var strip = 0; strip < count; strip++)
            {
                if (L.Count >= L.TileHeight && p < depth - 1)
                {
                    L.Store(L.Load(from), to);
                }
                else
                {
                    for (var i = 0; i < L.TileHeight; i += L.Count)
                    {
                        L.StoreFirst(L.LoadFirst(from + i, L.TileHeight - i), to + i, L.TileHeight - i);
                    }
                }

                from += L.TileHeight;
                to += (nint)depth * L.TileHeight;
            }
        }
    }
}
