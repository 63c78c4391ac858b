using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalNN;

/// <summary>Copies a narrow stretch of a matrix' columns so that its rows lie one after the other.</summary>
internal static unsafe class Panel
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Copy<T>(T* source, nint sourceStride, T* panel, nint panelStride, int rows, int width)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var row = 0; row < rows; row++)
        {
            if (width == 2 * Lanes<T>.Count)
            {
                Vector512.Store(Vector512.Load(source), panel);
                Vector512.Store(Vector512.Load(source + Lanes<T>.Count), panel + Lanes<T>.Count);
            }
            else
            {
                for (var column = 0; column < width; column += Lanes<T>.Count)
                {
                    var count = Math.Min(Lanes<T>.Count, width - column);
                    Lanes<T>.StoreFirst(Lanes<T>.LoadFirst(source + column, count), panel + column, count);
                }
            }

            source += sourceStride;
            panel += panelStride;
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
        for (nint p = 0; p < depth; p++)
        {
            for (var strip = 0; strip < count; strip++)
            {
                var from = source + (p * sourceStride) + (strip * Tile<T>.Height);
                var to = strips + (((nint)strip * depth) + p) * Tile<T>.Height;
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
            }
        }
    }
}
