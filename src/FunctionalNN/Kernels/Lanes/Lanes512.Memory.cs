using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FunctionalNN;

/// <summary>Loads, stores and what else depends on the instructions that there are.</summary>
internal readonly unsafe partial struct Lanes512<T>
{
    public static int TileHeight
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 12;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Load(T* source) => new(Vector512.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes512<T> value, T* destination) => Vector512.Store(value.value, destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> LoadFirst(T* source, int count)
    {
        if (Avx512F.IsSupported)
        {
            return new(sizeof(T) == sizeof(float)
                ? Avx512F.MaskLoad((float*)source, First(count).value.AsSingle(), default).As<float, T>()
                : Avx512F.MaskLoad((double*)source, First(count).value.AsDouble(), default).As<double, T>());
        }

        var room = stackalloc T[Count];
        for (var i = 0; i < Count; i++)
        {
            room[i] = i < count ? source[i] : T.Zero;
        }

        return Load(room);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFirst(Lanes512<T> value, T* destination, int count)
    {
        if (Avx512F.IsSupported && sizeof(T) == sizeof(float))
        {
            Avx512F.MaskStore((float*)destination, First(count).value.AsSingle(), value.value.AsSingle());
        }
        else if (Avx512F.IsSupported)
        {
            Avx512F.MaskStore((double*)destination, First(count).value.AsDouble(), value.value.AsDouble());
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
    public static Lanes512<T> FromBytes(byte* source)
    {
        if (typeof(T) == typeof(double))
        {
            return FromSingle(Lanes256<float>.Value(Lanes256<float>.FromBytes(source)));
        }

        if (Avx512F.IsSupported)
        {
            return new(Avx512F.ConvertToVector512Single(Avx512F.ConvertToVector512Int32(Vector128.Load(source))).As<float, T>());
        }

        var (low, high) = Vector256.Widen(Vector256.WidenLower(Vector128.Load(source).ToVector256()));
        return new(Vector512.ConvertToSingle(Vector512.Create(low.AsInt32(), high.AsInt32())).As<float, T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> FromFloats(float* source) =>
        typeof(T) == typeof(float) ? new(Vector512.Load(source).As<float, T>()) : FromSingle(Vector256.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes512<T> FromSingle(Vector256<float> numbers) => new(Vector512.WidenLower(numbers.ToVector512()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> RandomBits(uint position, ulong key) => new(sizeof(T) == sizeof(float)
        ? RandomHash.Of(Vector512<uint>.Indices + Vector512.Create(position), key).As<uint, T>()
        : Vector512.WidenLower(RandomHash.Of(Vector256<uint>.Indices + Vector256.Create(position), key).ToVector512()).As<ulong, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> BitsAtLeast(Lanes512<T> bits, uint least) => new(sizeof(T) == sizeof(float)
        ? Vector512.GreaterThanOrEqual(bits.value.AsUInt32(), Vector512.Create(least)).As<uint, T>()
        : Vector512.GreaterThanOrEqual(bits.value.AsUInt64(), Vector512.Create((ulong)least)).As<ulong, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> UpperBits(Lanes512<T> bits) => new(sizeof(T) == sizeof(float)
        ? Vector512.ConvertToSingle((bits.value.AsUInt32() >>> 9).AsInt32()).As<float, T>()
        : Vector512.ConvertToDouble((bits.value.AsUInt64() >>> 9).AsInt64()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Value(Lanes512<T> x) => x.value;
}
