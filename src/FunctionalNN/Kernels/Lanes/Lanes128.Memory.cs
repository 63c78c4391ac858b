using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace FunctionalNN;

/// <summary>Loads, stores and what else depends on the instructions that there are.</summary>
internal readonly unsafe partial struct Lanes128<T>
{
    public static int TileHeight
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => AdvSimd.IsSupported ? 12 : 6;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Load(T* source) => new(Vector128.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes128<T> value, T* destination) => Vector128.Store(value.value, destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> LoadFirst(T* source, int count) =>
        count >= Count ? Load(source)
        : count <= 0 ? Zero
        : sizeof(T) == sizeof(double) || count == 1 ? new(Vector128.CreateScalar(*source))
        : new(Vector128.CreateScalar(*source).WithElement(1, source[1]).WithElement(2, count > 2 ? source[2] : T.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFirst(Lanes128<T> value, T* destination, int count)
    {
        if (count >= Count)
        {
            Store(value, destination);
            return;
        }

        for (var i = 0; i < count; i++)
        {
            destination[i] = value.value.GetElement(i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> FromBytes(byte* source) => typeof(T) == typeof(double)
        ? new(Vector128.Create((double)source[0], source[1]).As<double, T>())
        : new(Vector128.ConvertToSingle(Vector128.WidenLower(Vector128.WidenLower(
            Vector128.CreateScalar(Unsafe.ReadUnaligned<uint>(source)).AsByte())).AsInt32()).As<float, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> FromFloats(float* source) => typeof(T) == typeof(float)
        ? new(Vector128.Load(source).As<float, T>())
        : new(Vector128.Create((double)source[0], source[1]).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> RandomBits(uint position, ulong key)
    {
        var hash = RandomHash.Of(Vector128<uint>.Indices + Vector128.Create(position), key);
        return new(sizeof(T) == sizeof(float) ? hash.As<uint, T>() : Vector128.WidenLower(hash).As<ulong, T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> BitsAtLeast(Lanes128<T> bits, uint least) => new(sizeof(T) == sizeof(float)
        ? Vector128.GreaterThanOrEqual(bits.value.AsUInt32(), Vector128.Create(least)).As<uint, T>()
        : Vector128.GreaterThanOrEqual(bits.value.AsUInt64(), Vector128.Create((ulong)least)).As<ulong, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> UpperBits(Lanes128<T> bits) => new(sizeof(T) == sizeof(float)
        ? Vector128.ConvertToSingle((bits.value.AsUInt32() >>> 9).AsInt32()).As<float, T>()
        : Vector128.ConvertToDouble((bits.value.AsUInt64() >>> 9).AsInt64()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Value(Lanes128<T> x) => x.value;
}
