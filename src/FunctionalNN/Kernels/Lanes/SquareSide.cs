using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>A square of a matrix, a vector's side high and wide, of which some rows and some columns are there.</summary>
internal readonly unsafe struct SquareSide<T, L>(T* first, nint stride, int rows, int columns)
    where T : unmanaged, IFloatingPointIeee754<T>
    where L : struct, ILanes<L, T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Load(int row) =>
        row >= rows ? L.Zero : columns == L.Count ? L.Load(first + (row * stride)) : L.LoadFirst(first + (row * stride), columns);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(L values, int row)
    {
        if (row >= rows)
        {
            return;
        }

        if (columns == L.Count)
        {
            L.Store(values, first + (row * stride));
        }
        else
        {
            L.StoreFirst(values, first + (row * stride), columns);
        }
    }
}
