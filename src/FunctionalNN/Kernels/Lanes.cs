using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FunctionalNN;

/// <summary>
/// The vector operations that kernels are written in: always 512 bits, so 16 floats or 8 doubles. A narrower machine runs each as
/// two or four operations, which keeps the order of the lanes and so every bit. Multiply-add is fused explicitly, never left to
/// the compiler.
/// </summary>
internal static unsafe class Lanes<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Numbers in a vector.</summary>
    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512<T>.Count;
    }

    /// <summary>a·b + c, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> MultiplyAdd(Vector512<T> a, Vector512<T> b, Vector512<T> c) =>
        typeof(T) == typeof(float)
            ? Vector512.FusedMultiplyAdd(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>()
            : Vector512.FusedMultiplyAdd(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Of(double value) => Vector512.Create(T.CreateTruncating(value));

    /// <summary>The first count numbers at an address and zeros behind them; nothing else is read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> LoadFirst(T* source, int count)
    {
        if (Avx512F.IsSupported)
        {
            return typeof(T) == typeof(float)
                ? Avx512F.MaskLoad((float*)source, First(count).AsSingle(), default).As<float, T>()
                : Avx512F.MaskLoad((double*)source, First(count).AsDouble(), default).As<double, T>();
        }

        return LoadFirstPortable(source, count);
    }

    /// <summary>Writes the first count numbers of a vector and nothing else.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFirst(Vector512<T> value, T* destination, int count)
    {
        if (Avx512F.IsSupported)
        {
            if (typeof(T) == typeof(float))
            {
                Avx512F.MaskStore((float*)destination, First(count).AsSingle(), value.AsSingle());
            }
            else
            {
                Avx512F.MaskStore((double*)destination, First(count).AsDouble(), value.AsDouble());
            }

            return;
        }

        StoreFirstPortable(value, destination, count);
    }

    /// <summary>All bits set in the first count lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> First(int count) =>
        sizeof(T) == sizeof(float)
            ? Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).As<int, T>()
            : Vector512.LessThan(Vector512<long>.Indices, Vector512.Create((long)count)).As<long, T>();

    private static Vector512<T> LoadFirstPortable(T* source, int count)
    {
        var room = stackalloc T[Count];
        for (var i = 0; i < count; i++)
        {
            room[i] = source[i];
        }

        for (var i = count; i < Count; i++)
        {
            room[i] = T.Zero;
        }

        return Vector512.Load(room);
    }

    private static void StoreFirstPortable(Vector512<T> value, T* destination, int count)
    {
        for (var i = 0; i < count; i++)
        {
            destination[i] = value.GetElement(i);
        }
    }
}
