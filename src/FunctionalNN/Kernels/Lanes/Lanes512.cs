using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalNN;

/// <summary>A register of 512 bits: 16 floats or 8 doubles. Arithmetic, comparisons and masks.</summary>
internal readonly unsafe partial struct Lanes512<T>(Vector512<T> value) : ILanes<Lanes512<T>, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Vector512<T> value = value;

    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512<T>.Count;
    }

    public static bool IsSingle
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) == typeof(float);
    }

    public static Lanes512<T> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector512<T>.Zero);
    }

    public static Lanes512<T> One
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector512<T>.One);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Lanes512<T>(Setting value) =>
        new(typeof(T) == typeof(float) ? Vector512.Create(value.Single).As<float, T>() : Vector512.Create(value.Double).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Lanes512<T>(double value) =>
        new(typeof(T) == typeof(float) ? Vector512.Create((float)value).As<float, T>() : Vector512.Create(value).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Of(T value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator +(Lanes512<T> a, Lanes512<T> b) => new(a.value + b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator -(Lanes512<T> a, Lanes512<T> b) => new(a.value - b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator *(Lanes512<T> a, Lanes512<T> b) => new(a.value * b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator /(Lanes512<T> a, Lanes512<T> b) => new(a.value / b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator &(Lanes512<T> a, Lanes512<T> b) => new(a.value & b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator |(Lanes512<T> a, Lanes512<T> b) => new(a.value | b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator ^(Lanes512<T> a, Lanes512<T> b) => new(a.value ^ b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator -(Lanes512<T> x) => new(-x.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator ~(Lanes512<T> x) => new(~x.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> MultiplyAdd(Lanes512<T> a, Lanes512<T> b, Lanes512<T> c) => new(typeof(T) == typeof(float)
        ? Vector512.FusedMultiplyAdd(a.value.AsSingle(), b.value.AsSingle(), c.value.AsSingle()).As<float, T>()
        : Vector512.FusedMultiplyAdd(a.value.AsDouble(), b.value.AsDouble(), c.value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAddRow(T* a, Lanes512<T> b0, Lanes512<T> b1, bool isWide, ref Lanes512<T> c0, ref Lanes512<T> c1)
    {
        if (typeof(T) == typeof(float))
        {
            var x = Vector512.Create(*(float*)a);
            c0 = new(Vector512.FusedMultiplyAdd(x, b0.value.AsSingle(), c0.value.AsSingle()).As<float, T>());
            c1 = isWide ? new(Vector512.FusedMultiplyAdd(x, b1.value.AsSingle(), c1.value.AsSingle()).As<float, T>()) : c1;
        }
        else
        {
            var x = Vector512.Create(*(double*)a);
            c0 = new(Vector512.FusedMultiplyAdd(x, b0.value.AsDouble(), c0.value.AsDouble()).As<double, T>());
            c1 = isWide ? new(Vector512.FusedMultiplyAdd(x, b1.value.AsDouble(), c1.value.AsDouble()).As<double, T>()) : c1;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadRow(T* source, bool isWide, out Lanes512<T> c0, out Lanes512<T> c1)
    {
        c0 = new(Vector512.Load(source));
        c1 = isWide ? new(Vector512.Load(source + Vector512<T>.Count)) : default;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreRow(Lanes512<T> c0, Lanes512<T> c1, bool isWide, T* destination, T* bias, bool rectifies, T* gate, T scale)
    {
        var (x, y) = (c0.value, c1.value);
        if (bias != null)
        {
            x += Vector512.Load(bias);
            y = isWide ? y + Vector512.Load(bias + Vector512<T>.Count) : y;
        }

        if (rectifies)
        {
            x = Vector512.ConditionalSelect(Vector512.LessThanOrEqual(x, Vector512<T>.Zero), Vector512<T>.Zero, x);
            y = isWide ? Vector512.ConditionalSelect(Vector512.LessThanOrEqual(y, Vector512<T>.Zero), Vector512<T>.Zero, y) : y;
        }

        if (gate != null)
        {
            var factor = Vector512.Create(scale);
            x = Vector512.ConditionalSelect(Vector512.LessThanOrEqual(Vector512.Load(gate), Vector512<T>.Zero), Vector512<T>.Zero,
                x * factor);
            y = isWide
                ? Vector512.ConditionalSelect(Vector512.LessThanOrEqual(Vector512.Load(gate + Vector512<T>.Count), Vector512<T>.Zero),
                    Vector512<T>.Zero, y * factor)
                : y;
        }

        Vector512.Store(x, destination);
        if (isWide)
        {
            Vector512.Store(y, destination + Vector512<T>.Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Abs(Lanes512<T> x) => new(Vector512.Abs(x.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Sqrt(Lanes512<T> x) => new(Vector512.Sqrt(x.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> IfLess(Lanes512<T> a, Lanes512<T> b, Lanes512<T> then, Lanes512<T> otherwise) =>
        new(Vector512.ConditionalSelect(Vector512.LessThan(a.value, b.value), then.value, otherwise.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> IfLessOrEqual(Lanes512<T> a, Lanes512<T> b, Lanes512<T> then, Lanes512<T> otherwise) =>
        new(Vector512.ConditionalSelect(Vector512.LessThanOrEqual(a.value, b.value), then.value, otherwise.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> IfEqual(Lanes512<T> a, Lanes512<T> b, Lanes512<T> then, Lanes512<T> otherwise) =>
        new(Vector512.ConditionalSelect(Vector512.Equals(a.value, b.value), then.value, otherwise.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> LessThan(Lanes512<T> a, Lanes512<T> b) => new(Vector512.LessThan(a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> LessThanOrEqual(Lanes512<T> a, Lanes512<T> b) => new(Vector512.LessThanOrEqual(a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> EqualTo(Lanes512<T> a, Lanes512<T> b) => new(Vector512.Equals(a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Select(Lanes512<T> mask, Lanes512<T> then, Lanes512<T> otherwise) =>
        new(Vector512.ConditionalSelect(mask.value, then.value, otherwise.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AllEqual(Lanes512<T> a, Lanes512<T> b) => Vector512.EqualsAll(a.value, b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int CountOf(Lanes512<T> mask) => BitOperations.PopCount(mask.value.ExtractMostSignificantBits());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Element(Lanes512<T> x, int lane) => x.value.GetElement(lane);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> First(int count) => new(sizeof(T) == sizeof(float)
        ? Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).As<int, T>()
        : Vector512.LessThan(Vector512<long>.Indices, Vector512.Create((long)count)).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Lanes512<T> x) => Lanes256<T>.Sum(new(x.value.GetLower() + x.value.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> PowerOfTwo(Lanes512<T> shifted, int offset) => new(typeof(T) == typeof(float)
        ? ((shifted.value.AsInt32() << 23) + Vector512.Create((127 + offset) << 23)).As<int, T>()
        : ((shifted.value.AsInt64() << 52) + Vector512.Create((1023L + offset) << 52)).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Exponent(Lanes512<T> x) => new(typeof(T) == typeof(float)
        ? Vector512.ConvertToSingle((x.value.AsInt32() - Vector512.Create(0x3F3504F3)) >> 23).As<float, T>()
        : Vector512.ConvertToDouble((x.value.AsInt64() - Vector512.Create(0x3FE6A09E667F3BCD)) >> 52).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Mantissa(Lanes512<T> x) => new(typeof(T) == typeof(float)
        ? (x.value.AsInt32() - ((x.value.AsInt32() - Vector512.Create(0x3F3504F3)) >> 23 << 23)).As<int, T>()
        : (x.value.AsInt64() - ((x.value.AsInt64() - Vector512.Create(0x3FE6A09E667F3BCD)) >> 52 << 52)).As<long, T>());
}
