using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalNN;

/// <summary>A register of 128 bits: 4 floats or 2 doubles. Arithmetic, comparisons and masks.</summary>
internal readonly unsafe partial struct Lanes128<T>(Vector128<T> value) : ILanes<Lanes128<T>, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Vector128<T> value = value;

    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128<T>.Count;
    }

    public static bool IsSingle
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) == typeof(float);
    }

    public static Lanes128<T> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector128<T>.Zero);
    }

    public static Lanes128<T> One
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector128<T>.One);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Lanes128<T>(Setting value) =>
        new(typeof(T) == typeof(float) ? Vector128.Create(value.Single).As<float, T>() : Vector128.Create(value.Double).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Lanes128<T>(double value) =>
        new(typeof(T) == typeof(float) ? Vector128.Create((float)value).As<float, T>() : Vector128.Create(value).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Of(T value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator +(Lanes128<T> a, Lanes128<T> b) => new(a.value + b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator -(Lanes128<T> a, Lanes128<T> b) => new(a.value - b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator *(Lanes128<T> a, Lanes128<T> b) => new(a.value * b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator /(Lanes128<T> a, Lanes128<T> b) => new(a.value / b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator &(Lanes128<T> a, Lanes128<T> b) => new(a.value & b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator |(Lanes128<T> a, Lanes128<T> b) => new(a.value | b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator ^(Lanes128<T> a, Lanes128<T> b) => new(a.value ^ b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator -(Lanes128<T> x) => new(-x.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator ~(Lanes128<T> x) => new(~x.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> MultiplyAdd(Lanes128<T> a, Lanes128<T> b, Lanes128<T> c) => new(typeof(T) == typeof(float)
        ? Vector128.FusedMultiplyAdd(a.value.AsSingle(), b.value.AsSingle(), c.value.AsSingle()).As<float, T>()
        : Vector128.FusedMultiplyAdd(a.value.AsDouble(), b.value.AsDouble(), c.value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAddRow(T* a, Lanes128<T> b0, Lanes128<T> b1, bool isWide, ref Lanes128<T> c0, ref Lanes128<T> c1)
    {
        if (typeof(T) == typeof(float))
        {
            var x = Vector128.Create(*(float*)a);
            c0 = new(Vector128.FusedMultiplyAdd(x, b0.value.AsSingle(), c0.value.AsSingle()).As<float, T>());
            c1 = isWide ? new(Vector128.FusedMultiplyAdd(x, b1.value.AsSingle(), c1.value.AsSingle()).As<float, T>()) : c1;
        }
        else
        {
            var x = Vector128.Create(*(double*)a);
            c0 = new(Vector128.FusedMultiplyAdd(x, b0.value.AsDouble(), c0.value.AsDouble()).As<double, T>());
            c1 = isWide ? new(Vector128.FusedMultiplyAdd(x, b1.value.AsDouble(), c1.value.AsDouble()).As<double, T>()) : c1;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadRow(T* source, bool isWide, out Lanes128<T> c0, out Lanes128<T> c1)
    {
        c0 = new(Vector128.Load(source));
        c1 = isWide ? new(Vector128.Load(source + Vector128<T>.Count)) : default;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreRow(Lanes128<T> c0, Lanes128<T> c1, bool isWide, T* destination, T* bias, bool rectifies, T* gate, T scale)
    {
        var (x, y) = (c0.value, c1.value);
        if (bias != null)
        {
            x += Vector128.Load(bias);
            y = isWide ? y + Vector128.Load(bias + Vector128<T>.Count) : y;
        }

        if (rectifies)
        {
            x = Vector128.ConditionalSelect(Vector128.LessThanOrEqual(x, Vector128<T>.Zero), Vector128<T>.Zero, x);
            y = isWide ? Vector128.ConditionalSelect(Vector128.LessThanOrEqual(y, Vector128<T>.Zero), Vector128<T>.Zero, y) : y;
        }

        if (gate != null)
        {
            var factor = Vector128.Create(scale);
            x = Vector128.ConditionalSelect(Vector128.LessThanOrEqual(Vector128.Load(gate), Vector128<T>.Zero), Vector128<T>.Zero,
                x * factor);
            y = isWide
                ? Vector128.ConditionalSelect(Vector128.LessThanOrEqual(Vector128.Load(gate + Vector128<T>.Count), Vector128<T>.Zero),
                    Vector128<T>.Zero, y * factor)
                : y;
        }

        Vector128.Store(x, destination);
        if (isWide)
        {
            Vector128.Store(y, destination + Vector128<T>.Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Abs(Lanes128<T> x) => new(Vector128.Abs(x.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Sqrt(Lanes128<T> x) => new(Vector128.Sqrt(x.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> IfLess(Lanes128<T> a, Lanes128<T> b, Lanes128<T> then, Lanes128<T> otherwise) =>
        new(Vector128.ConditionalSelect(Vector128.LessThan(a.value, b.value), then.value, otherwise.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> IfLessOrEqual(Lanes128<T> a, Lanes128<T> b, Lanes128<T> then, Lanes128<T> otherwise) =>
        new(Vector128.ConditionalSelect(Vector128.LessThanOrEqual(a.value, b.value), then.value, otherwise.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> IfEqual(Lanes128<T> a, Lanes128<T> b, Lanes128<T> then, Lanes128<T> otherwise) =>
        new(Vector128.ConditionalSelect(Vector128.Equals(a.value, b.value), then.value, otherwise.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> LessThan(Lanes128<T> a, Lanes128<T> b) => new(Vector128.LessThan(a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> LessThanOrEqual(Lanes128<T> a, Lanes128<T> b) => new(Vector128.LessThanOrEqual(a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> EqualTo(Lanes128<T> a, Lanes128<T> b) => new(Vector128.Equals(a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Select(Lanes128<T> mask, Lanes128<T> then, Lanes128<T> otherwise) =>
        new(Vector128.ConditionalSelect(mask.value, then.value, otherwise.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AllEqual(Lanes128<T> a, Lanes128<T> b) => Vector128.EqualsAll(a.value, b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int CountOf(Lanes128<T> mask) => BitOperations.PopCount(mask.value.ExtractMostSignificantBits());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Element(Lanes128<T> x, int lane) => x.value.GetElement(lane);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> First(int count) => new(sizeof(T) == sizeof(float)
        ? Vector128.LessThan(Vector128<int>.Indices, Vector128.Create(count)).As<int, T>()
        : Vector128.LessThan(Vector128<long>.Indices, Vector128.Create((long)count)).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Lanes128<T> x)
    {
        var sum = x.value.GetElement(0) + x.value.GetElement(1);
        return Count == 2 ? sum : sum + (x.value.GetElement(2) + x.value.GetElement(3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> PowerOfTwo(Lanes128<T> shifted, int offset) => new(typeof(T) == typeof(float)
        ? ((shifted.value.AsInt32() << 23) + Vector128.Create((127 + offset) << 23)).As<int, T>()
        : ((shifted.value.AsInt64() << 52) + Vector128.Create((1023L + offset) << 52)).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Exponent(Lanes128<T> x) => new(typeof(T) == typeof(float)
        ? Vector128.ConvertToSingle((x.value.AsInt32() - Vector128.Create(0x3F3504F3)) >> 23).As<float, T>()
        : Vector128.ConvertToDouble((x.value.AsInt64() - Vector128.Create(0x3FE6A09E667F3BCD)) >> 52).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Mantissa(Lanes128<T> x) => new(typeof(T) == typeof(float)
        ? (x.value.AsInt32() - ((x.value.AsInt32() - Vector128.Create(0x3F3504F3)) >> 23 << 23)).As<int, T>()
        : (x.value.AsInt64() - ((x.value.AsInt64() - Vector128.Create(0x3FE6A09E667F3BCD)) >> 52 << 52)).As<long, T>());
}
