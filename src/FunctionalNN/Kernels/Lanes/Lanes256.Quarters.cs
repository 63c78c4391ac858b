using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FunctionalNN;

/// <summary>Quarters of 128 bits, and squares transposed in registers.</summary>
internal readonly unsafe partial struct Lanes256<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> LoadQuarters(T* source, nint stride) =>
        new(Vector256.Create(Vector128.Load(source), Vector128.Load(source + stride)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> SpreadNumbers(T* source, nint stride) =>
        new(Vector256.Create(Vector128.Create(*source), Vector128.Create(source[stride])));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> SpreadWithin(Lanes256<T> x, int i)
    {
        if (!Avx.IsSupported)
        {
            return new(Vector256.Create(Vector128.Create(x.value.GetElement(i)), Vector128.Create(x.value.GetElement(i + (Count / 2)))));
        }

        if (sizeof(T) == sizeof(double))
        {
            var y = x.value.AsDouble();
            return new((i == 0 ? Avx.Permute(y, 0b0000) : Avx.Permute(y, 0b1111)).As<double, T>());
        }

        var z = x.value.AsSingle();
        return new(i switch
        {
            0 => Avx.Permute(z, 0b00_00_00_00).As<float, T>(),
            1 => Avx.Permute(z, 0b01_01_01_01).As<float, T>(),
            2 => Avx.Permute(z, 0b10_10_10_10).As<float, T>(),
            _ => Avx.Permute(z, 0b11_11_11_11).As<float, T>(),
        });
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreQuarters(Lanes256<T> x, T* destination, nint stride)
    {
        Vector128.Store(x.value.GetLower(), destination);
        Vector128.Store(x.value.GetUpper(), destination + stride);
    }

    /// <summary>Rows side by side are mixed number by number, so that each half of a vector holds one column of those rows; then the halves
    /// are put together.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Transpose(T* source, nint sourceStride, T* destination, nint destinationStride, int height, int width)
    {
        if (!Avx.IsSupported)
        {
            Transposition.Numbers(source, sourceStride, destination, destinationStride, height, width);
            return;
        }

        var from = new SquareSide<T, Lanes256<T>>(source, sourceStride, height, width);
        var to = new SquareSide<T, Lanes256<T>>(destination, destinationStride, width, height);
        if (sizeof(T) == sizeof(float))
        {
            Mix(from, 0, out var a0, out var a1, out var a2, out var a3);
            Mix(from, 4, out var b0, out var b1, out var b2, out var b3);
            Halves(a0, b0, to, 0, 4);
            Halves(a1, b1, to, 1, 4);
            Halves(a2, b2, to, 2, 4);
            Halves(a3, b3, to, 3, 4);
        }
        else
        {
            Mix(from, 0, out var a0, out var a1);
            Mix(from, 2, out var b0, out var b1);
            Halves(a0, b0, to, 0, 2);
            Halves(a1, b1, to, 1, 2);
        }
    }

    /// <summary>Columns j and j + 4 of four rows, one a half: the j-th result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mix(in SquareSide<T, Lanes256<T>> side, int row, out Vector256<float> t0, out Vector256<float> t1,
        out Vector256<float> t2, out Vector256<float> t3)
    {
        var (r0, r1) = (side.Load(row).value.AsSingle(), side.Load(row + 1).value.AsSingle());
        var (r2, r3) = (side.Load(row + 2).value.AsSingle(), side.Load(row + 3).value.AsSingle());
        var (low, high) = (Avx.UnpackLow(r0, r1).AsDouble(), Avx.UnpackHigh(r0, r1).AsDouble());
        var (low2, high2) = (Avx.UnpackLow(r2, r3).AsDouble(), Avx.UnpackHigh(r2, r3).AsDouble());
        t0 = Avx.UnpackLow(low, low2).AsSingle();
        t1 = Avx.UnpackHigh(low, low2).AsSingle();
        t2 = Avx.UnpackLow(high, high2).AsSingle();
        t3 = Avx.UnpackHigh(high, high2).AsSingle();
    }

    /// <summary>Columns j and j + 2 of two rows, one a half: the j-th result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mix(in SquareSide<T, Lanes256<T>> side, int row, out Vector256<float> t0, out Vector256<float> t1)
    {
        var (r0, r1) = (side.Load(row).value.AsDouble(), side.Load(row + 1).value.AsDouble());
        t0 = Avx.UnpackLow(r0, r1).AsSingle();
        t1 = Avx.UnpackHigh(r0, r1).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Halves(Vector256<float> a, Vector256<float> b, in SquareSide<T, Lanes256<T>> side, int row, int apart)
    {
        side.Store(new(Avx.Permute2x128(a, b, 0x20).As<float, T>()), row);
        side.Store(new(Avx.Permute2x128(a, b, 0x31).As<float, T>()), row + apart);
    }
}
