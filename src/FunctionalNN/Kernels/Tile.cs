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
///     ⋮      ⋮   ⋮             B's row p lies at b + p·bStride
///  A(11,p)  c11a c11b
/// </code>
/// Each p loads one row of B (two vectors), broadcasts 12 numbers of A and does 24 multiply-adds: 24 sums, two rows of B and one
/// broadcast fill 27 of the 32 registers. Every number of C is one chain of fused multiply-adds in the order of p, whatever the
/// tile's size: so tiles, threads and vector widths cannot change a bit. What happens to the finished sums is in <see cref="TileOutput{T}"/>.
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
    /// <param name="output">Where the sums go.</param>
    /// <param name="row">The tile's first row in C.</param>
    /// <param name="column">The tile's first column in C.</param>
    /// <param name="last">How many columns the last vector has: 1 … Vector512&lt;T&gt;.Count.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Run<THeight, TWidth>(T* a, nint rowStride, nint stepStride, T* b, nint bStride, nint depth, in TileOutput<T> output, nint row, nint column, int last)
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
        if (output.Accumulates)
        {
            var c = output.At(row, column);
            Load<TWidth>(c, last, out c0a, out c0b);
            if (THeight.Value > 1) Load<TWidth>(c + (1 * output.Stride), last, out c1a, out c1b);
            if (THeight.Value > 2) Load<TWidth>(c + (2 * output.Stride), last, out c2a, out c2b);
            if (THeight.Value > 3) Load<TWidth>(c + (3 * output.Stride), last, out c3a, out c3b);
            if (THeight.Value > 4) Load<TWidth>(c + (4 * output.Stride), last, out c4a, out c4b);
            if (THeight.Value > 5) Load<TWidth>(c + (5 * output.Stride), last, out c5a, out c5b);
            if (THeight.Value > 6) Load<TWidth>(c + (6 * output.Stride), last, out c6a, out c6b);
            if (THeight.Value > 7) Load<TWidth>(c + (7 * output.Stride), last, out c7a, out c7b);
            if (THeight.Value > 8) Load<TWidth>(c + (8 * output.Stride), last, out c8a, out c8b);
            if (THeight.Value > 9) Load<TWidth>(c + (9 * output.Stride), last, out c9a, out c9b);
            if (THeight.Value > 10) Load<TWidth>(c + (10 * output.Stride), last, out c10a, out c10b);
            if (THeight.Value > 11) Load<TWidth>(c + (11 * output.Stride), last, out c11a, out c11b);
        }

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

        output.Store<TWidth>(c0a, c0b, row, column, last);
        if (THeight.Value > 1) output.Store<TWidth>(c1a, c1b, row + 1, column, last);
        if (THeight.Value > 2) output.Store<TWidth>(c2a, c2b, row + 2, column, last);
        if (THeight.Value > 3) output.Store<TWidth>(c3a, c3b, row + 3, column, last);
        if (THeight.Value > 4) output.Store<TWidth>(c4a, c4b, row + 4, column, last);
        if (THeight.Value > 5) output.Store<TWidth>(c5a, c5b, row + 5, column, last);
        if (THeight.Value > 6) output.Store<TWidth>(c6a, c6b, row + 6, column, last);
        if (THeight.Value > 7) output.Store<TWidth>(c7a, c7b, row + 7, column, last);
        if (THeight.Value > 8) output.Store<TWidth>(c8a, c8b, row + 8, column, last);
        if (THeight.Value > 9) output.Store<TWidth>(c9a, c9b, row + 9, column, last);
        if (THeight.Value > 10) output.Store<TWidth>(c10a, c10b, row + 10, column, last);
        if (THeight.Value > 11) output.Store<TWidth>(c11a, c11b, row + 11, column, last);
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
    private static void Load<TWidth>(T* c, int last, out Vector512<T> c0, out Vector512<T> c1)
        where TWidth : struct, INumber
    {
        c0 = TWidth.Value > 1 ? Vector512.Load(c) : Lanes<T>.LoadFirst(c, last);
        c1 = TWidth.Value > 1 ? Lanes<T>.LoadFirst(c + Lanes<T>.Count, last) : default;
    }
}
