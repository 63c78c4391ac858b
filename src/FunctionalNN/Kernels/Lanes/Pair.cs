using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>Two vectors side by side as one: the first has the lower lanes. A block of 64 bytes is one register of 512 bits, a pair of 256,
/// or a pair of pairs of 128.</summary>
internal readonly unsafe struct Pair<L, T>(L low, L high) : ILanes<Pair<L, T>, T>
    where L : struct, ILanes<L, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly L low = low;
    private readonly L high = high;

    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 2 * L.Count;
    }

    public static int TileHeight
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => L.TileHeight / 2;
    }

    public static bool IsSingle
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => L.IsSingle;
    }

    public static Pair<L, T> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(L.Zero, L.Zero);
    }

    public static Pair<L, T> One
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(L.One, L.One);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Pair<L, T>(Setting value) => new((L)value, (L)value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Pair<L, T>(double value) => new((L)value, (L)value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<L, T> Of(T value) => new(L.Of(value), L.Of(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<L, T> operator +(Pair<L, T> a, Pair<L, T> b) => new(a.low + b.low, a.high + b.high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<L, T> operator -(Pair<L, T> a, Pair<L, T> b) => new(a.low - b.low, a.high - b.high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<L, T> operator *(Pair<L, T> a, Pair<L, T> b) => new(a.low * b.low, a.high * b.high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<L, T> operator /(Pair<L, T> a, Pair<L, T> b) => new(a.low / b.low, a.high / b.high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<L, T> operator &(Pair<L, T> a, Pair<L, T> b) => new(a.low & b.low, a.high & b.high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<L, T> operator |(Pair<L, T> a, Pair<L, T> b) => new(a.low | b.low, a.high | b.high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<L, T> operator ^(Pair<L, T> a, Pair<L, T> b) => new(a.low ^ b.low, a.high ^ b.high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<L, T> operator -(Pair<L, T> x) => new(-x.low, -x.high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<L, T> operator ~(Pair<L, T> x) => new(~x.low, ~x.high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<L, T> MultiplyAdd(Pair<L, T> a, Pair<L, T> b, Pair<L, T> c) =>
        new(L.MultiplyAdd(a.low, b.low, c.low), L.MultiplyAdd(a.high, b.high, c.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAddRow(T* a, Pair<L, T> b0, Pair<L, T> b1, bool isWide, ref Pair<L, T> c0, ref Pair<L, T> c1)
    {
        c0 = MultiplyAdd(Of(*a), b0, c0);
        c1 = isWide ? MultiplyAdd(Of(*a), b1, c1) : c1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadRow(T* source, bool isWide, out Pair<L, T> c0, out Pair<L, T> c1)
    {
        c0 = Load(source);
        c1 = isWide ? Load(source + Count) : default;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreRow(Pair<L, T> c0, Pair<L, T> c1, bool isWide, T* destination, T* bias, bool rectifies, T* gate, T scale)
    {
        L.StoreRow(c0.low, c0.high, true, destination, bias, rectifies, gate, scale);
        if (isWide)
        {
            L.StoreRow(c1.low, c1.high, true, destination + Count, bias == null ? null : bias + Count, rectifies,
                gate == null ? null : gate + Count, scale);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<L, T> Abs(Pair<L, T> x) => new(L.Abs(x.low), L.Abs(x.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<L, T> Sqrt(Pair<L, T> x) => new(L.Sqrt(x.low), L.Sqrt(x.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<L, T> IfLess(Pair<L, T> a, Pair<L, T> b, Pair<L, T> then, Pair<L, T> otherwise) =>
        new(L.IfLess(a.low, b.low, then.low, otherwise.low), L.IfLess(a.high, b.high, then.high, otherwise.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<L, T> IfLessOrEqual(Pair<L, T> a, Pair<L, T> b, Pair<L, T> then, Pair<L, T> otherwise) =>
        new(L.IfLessOrEqual(a.low, b.low, then.low, otherwise.low), L.IfLessOrEqual(a.high, b.high, then.high, otherwise.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<L, T> IfEqual(Pair<L, T> a, Pair<L, T> b, Pair<L, T> then, Pair<L, T> otherwise) =>
        new(L.IfEqual(a.low, b.low, then.low, otherwise.low), L.IfEqual(a.high, b.high, then.high, otherwise.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<L, T> LessThan(Pair<L, T> a, Pair<L, T> b) => new(L.LessThan(a.low, b.low), L.LessThan(a.high, b.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<L, T> LessThanOrEqual(Pair<L, T> a, Pair<L, T> b) =>
        new(L.LessThanOrEqual(a.low, b.low), L.LessThanOrEqual(a.high, b.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<L, T> EqualTo(Pair<L, T> a, Pair<L, T> b) => new(L.EqualTo(a.low, b.low), L.EqualTo(a.high, b.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<L, T> Select(Pair<L, T> mask, Pair<L, T> then, Pair<L, T> otherwise) =>
        new(L.Select(mask.low, then.low, otherwise.low), L.Select(mask.high, then.high, otherwise.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AllEqual(Pair<L, T> a, Pair<L, T> b) => L.AllEqual(a.low, b.low) && L.AllEqual(a.high, b.high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int CountOf(Pair<L, T> mask) => L.CountOf(mask.low) + L.CountOf(mask.high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Element(Pair<L, T> x, int lane) => lane < L.Count ? L.Element(x.low, lane) : L.Element(x.high, lane - L.Count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Pair<L, T> x) => L.Sum(x.low + x.high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<L, T> PowerOfTwo(Pair<L, T> shifted, int offset) =>
        new(L.PowerOfTwo(shifted.low, offset), L.PowerOfTwo(shifted.high, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<L, T> Exponent(Pair<L, T> x) => new(L.Exponent(x.low), L.Exponent(x.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<L, T> Mantissa(Pair<L, T> x) => new(L.Mantissa(x.low), L.Mantissa(x.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<L, T> UpperBits(Pair<L, T> x) => new(L.UpperBits(x.low), L.UpperBits(x.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<L, T> Load(T* source) => new(L.Load(source), L.Load(source + L.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Pair<L, T> value, T* destination)
    {
        L.Store(value.low, destination);
        L.Store(value.high, destination + L.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<L, T> LoadFirst(T* source, int count) =>
        new(L.LoadFirst(source, count), L.LoadFirst(source + L.Count, count - L.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFirst(Pair<L, T> value, T* destination, int count)
    {
        L.StoreFirst(value.low, destination, count);
        L.StoreFirst(value.high, destination + L.Count, count - L.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<L, T> First(int count) => new(L.First(count), L.First(count - L.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<L, T> FromBytes(byte* source) => new(L.FromBytes(source), L.FromBytes(source + L.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<L, T> FromFloats(float* source) => new(L.FromFloats(source), L.FromFloats(source + L.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<L, T> RandomBits(uint position, ulong key) =>
        new(L.RandomBits(position, key), L.RandomBits(position + (uint)L.Count, key));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<L, T> BitsAtLeast(Pair<L, T> bits, uint least) =>
        new(L.BitsAtLeast(bits.low, least), L.BitsAtLeast(bits.high, least));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<L, T> LoadQuarters(T* source, nint stride) =>
        new(L.LoadQuarters(source, stride), L.LoadQuarters(source + (L.Count * sizeof(T) / 16 * stride), stride));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<L, T> SpreadNumbers(T* source, nint stride) =>
        new(L.SpreadNumbers(source, stride), L.SpreadNumbers(source + (L.Count * sizeof(T) / 16 * stride), stride));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<L, T> SpreadWithin(Pair<L, T> x, int i) => new(L.SpreadWithin(x.low, i), L.SpreadWithin(x.high, i));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreQuarters(Pair<L, T> x, T* destination, nint stride)
    {
        L.StoreQuarters(x.low, destination, stride);
        L.StoreQuarters(x.high, destination + (L.Count * sizeof(T) / 16 * stride), stride);
    }

    public static void Transpose(T* source, nint sourceStride, T* destination, nint destinationStride, int height, int width) =>
        Transposition.Run<T, L>(source, sourceStride, destination, destinationStride, height, width);
}
