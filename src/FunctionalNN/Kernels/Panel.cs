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
}
