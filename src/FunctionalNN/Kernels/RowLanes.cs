using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>Turns a few short rows into vectors, one for each column with a row in each lane, and back. Lanes without a row are 0.</summary>
internal static unsafe class RowLanes<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Load(T* rows, T* room, int lanes, int columns)
    {
        if (lanes < Lanes<T>.Count)
        {
            new Span<T>(room, columns * Lanes<T>.Count).Clear();
        }

        for (var lane = 0; lane < lanes; lane++)
        {
            for (var column = 0; column < columns; column++)
            {
                room[(column * Lanes<T>.Count) + lane] = rows[((nint)lane * columns) + column];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Store(T* room, T* rows, int lanes, int columns)
    {
        for (var lane = 0; lane < lanes; lane++)
        {
            for (var column = 0; column < columns; column++)
            {
                rows[((nint)lane * columns) + column] = room[(column * Lanes<T>.Count) + lane];
            }
        }
    }
}
