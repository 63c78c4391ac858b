using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FunctionalNN;

/// <summary>Loads, stores and what else depends on the instructions that there are.</summary>
internal readonly unsafe partial struct Lanes256<T>
{
    public static int TileHeight
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Avx512F.VL.IsSupported ? 12 : 6;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Load(T* source) => new(Vector256.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes256<T> value, T* destination) => Vector256.Store(value.value, destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> LoadFirst(T* source, int count)
    {
        if (Avx.IsSupported)
        {
            return new(sizeof(T) == sizeof(float)
                ? Avx.MaskLoad((float*)source, First(count).value.AsSingle()).As<float, T>()
                : Avx.MaskLoad((double*)source, First(count).value.AsDouble()).As<double, T>());
        }

        var room = stackalloc T[Count];
        for (var i = 0; i < Count; i++)
        {
            room[i] = i < count ? source[i] : T.Zero;
        }

        return Load(room);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFirst(Lanes256<T> value, T* destination, int count)
    {
        if (Avx.IsSupported && sizeof(T) == sizeof(float))
        {
            Avx.MaskStore((float*)destination, First(count).value.AsSingle(), value.value.AsSingle());
        }
        else if (Avx.IsSupported)
        {
            Avx.MaskStore((double*)destination, First(count).value.AsDouble(), value.value.AsDouble());
        }
        else
        {
            for (var i = 0; i < Math.Min(count, Count); i++)
            {
                destination[i] = value.value.GetElement(i);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> FromBytes(byte* source)
    {
        if (typeof(T) == typeof(double))
        {
            return FromSingle(Lanes128<float>.Value(Lanes128<float>.FromBytes(source)));
        }

        if (Avx2.IsSupported)
        {
            return new(Avx.ConvertToVector256Single(Avx2.ConvertToVector256Int32(source)).As<float, T>());
        }

        var (low, high) = Vector128.Widen(Vector128.WidenLower(Vector64.Load(source).ToVector128()));
        return new(Vector256.ConvertToSingle(Vector256.Create(low.AsInt32(), high.AsInt32())).As<float, T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> FromFloats(float* source) =>
        typeof(T) == typeof(float) ? new(Vector256.Load(source).As<float, T>()) : FromSingle(Vector128.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes256<T> FromSingle(Vector128<float> numbers) => new(Vector256.WidenLower(numbers.ToVector256()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> RandomBits(uint position, ulong key) => new(sizeof(T) == sizeof(float)
        ? RandomHash.Of(Vector256<uint>.Indices + Vector256.Create(position), key).As<uint, T>()
        : Vector256.WidenLower(RandomHash.Of(Vector128<uint>.Indices + Vector128.Create(position), key).ToVector256()).As<ulong, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> BitsAtLeast(Lanes256<T> bits, uint least) => new(sizeof(T) == sizeof(float)
        ? Vector256.GreaterThanOrEqual(bits.value.AsUInt32(), Vector256.Create(least)).As<uint, T>()
        : Vector256.GreaterThanOrEqual(bits.value.AsUInt64(), Vector256.Create((ulong)least)).As<ulong, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> UpperBits(Lanes256<T> bits) => new(sizeof(T) == sizeof(float)
        ? Vector256.ConvertToSingle((bits.value.AsUInt32() >>> 9).AsInt32()).As<float, T>()
        : Vector256.ConvertToDouble((bits.value.AsUInt64() >>> 9).AsInt64()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Value(Lanes256<T> x) => x.value;
}
