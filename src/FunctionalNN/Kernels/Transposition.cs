using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FunctionalNN;

/// <summary>destination[j, i] = source[i, j], in squares of one vector's side.</summary>
internal static unsafe class Transposition
{
    /// <summary>Up to so many rows or columns go number by number.</summary>
    private const int Few = 4;

    /// <summary>Rows of the source become columns of the destination.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<T>(T* source, nint sourceStride, T* destination, nint destinationStride, int rows, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var side = Lanes<T>.Count;
        for (var row = 0; row < rows; row += side)
        {
            var height = Math.Min(side, rows - row);
            for (var column = 0; column < columns; column += side)
            {
                var width = Math.Min(side, columns - column);
                var (from, to) = ((nint)(source + (row * sourceStride) + column), (nint)(destination + (column * destinationStride) + row));
                if (Avx512F.IsSupported && width > Few && height > Few)
                {
                    Square((T*)from, sourceStride, (T*)to, destinationStride, height, width);
                }
                else
                {
                    Numbers((T*)from, sourceStride, (T*)to, destinationStride, height, width);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Numbers<T>(T* source, nint sourceStride, T* destination, nint destinationStride, int height, int width)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var j = 0; j < width; j++)
        {
            var (from, to) = ((nint)(source + j), (nint)(destination + (j * destinationStride)));
            for (var i = 0; i < height; i++)
            {
                *(T*)to = *(T*)from;
                from += sourceStride * sizeof(T);
                to += sizeof(T);
            }
        }
    }

    /// <summary>
    /// Two rounds, all in registers. Rows side by side are mixed number by number, so that each quarter of a vector holds one column of those rows; then
    /// the quarters themselves are transposed.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Square<T>(T* source, nint sourceStride, T* destination, nint destinationStride, int height, int width)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (from, to) = (new Side<T>(source, sourceStride, height, width), new Side<T>(destination, destinationStride, width, height));
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
    private static void Mix<T>(in Side<T> side, int row, out Vector512<T> t0, out Vector512<T> t1, out Vector512<T> t2, out Vector512<T> t3)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (r0, r1, r2, r3) = (side.Load(row).AsSingle(), side.Load(row + 1).AsSingle(), side.Load(row + 2).AsSingle(), side.Load(row + 3).AsSingle());
        var (low, high) = (Avx512F.UnpackLow(r0, r1).AsDouble(), Avx512F.UnpackHigh(r0, r1).AsDouble());
        var (low2, high2) = (Avx512F.UnpackLow(r2, r3).AsDouble(), Avx512F.UnpackHigh(r2, r3).AsDouble());
        t0 = Avx512F.UnpackLow(low, low2).As<double, T>();
        t1 = Avx512F.UnpackHigh(low, low2).As<double, T>();
        t2 = Avx512F.UnpackLow(high, high2).As<double, T>();
        t3 = Avx512F.UnpackHigh(high, high2).As<double, T>();
    }

    /// <summary>Columns j, j + 2, j + 4 and j + 6 of two rows, one a quarter: the j-th result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mix<T>(in Side<T> side, int row, out Vector512<T> t0, out Vector512<T> t1)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (r0, r1) = (side.Load(row).AsDouble(), side.Load(row + 1).AsDouble());
        t0 = Avx512F.UnpackLow(r0, r1).As<double, T>();
        t1 = Avx512F.UnpackHigh(r0, r1).As<double, T>();
    }

    /// <summary>Four vectors as a matrix of quarters, transposed, to four rows that lie some apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quarters<T>(Vector512<T> a, Vector512<T> b, Vector512<T> c, Vector512<T> d, in Side<T> side, int row, int apart)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        const byte Even = 0b10_00_10_00, Odd = 0b11_01_11_01;
        var (ab02, ab13) = (Avx512F.Shuffle4x128(a.AsSingle(), b.AsSingle(), Even), Avx512F.Shuffle4x128(a.AsSingle(), b.AsSingle(), Odd));
        var (cd02, cd13) = (Avx512F.Shuffle4x128(c.AsSingle(), d.AsSingle(), Even), Avx512F.Shuffle4x128(c.AsSingle(), d.AsSingle(), Odd));
        side.Store(Avx512F.Shuffle4x128(ab02, cd02, Even).As<float, T>(), row);
        side.Store(Avx512F.Shuffle4x128(ab13, cd13, Even).As<float, T>(), row + apart);
        side.Store(Avx512F.Shuffle4x128(ab02, cd02, Odd).As<float, T>(), row + (2 * apart));
        side.Store(Avx512F.Shuffle4x128(ab13, cd13, Odd).As<float, T>(), row + (3 * apart));
    }

    /// <summary>A square of which some rows and some columns are there.</summary>
    private readonly struct Side<T>(T* first, nint stride, int rows, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Load(int row) =>
            row >= rows ? default : columns == Lanes<T>.Count ? Vector512.Load(first + (row * stride)) : Lanes<T>.LoadFirst(first + (row * stride), columns);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Store(Vector512<T> values, int row)
        {
            if (row >= rows)
            {
                return;
            }

            if (columns == Lanes<T>.Count)
            {
                Vector512.Store(values, first + (row * stride));
            }
            else
            {
                Lanes<T>.StoreFirst(values, first + (row * stride), columns);
            }
        }
    }
}
