using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>destination[j, i] = source[i, j], in squares of one vector's side.</summary>
internal static unsafe class Transposition
{
    /// <summary>Up to this number of rows or columns go number by number.</summary>
    private static int Few(int side) => Math.Min(4, side / 2);

    /// <summary>Rows of the source become columns of the destination.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<T, L>(T* source, nint sourceStride, T* destination, nint destinationStride, int rows, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
        where L : struct, ILanes<L, T>
    {
        var side = L.Count;
        for (var row = 0; row < rows; row += side)
        {
            var height = Math.Min(side, rows - row);
            for (var column = 0; column < columns; column += side)
            {
                var width = Math.Min(side, columns - column);
                var (from, to) = ((nint)(source + (row * sourceStride) + column), (nint)(destination + (column * destinationStride) + row));
                if (width > Few(L.Count) && height > Few(L.Count))
                {
                    L.Transpose((T*)from, sourceStride, (T*)to, destinationStride, height, width);
                }
                else
                {
                    Numbers((T*)from, sourceStride, (T*)to, destinationStride, height, width);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Numbers<T>(T* source, nint sourceStride, T* destination, nint destinationStride, int height, int width)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var j = 0; j < width; j++)
        {
            var (from, to) = ((nint)(source + j), (nint)(destination + (j * destinationStride)));
            for (var i = 0; i < height; i++)
            {
                *(T*)to = *(T*)from;
                from += sourceStride * sizeof(T);
                to += sizeof(T);
            }
        }
    }
}
