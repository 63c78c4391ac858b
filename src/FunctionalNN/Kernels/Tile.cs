using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalNN;

/// <summary>
/// The heart of every matrix product: a tile of C, at most 12 rows high and 2 vectors wide, kept in registers while the sum runs.
/// <code>
///            b0  b1            C[i, j] = Σₚ A(i, p) · B[p, j],  p = 0, 1, 2, …
///  A(0, p)  c0a c0b
///  A(1, p)  c1a c1b            A(i, p) lies at a[i·rowStride + p·stepStride]: rowStride = 1 reads A transposed
///     ⋮      ⋮   ⋮             B's row p lies at b + p·bStride, C's row i at c + i·cStride
///  A(11,p)  c11a c11b
/// </code>
/// Each p loads one row of B (two vectors), broadcasts 12 numbers of A and does 24 multiply-adds: 24 sums, two rows of B and one
/// broadcast fill 27 of the 32 registers. Every number of C is one chain of fused multiply-adds in the order of p, whatever the
/// tile's size: so tiles, threads and vector widths cannot change a bit.
/// </summary>
/// <remarks>
/// Height and width are types: the compiler makes a method for each pair, in which the branches on them and the sums
/// beyond them are gone. A B row is read in whole vectors (its block is padded); C gets only the columns that it has.
/// </remarks>
internal static unsafe class Tile<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public const int Height = 12;
    public const int Width = 2;

    /// <summary>One tile.</summary>
    /// <param name="a">A(0, 0).</param>
    /// <param name="rowStride">From A(i, p) to A(i + 1, p).</param>
    /// <param name="stepStride">From A(i, p) to A(i, p + 1).</param>
    /// <param name="b">B[0, j] of the tile's first column.</param>
    /// <param name="bStride">From one row of B to the next.</param>
    /// <param name="depth">How many p there are.</param>
    /// <param name="bias">Added to every row at the end, or null.</param>
    /// <param name="c">C[i, j] of the tile's first row and column.</param>
    /// <param name="cStride">From one row of C to the next.</param>
    /// <param name="last">How many columns the last vector has: 1 … Vector512&lt;T&gt;.Count.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<THeight, TWidth>(T* a, nint rowStride, nint stepStride, T* b, nint bStride, nint depth, T* bias, T* c, nint cStride, int last)
        where THeight : struct, INumber
        where TWidth : struct, INumber
    {
        nint stride2 = 2 * rowStride, stride3 = 3 * rowStride;
        var a4 = a + (4 * rowStride);
        var a8 = a + (8 * rowStride);
        Vector512<T> c0a = default, c0b = default,
            c1a = default, c1b = default,
            c2a = default, c2b = default,
            c3a = default, c3b = default,
            c4a = default, c4b = default,
            c5a = default, c5b = default,
            c6a = default, c6b = default,
            c7a = default, c7b = default,
            c8a = default, c8b = default,
            c9a = default, c9b = default,
            c10a = default, c10b = default,
            c11a = default, c11b = default;
        for (nint p = 0; p < depth; p++)
        {
            var b0 = Vector512.Load(b);
            var b1 = TWidth.Value > 1 ? Vector512.Load(b + Lanes<T>.Count) : default;
            Row<TWidth>(*a, b0, b1, ref c0a, ref c0b);
            if (THeight.Value > 1) Row<TWidth>(a[rowStride], b0, b1, ref c1a, ref c1b);
            if (THeight.Value > 2) Row<TWidth>(a[stride2], b0, b1, ref c2a, ref c2b);
            if (THeight.Value > 3) Row<TWidth>(a[stride3], b0, b1, ref c3a, ref c3b);
            if (THeight.Value > 4) Row<TWidth>(*a4, b0, b1, ref c4a, ref c4b);
            if (THeight.Value > 5) Row<TWidth>(a4[rowStride], b0, b1, ref c5a, ref c5b);
            if (THeight.Value > 6) Row<TWidth>(a4[stride2], b0, b1, ref c6a, ref c6b);
            if (THeight.Value > 7) Row<TWidth>(a4[stride3], b0, b1, ref c7a, ref c7b);
            if (THeight.Value > 8) Row<TWidth>(*a8, b0, b1, ref c8a, ref c8b);
            if (THeight.Value > 9) Row<TWidth>(a8[rowStride], b0, b1, ref c9a, ref c9b);
            if (THeight.Value > 10) Row<TWidth>(a8[stride2], b0, b1, ref c10a, ref c10b);
            if (THeight.Value > 11) Row<TWidth>(a8[stride3], b0, b1, ref c11a, ref c11b);
            a += stepStride;
            a4 += stepStride;
            a8 += stepStride;
            b += bStride;
        }

        if (bias != null)
        {
            var bias0 = Vector512.Load(bias);
            var bias1 = TWidth.Value > 1 ? Vector512.Load(bias + Lanes<T>.Count) : default;
            c0a += bias0; c0b += bias1;
            c1a += bias0; c1b += bias1;
            c2a += bias0; c2b += bias1;
            c3a += bias0; c3b += bias1;
            c4a += bias0; c4b += bias1;
            c5a += bias0; c5b += bias1;
            c6a += bias0; c6b += bias1;
            c7a += bias0; c7b += bias1;
            c8a += bias0; c8b += bias1;
            c9a += bias0; c9b += bias1;
            c10a += bias0; c10b += bias1;
            c11a += bias0; c11b += bias1;
        }

        Store<TWidth>(c0a, c0b, c + (0 * cStride), last);
        if (THeight.Value > 1) Store<TWidth>(c1a, c1b, c + (1 * cStride), last);
        if (THeight.Value > 2) Store<TWidth>(c2a, c2b, c + (2 * cStride), last);
        if (THeight.Value > 3) Store<TWidth>(c3a, c3b, c + (3 * cStride), last);
        if (THeight.Value > 4) Store<TWidth>(c4a, c4b, c + (4 * cStride), last);
        if (THeight.Value > 5) Store<TWidth>(c5a, c5b, c + (5 * cStride), last);
        if (THeight.Value > 6) Store<TWidth>(c6a, c6b, c + (6 * cStride), last);
        if (THeight.Value > 7) Store<TWidth>(c7a, c7b, c + (7 * cStride), last);
        if (THeight.Value > 8) Store<TWidth>(c8a, c8b, c + (8 * cStride), last);
        if (THeight.Value > 9) Store<TWidth>(c9a, c9b, c + (9 * cStride), last);
        if (THeight.Value > 10) Store<TWidth>(c10a, c10b, c + (10 * cStride), last);
        if (THeight.Value > 11) Store<TWidth>(c11a, c11b, c + (11 * cStride), last);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Row<TWidth>(T a, Vector512<T> b0, Vector512<T> b1, ref Vector512<T> c0, ref Vector512<T> c1)
        where TWidth : struct, INumber
    {
        var broadcast = Vector512.Create(a);
        c0 = Lanes<T>.MultiplyAdd(broadcast, b0, c0);
        if (TWidth.Value > 1)
        {
            c1 = Lanes<T>.MultiplyAdd(broadcast, b1, c1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TWidth>(Vector512<T> c0, Vector512<T> c1, T* c, int last)
        where TWidth : struct, INumber
    {
        if (TWidth.Value > 1)
        {
            Vector512.Store(c0, c);
            c += Lanes<T>.Count;
            c0 = c1;
        }

        if (last == Lanes<T>.Count)
        {
            Vector512.Store(c0, c);
        }
        else
        {
            Lanes<T>.StoreFirst(c0, c, last);
        }
    }
}
