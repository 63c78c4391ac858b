using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalNN;

/// <summary>
/// What a product does with its finished sums while they are still in registers: C = s, or C += s (the chain goes on from what C
/// holds), then + bias, then max(·, 0), then, where there is a gate, · scale where the gate is positive and 0 elsewhere: the
/// gradient through a rectifier whose output the gate was.
/// </summary>
internal readonly unsafe struct TileOutput<T>(T* c, nint stride)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public nint Stride { get; } = stride;

    /// <summary>Whether the sums start from what C holds instead of 0.</summary>
    public bool Accumulates { get; init; }

    /// <summary>One number for each column, or null.</summary>
    public T* Bias { get; init; }

    public bool Rectifies { get; init; }

    /// <summary>A matrix of C's shape and stride, or null.</summary>
    public T* Gate { get; init; }

    /// <summary>What the gated sums are multiplied by.</summary>
    public T Scale { get; init; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T* At(nint row, nint column) => c + (row * Stride) + column;

    /// <summary>One row of a tile: two vectors, or one, of which the last has some columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store<TWidth>(Vector512<T> c0, Vector512<T> c1, nint row, nint column, int last)
        where TWidth : struct, INumber
    {
        if (TWidth.Value > 1)
        {
            Vector512.Store(Finish(c0, row, column), At(row, column));
            column += Lanes<T>.Count;
            c0 = c1;
        }

        c0 = Finish(c0, row, column);
        if (last == Lanes<T>.Count)
        {
            Vector512.Store(c0, At(row, column));
        }
        else
        {
            Lanes<T>.StoreFirst(c0, At(row, column), last);
        }
    }

    /// <summary>What lies behind the last column may be read, as every block is padded, and is not stored.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<T> Finish(Vector512<T> sum, nint row, nint column)
    {
        if (Bias != null)
        {
            sum += Vector512.Load(Bias + column);
        }

        if (Rectifies)
        {
            sum = Vector512.ConditionalSelect(Vector512.LessThanOrEqual(sum, Vector512<T>.Zero), Vector512<T>.Zero, sum);
        }

        if (Gate != null)
        {
            var gate = Vector512.Load(Gate + (row * Stride) + column);
            sum = Vector512.ConditionalSelect(Vector512.LessThanOrEqual(gate, Vector512<T>.Zero), Vector512<T>.Zero, sum * Vector512.Create(Scale));
        }

        return sum;
    }
}
