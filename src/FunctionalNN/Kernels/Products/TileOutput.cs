using System.Numerics;
using System.Runtime.CompilerServices;

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

    /// <summary>The bias of a column on, or null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T* BiasAt(nint column) => Bias == null ? null : Bias + column;

    /// <summary>The gate of a row from a column on, or null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T* GateAt(nint row, nint column) => Gate == null ? null : Gate + (row * Stride) + column;
}
