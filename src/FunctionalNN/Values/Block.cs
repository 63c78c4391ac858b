using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>
/// A run of numbers inside an array: the storage of matrices and vectors. Every array that a block lies in ends in
/// <see cref="Padding"/> spare elements, so that a kernel may load a whole vector at the last element.
/// </summary>
internal readonly struct Block<T>(T[] array, int offset, int length)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>One vector of 512 bits, in elements of the smallest type.</summary>
    public const int Padding = 16;

    private const int CacheLine = 64;

    public T[] Array { get; } = array;

    public int Offset { get; } = offset;

    public int Length { get; } = length;

    public Span<T> Span => new(Array, Offset, Length);

    /// <summary>A part that shares this block's storage.</summary>
    public Block<T> Slice(int start, int count) => new(Array, Offset + start, count);

    /// <summary>Zeros, or, for a caller that writes every element, whatever the memory held.</summary>
    public static Block<T> Allocate(int length, bool zeroed = true)
    {
        var size = checked(length + Padding);
        var array = zeroed ? new T[size] : GC.AllocateUninitializedArray<T>(size);
        return new Block<T>(array, 0, length);
    }

    /// <summary>Room for a caller that writes every element; the padding is zeros.</summary>
    public static Block<T> AllocateForWriting(int length)
    {
        var block = Allocate(length, zeroed: false);
        block.Array.AsSpan(length).Clear();
        return block;
    }

    public static Block<T> CopyOf(ReadOnlySpan<T> values)
    {
        var block = AllocateForWriting(values.Length);
        values.CopyTo(block.Span);
        return block;
    }

    /// <summary>
    /// Numbers that start at a cache line and stay there: for what one training run reads and writes many times. Zeros, or, for a caller
    /// that writes every element, whatever the memory held; the padding is zeros.
    /// </summary>
    public static unsafe Block<T> AllocatePinned(int length, bool zeroed = true)
    {
        var spare = CacheLine / sizeof(T);
        var size = checked(length + Padding + spare);
        var array = zeroed ? GC.AllocateArray<T>(size, pinned: true) : GC.AllocateUninitializedArray<T>(size, pinned: true);
        array.AsSpan(length).Clear();
        var address = (nuint)Unsafe.AsPointer(ref array[0]);
        var offset = (int)((CacheLine - (address % CacheLine)) % CacheLine) / sizeof(T);
        return new Block<T>(array, offset, length);
    }
}
