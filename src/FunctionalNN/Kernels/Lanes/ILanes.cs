using System.Numerics;

namespace FunctionalNN;

/// <summary>
/// A vector as kernels see it, whatever its width: kernels are generic methods over it, and the compiler makes each for the width that the
/// processor has. Multiply-add is fused explicitly, never left to the compiler. A mask is a vector with all bits of a lane set or none.
/// </summary>
/// <remarks>
/// <see cref="Lanes512{T}"/>, <see cref="Lanes256{T}"/> and <see cref="Lanes128{T}"/> are one register; <see cref="Pair{L, T}"/> is two
/// vectors side by side. Where numbers are added up across lanes, the kernel is given a block of 64 bytes, made of as many registers as
/// that takes: so the order of the sum, and every bit of it, is the same at every width. See <see cref="LaneWidth{T}"/>.
/// </remarks>
/// <typeparam name="L">The vector itself.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
internal unsafe interface ILanes<L, T> : IReal<L>, IBitwiseOperators<L, L, L>
    where L : struct, ILanes<L, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Numbers in a vector.</summary>
    static abstract int Count { get; }

    /// <summary>The height of a tile whose sums stay in the registers that there are, with two vectors a row.</summary>
    static abstract int TileHeight { get; }

    static abstract L Zero { get; }

    static abstract L One { get; }

    /// <summary>The number in every lane.</summary>
    static abstract L Of(T value);

    static abstract L Load(T* source);

    static abstract void Store(L value, T* destination);

    /// <summary>The first count numbers at an address and zeros behind them; nothing else is read.</summary>
    static abstract L LoadFirst(T* source, int count);

    /// <summary>Writes the first count numbers of a vector and nothing else.</summary>
    static abstract void StoreFirst(L value, T* destination, int count);

    /// <summary>The mask of the first count lanes; all where count is greater, none where it is below 0.</summary>
    static abstract L First(int count);

    static abstract L LessThan(L a, L b);

    static abstract L LessThanOrEqual(L a, L b);

    static abstract L EqualTo(L a, L b);

    /// <summary>Bits of <paramref name="then"/> where the mask has them set, else of <paramref name="otherwise"/>.</summary>
    static abstract L Select(L mask, L then, L otherwise);

    /// <summary>Whether a = b in all lanes.</summary>
    static abstract bool AllEqual(L a, L b);

    /// <summary>The lanes in which a mask is set.</summary>
    static abstract int CountOf(L mask);

    static abstract T Element(L x, int lane);

    /// <summary>The sum of all lanes, put together in halves: the lower half plus the upper one, until four numbers (two doubles) are
    /// left.</summary>
    static abstract T Sum(L x);

    /// <summary>c₀ += a·b₀ and, where a row is wide, c₁ += a·b₁, each rounded once: one operation, so that the compiler has fewer of them
    /// to inline.</summary>
    static abstract void MultiplyAddRow(T* a, L b0, L b1, bool isWide, ref L c0, ref L c1);

    /// <summary>The sums of a tile's row, of two vectors or one.</summary>
    static abstract void LoadRow(T* source, bool isWide, out L c0, out L c1);

    /// <summary>
    /// What a tile does with a row's finished sums, two vectors or one: + bias, max(·, 0), · scale where the gate is positive and 0
    /// elsewhere, and stored. Null pointers leave a step out. One operation, for the same reason.
    /// </summary>
    static abstract void StoreRow(L c0, L c1, bool isWide, T* destination, T* bias, bool rectifies, T* gate, T scale);

    /// <summary>The next Count bytes as numbers.</summary>
    static abstract L FromBytes(byte* source);

    /// <summary>The next Count floats, as they are or as doubles.</summary>
    static abstract L FromFloats(float* source);

    /// <summary>32 random bits for each position from <paramref name="position"/> on, a function of key and position, as numbers from 0 up
    /// to 2³² in the bits of each lane.</summary>
    static abstract L RandomBits(uint position, ulong key);

    /// <summary>The mask of lanes whose bits, as a whole number, are <paramref name="least"/> or more.</summary>
    static abstract L BitsAtLeast(L bits, uint least);

    /// <summary>The upper 23 of 32 random bits as a whole number.</summary>
    static abstract L UpperBits(L bits);

    /// <summary>Four numbers (in double two) of each of as many rows as the vector has room for, one row after the other.</summary>
    static abstract L LoadQuarters(T* source, nint stride);

    /// <summary>One number of each of as many rows, four times (in double twice).</summary>
    static abstract L SpreadNumbers(T* source, nint stride);

    /// <summary>In each quarter, its number i in all places.</summary>
    static abstract L SpreadWithin(L x, int i);

    /// <summary>Writes each quarter to a row of its own, whole.</summary>
    static abstract void StoreQuarters(L x, T* destination, nint stride);

    /// <summary>destination[j, i] = source[i, j] for a square of Count × Count numbers, of which height rows and width columns are
    /// there.</summary>
    static abstract void Transpose(T* source, nint sourceStride, T* destination, nint destinationStride, int height, int width);
}
