using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FunctionalNN;

/// <summary>A register of 256 bits: 8 floats or 4 doubles. Arithmetic, comparisons and masks.</summary>
internal readonly unsafe partial struct Lanes256<T>(Vector256<T> value) : ILanes<Lanes256<T>, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Vector256<T> value = value;

    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256<T>.Count;
    }

    public static bool IsSingle
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) == typeof(float);
    }

    public static Lanes256<T> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector256<T>.Zero);
    }

    public static Lanes256<T> One
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector256<T>.One);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Lanes256<T>(Setting value) =>
        new(typeof(T) == typeof(float) ? Vector256.Create(value.Single).As<float, T>() : Vector256.Create(value.Double).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Lanes256<T>(double value) =>
        new(typeof(T) == typeof(float) ? Vector256.Create((float)value).As<float, T>() : Vector256.Create(value).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Of(T value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator +(Lanes256<T> a, Lanes256<T> b) => new(a.value + b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator -(Lanes256<T> a, Lanes256<T> b) => new(a.value - b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator *(Lanes256<T> a, Lanes256<T> b) => new(a.value * b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator /(Lanes256<T> a, Lanes256<T> b) => new(a.value / b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator &(Lanes256<T> a, Lanes256<T> b) => new(a.value & b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator |(Lanes256<T> a, Lanes256<T> b) => new(a.value | b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator ^(Lanes256<T> a, Lanes256<T> b) => new(a.value ^ b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator -(Lanes256<T> x) => new(-x.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator ~(Lanes256<T> x) => new(~x.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> MultiplyAdd(Lanes256<T> a, Lanes256<T> b, Lanes256<T> c) => new(typeof(T) == typeof(float)
        ? Vector256.FusedMultiplyAdd(a.value.AsSingle(), b.value.AsSingle(), c.value.AsSingle()).As<float, T>()
        : Vector256.FusedMultiplyAdd(a.value.AsDouble(), b.value.AsDouble(), c.value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAddRow(T* a, Lanes256<T> b0, Lanes256<T> b1, bool isWide, ref Lanes256<T> c0, ref Lanes256<T> c1)
    {
        if (typeof(T) == typeof(float))
        {
            var x = Avx.IsSupported ? Avx.BroadcastScalarToVector256((float*)a) : Vector256.Create(*(float*)a);
            c0 = new(Vector256.FusedMultiplyAdd(x, b0.value.AsSingle(), c0.value.AsSingle()).As<float, T>());
            c1 = isWide ? new(Vector256.FusedMultiplyAdd(x, b1.value.AsSingle(), c1.value.AsSingle()).As<float, T>()) : c1;
        }
        else
        {
            var x = Avx.IsSupported ? Avx.BroadcastScalarToVector256((double*)a) : Vector256.Create(*(double*)a);
            c0 = new(Vector256.FusedMultiplyAdd(x, b0.value.AsDouble(), c0.value.AsDouble()).As<double, T>());
            c1 = isWide ? new(Vector256.FusedMultiplyAdd(x, b1.value.AsDouble(), c1.value.AsDouble()).As<double, T>()) : c1;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadRow(T* source, bool isWide, out Lanes256<T> c0, out Lanes256<T> c1)
    {
        c0 = new(Vector256.Load(source));
        c1 = isWide ? new(Vector256.Load(source + Vector256<T>.Count)) : default;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreRow(Lanes256<T> c0, Lanes256<T> c1, bool isWide, T* destination, T* bias, bool rectifies, T* gate, T scale)
    {
        var (x, y) = (c0.value, c1.value);
        if (bias != null)
        {
            x += Vector256.Load(bias);
            y = isWide ? y + Vector256.Load(bias + Vector256<T>.Count) : y;
        }

        if (rectifies)
        {
            x = Vector256.ConditionalSelect(Vector256.LessThanOrEqual(x, Vector256<T>.Zero), Vector256<T>.Zero, x);
            y = isWide ? Vector256.ConditionalSelect(Vector256.LessThanOrEqual(y, Vector256<T>.Zero), Vector256<T>.Zero, y) : y;
        }

        if (gate != null)
        {
            var factor = Vector256.Create(scale);
            x = Vector256.ConditionalSelect(Vector256.LessThanOrEqual(Vector256.Load(gate), Vector256<T>.Zero), Vector256<T>.Zero,
                x * factor);
            y = isWide
                ? Vector256.ConditionalSelect(Vector256.LessThanOrEqual(Vector256.Load(gate + Vector256<T>.Count), Vector256<T>.Zero),
                    Vector256<T>.Zero, y * factor)
                : y;
        }

        Vector256.Store(x, destination);
        if (isWide)
        {
            Vector256.Store(y, destination + Vector256<T>.Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Abs(Lanes256<T> x) => new(Vector256.Abs(x.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Sqrt(Lanes256<T> x) => new(Vector256.Sqrt(x.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> IfLess(Lanes256<T> a, Lanes256<T> b, Lanes256<T> then, Lanes256<T> otherwise) =>
        new(Vector256.ConditionalSelect(Vector256.LessThan(a.value, b.value), then.value, otherwise.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> IfLessOrEqual(Lanes256<T> a, Lanes256<T> b, Lanes256<T> then, Lanes256<T> otherwise) =>
        new(Vector256.ConditionalSelect(Vector256.LessThanOrEqual(a.value, b.value), then.value, otherwise.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> IfEqual(Lanes256<T> a, Lanes256<T> b, Lanes256<T> then, Lanes256<T> otherwise) =>
        new(Vector256.ConditionalSelect(Vector256.Equals(a.value, b.value), then.value, otherwise.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> LessThan(Lanes256<T> a, Lanes256<T> b) => new(Vector256.LessThan(a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> LessThanOrEqual(Lanes256<T> a, Lanes256<T> b) => new(Vector256.LessThanOrEqual(a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> EqualTo(Lanes256<T> a, Lanes256<T> b) => new(Vector256.Equals(a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Select(Lanes256<T> mask, Lanes256<T> then, Lanes256<T> otherwise) =>
        new(Vector256.ConditionalSelect(mask.value, then.value, otherwise.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AllEqual(Lanes256<T> a, Lanes256<T> b) => Vector256.EqualsAll(a.value, b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int CountOf(Lanes256<T> mask) => BitOperations.PopCount(mask.value.ExtractMostSignificantBits());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Element(Lanes256<T> x, int lane) => x.value.GetElement(lane);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> First(int count) => new(sizeof(T) == sizeof(float)
        ? Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count)).As<int, T>()
        : Vector256.LessThan(Vector256<long>.Indices, Vector256.Create((long)count)).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Lanes256<T> x) => Lanes128<T>.Sum(new(x.value.GetLower() + x.value.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> PowerOfTwo(Lanes256<T> shifted, int offset) => new(typeof(T) == typeof(float)
        ? ((shifted.value.AsInt32() << 23) + Vector256.Create((127 + offset) << 23)).As<int, T>()
        : ((shifted.value.AsInt64() << 52) + Vector256.Create((1023L + offset) << 52)).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Exponent(Lanes256<T> x) => new(typeof(T) == typeof(float)
        ? Vector256.ConvertToSingle((x.value.AsInt32() - Vector256.Create(0x3F3504F3)) >> 23).As<float, T>()
        : Vector256.ConvertToDouble((x.value.AsInt64() - Vector256.Create(0x3FE6A09E667F3BCD)) >> 52).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Mantissa(Lanes256<T> x) => new(typeof(T) == typeof(float)
        ? (x.value.AsInt32() - ((x.value.AsInt32() - Vector256.Create(0x3F3504F3)) >> 23 << 23)).As<int, T>()
        : (x.value.AsInt64() - ((x.value.AsInt64() - Vector256.Create(0x3FE6A09E667F3BCD)) >> 52 << 52)).As<long, T>());
}
