using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FunctionalNN;

/// <summary>Quarters of 128 bits, and squares transposed in registers.</summary>
internal readonly unsafe partial struct Lanes512<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> LoadQuarters(T* source, nint stride) => new(Vector512.Create(
        Vector256.Create(Vector128.Load(source), Vector128.Load(source + stride)),
        Vector256.Create(Vector128.Load(source + (2 * stride)), Vector128.Load(source + (3 * stride)))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> SpreadNumbers(T* source, nint stride) => new(Vector512.Create(
        Vector256.Create(Vector128.Create(*source), Vector128.Create(source[stride])),
        Vector256.Create(Vector128.Create(source[2 * stride]), Vector128.Create(source[3 * stride]))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> SpreadWithin(Lanes512<T> x, int i)
    {
        if (!Avx512F.IsSupported)
        {
            return new(Vector512.Create(Lanes256<T>.Value(Lanes256<T>.SpreadWithin(new(x.value.GetLower()), i)),
                Lanes256<T>.Value(Lanes256<T>.SpreadWithin(new(x.value.GetUpper()), i))));
        }

        if (sizeof(T) == sizeof(double))
        {
            var y = x.value.AsDouble();
            return new((i == 0 ? Avx512F.Permute2x64(y, 0b00_00_00_00) : Avx512F.Permute2x64(y, 0b11_11_11_11)).As<double, T>());
        }

        var z = x.value.AsSingle();
        return new(i switch
        {
            0 => Avx512F.Permute4x32(z, 0b00_00_00_00).As<float, T>(),
            1 => Avx512F.Permute4x32(z, 0b01_01_01_01).As<float, T>(),
            2 => Avx512F.Permute4x32(z, 0b10_10_10_10).As<float, T>(),
            _ => Avx512F.Permute4x32(z, 0b11_11_11_11).As<float, T>(),
        });
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreQuarters(Lanes512<T> x, T* destination, nint stride)
    {
        Lanes256<T>.StoreQuarters(new(x.value.GetLower()), destination, stride);
        Lanes256<T>.StoreQuarters(new(x.value.GetUpper()), destination + (2 * stride), stride);
    }

    /// <summary>
    /// Two rounds, all in registers. Rows side by side are mixed number by number, so that each quarter of a vector holds one column of
    /// those rows; then the quarters themselves are transposed.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Transpose(T* source, nint sourceStride, T* destination, nint destinationStride, int height, int width)
    {
        if (!Avx512F.IsSupported)
        {
            Transposition.Numbers(source, sourceStride, destination, destinationStride, height, width);
            return;
        }

        var from = new SquareSide<T, Lanes512<T>>(source, sourceStride, height, width);
        var to = new SquareSide<T, Lanes512<T>>(destination, destinationStride, width, height);
        if (sizeof(T) == sizeof(float))
        {
            Mix(from, 0, out var a0, out var a1, out var a2, out var a3);
            Mix(from, 4, out var b0, out var b1, out var b2, out var b3);
            Mix(from, 8, out var c0, out var c1, out var c2, out var c3);
            Mix(from, 12, out var d0, out var d1, out var d2, out var d3);
            Quarters(a0, b0, c0, d0, to, 0, 4);
            Quarters(a1, b1, c1, d1, to, 1, 4);
            Quarters(a2, b2, c2, d2, to, 2, 4);
            Quarters(a3, b3, c3, d3, to, 3, 4);
        }
        else
        {
            Mix(from, 0, out var a0, out var a1);
            Mix(from, 2, out var b0, out var b1);
            Mix(from, 4, out var c0, out var c1);
            Mix(from, 6, out var d0, out var d1);
            Quarters(a0, b0, c0, d0, to, 0, 2);
            Quarters(a1, b1, c1, d1, to, 1, 2);
        }
    }

    /// <summary>Columns j, j + 4, j + 8 and j + 12 of four rows, one a quarter: the j-th result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mix(in SquareSide<T, Lanes512<T>> side, int row, out Vector512<float> t0, out Vector512<float> t1,
        out Vector512<float> t2, out Vector512<float> t3)
    {
        var (r0, r1) = (side.Load(row).value.AsSingle(), side.Load(row + 1).value.AsSingle());
        var (r2, r3) = (side.Load(row + 2).value.AsSingle(), side.Load(row + 3).value.AsSingle());
        var (low, high) = (Avx512F.UnpackLow(r0, r1).AsDouble(), Avx512F.UnpackHigh(r0, r1).AsDouble());
        var (low2, high2) = (Avx512F.UnpackLow(r2, r3).AsDouble(), Avx512F.UnpackHigh(r2, r3).AsDouble());
        t0 = Avx512F.UnpackLow(low, low2).AsSingle();
        t1 = Avx512F.UnpackHigh(low, low2).AsSingle();
        t2 = Avx512F.UnpackLow(high, high2).AsSingle();
        t3 = Avx512F.UnpackHigh(high, high2).AsSingle();
    }

    /// <summary>Columns j, j + 2, j + 4 and j + 6 of two rows, one a quarter: the j-th result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mix(in SquareSide<T, Lanes512<T>> side, int row, out Vector512<float> t0, out Vector512<float> t1)
    {
        var (r0, r1) = (side.Load(row).value.AsDouble(), side.Load(row + 1).value.AsDouble());
        t0 = Avx512F.UnpackLow(r0, r1).AsSingle();
        t1 = Avx512F.UnpackHigh(r0, r1).AsSingle();
    }

    /// <summary>Four vectors as a matrix of quarters, transposed, to four rows that lie some apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quarters(
        Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, in SquareSide<T, Lanes512<T>> side, int row,
        int apart)
    {
        const byte Even = 0b10_00_10_00, Odd = 0b11_01_11_01;
        var (ab02, ab13) = (Avx512F.Shuffle4x128(a, b, Even), Avx512F.Shuffle4x128(a, b, Odd));
        var (cd02, cd13) = (Avx512F.Shuffle4x128(c, d, Even), Avx512F.Shuffle4x128(c, d, Odd));
        side.Store(new(Avx512F.Shuffle4x128(ab02, cd02, Even).As<float, T>()), row);
        side.Store(new(Avx512F.Shuffle4x128(ab13, cd13, Even).As<float, T>()), row + apart);
        side.Store(new(Avx512F.Shuffle4x128(ab02, cd02, Odd).As<float, T>()), row + (2 * apart));
        side.Store(new(Avx512F.Shuffle4x128(ab13, cd13, Odd).As<float, T>()), row + (3 * apart));
    }
}
