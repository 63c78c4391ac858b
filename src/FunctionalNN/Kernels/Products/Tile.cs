using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>
/// The heart of every matrix product: a tile of C, at most 12 rows high and 2 vectors wide, kept in registers while the sum runs. The 16
/// registers of AVX2 hold tiles of 6 rows: see <see cref="ILanes{L, T}.TileHeight"/>.
/// <code>
///            b0  b1            C[i, j] = Σₚ A(i, p) · B[p, j],  p = 0, 1, 2, …
///  A(0, p)  c0a c0b
///  A(1, p)  c1a c1b            A(i, p) lies at a[i·rowStride + p·stepStride]: rowStride = 1 reads A transposed
///     ⋮      ⋮   ⋮             B's row p lies at b + p·bStride
///  A(11,p)  c11a c11b
/// </code>
/// Each p loads one row of B (two vectors), broadcasts 12 numbers of A and does 24 multiply-adds: 24 sums, two vectors of B and one
/// broadcast fill 27 of 32 registers; of 16, a tile of half the height fills 15. Every number of C is one chain of fused multiply-adds in
/// the order of p, whatever the tile's size: so tiles, threads and vector widths cannot change a bit. What happens to the finished sums is
/// in <see cref="TileOutput{T}"/>.
/// </summary>
/// <remarks>
/// Height and width are types: the compiler makes a method for each pair, in which the branches on them and the sums
/// beyond them are gone. A B row is read in whole vectors (its block is padded); C gets only the columns that it has.
/// </remarks>
internal static unsafe class Tile<T, L>
    where T : unmanaged, IFloatingPointIeee754<T>
    where L : struct, ILanes<L, T>
{

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
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Run<THeight, TWidth>(T* a, nint rowStride, nint stepStride, T* b, nint bStride, nint depth, in TileOutput<T> output,
        nint row, nint column)
        where THeight : struct, ISize
        where TWidth : struct, ISize
    {
        nint stride2 = 2 * rowStride, stride3 = 3 * rowStride;
        var a4 = a + (4 * rowStride);
        var a8 = a + (8 * rowStride);
        L c0a = default, c0b = default,
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
        var isWide = TWidth.Value > 1;
        var c = output.At(row, column);
        var stride = output.Stride;
        if (output.Accumulates)
        {
            L.LoadRow(c, isWide, out c0a, out c0b);
            if (THeight.Value > 1) L.LoadRow(c + (1 * stride), isWide, out c1a, out c1b);
            if (THeight.Value > 2) L.LoadRow(c + (2 * stride), isWide, out c2a, out c2b);
            if (THeight.Value > 3) L.LoadRow(c + (3 * stride), isWide, out c3a, out c3b);
            if (THeight.Value > 4) L.LoadRow(c + (4 * stride), isWide, out c4a, out c4b);
            if (THeight.Value > 5) L.LoadRow(c + (5 * stride), isWide, out c5a, out c5b);
            if (THeight.Value > 6) L.LoadRow(c + (6 * stride), isWide, out c6a, out c6b);
            if (THeight.Value > 7) L.LoadRow(c + (7 * stride), isWide, out c7a, out c7b);
            if (THeight.Value > 8) L.LoadRow(c + (8 * stride), isWide, out c8a, out c8b);
            if (THeight.Value > 9) L.LoadRow(c + (9 * stride), isWide, out c9a, out c9b);
            if (THeight.Value > 10) L.LoadRow(c + (10 * stride), isWide, out c10a, out c10b);
            if (THeight.Value > 11) L.LoadRow(c + (11 * stride), isWide, out c11a, out c11b);
        }

        for (nint p = 0; p < depth; p++)
        {
            L.LoadRow(b, isWide, out var b0, out var b1);
            L.MultiplyAddRow(a, b0, b1, isWide, ref c0a, ref c0b);
            if (THeight.Value > 1) L.MultiplyAddRow(a + rowStride, b0, b1, isWide, ref c1a, ref c1b);
            if (THeight.Value > 2) L.MultiplyAddRow(a + stride2, b0, b1, isWide, ref c2a, ref c2b);
            if (THeight.Value > 3) L.MultiplyAddRow(a + stride3, b0, b1, isWide, ref c3a, ref c3b);
            if (THeight.Value > 4) L.MultiplyAddRow(a4, b0, b1, isWide, ref c4a, ref c4b);
            if (THeight.Value > 5) L.MultiplyAddRow(a4 + rowStride, b0, b1, isWide, ref c5a, ref c5b);
            if (THeight.Value > 6) L.MultiplyAddRow(a4 + stride2, b0, b1, isWide, ref c6a, ref c6b);
            if (THeight.Value > 7) L.MultiplyAddRow(a4 + stride3, b0, b1, isWide, ref c7a, ref c7b);
            if (THeight.Value > 8) L.MultiplyAddRow(a8, b0, b1, isWide, ref c8a, ref c8b);
            if (THeight.Value > 9) L.MultiplyAddRow(a8 + rowStride, b0, b1, isWide, ref c9a, ref c9b);
            if (THeight.Value > 10) L.MultiplyAddRow(a8 + stride2, b0, b1, isWide, ref c10a, ref c10b);
            if (THeight.Value > 11) L.MultiplyAddRow(a8 + stride3, b0, b1, isWide, ref c11a, ref c11b);
            a += stepStride;
            a4 += stepStride;
            a8 += stepStride;
            b += bStride;
        }

        var (bias, gate, rectifies, scale) =
            ((nint)output.BiasAt(column), (nint)output.GateAt(row, column), output.Rectifies, output.Scale);
        var gateStride = gate == 0 ? 0 : stride * sizeof(T);
        L.StoreRow(c0a, c0b, isWide, c, (T*)bias, rectifies, (T*)gate, scale);
        if (THeight.Value > 1) L.StoreRow(c1a, c1b, isWide, c + (1 * stride), (T*)bias, rectifies, (T*)(gate + (1 * gateStride)), scale);
        if (THeight.Value > 2) L.StoreRow(c2a, c2b, isWide, c + (2 * stride), (T*)bias, rectifies, (T*)(gate + (2 * gateStride)), scale);
        if (THeight.Value > 3) L.StoreRow(c3a, c3b, isWide, c + (3 * stride), (T*)bias, rectifies, (T*)(gate + (3 * gateStride)), scale);
        if (THeight.Value > 4) L.StoreRow(c4a, c4b, isWide, c + (4 * stride), (T*)bias, rectifies, (T*)(gate + (4 * gateStride)), scale);
        if (THeight.Value > 5) L.StoreRow(c5a, c5b, isWide, c + (5 * stride), (T*)bias, rectifies, (T*)(gate + (5 * gateStride)), scale);
        if (THeight.Value > 6) L.StoreRow(c6a, c6b, isWide, c + (6 * stride), (T*)bias, rectifies, (T*)(gate + (6 * gateStride)), scale);
        if (THeight.Value > 7) L.StoreRow(c7a, c7b, isWide, c + (7 * stride), (T*)bias, rectifies, (T*)(gate + (7 * gateStride)), scale);
        if (THeight.Value > 8) L.StoreRow(c8a, c8b, isWide, c + (8 * stride), (T*)bias, rectifies, (T*)(gate + (8 * gateStride)), scale);
        if (THeight.Value > 9) L.StoreRow(c9a, c9b, isWide, c + (9 * stride), (T*)bias, rectifies, (T*)(gate + (9 * gateStride)), scale);
        if (THeight.Value > 10) L.StoreRow(c10a, c10b, isWide, c + (10 * stride), (T*)bias, rectifies, (T*)(gate + (10 * gateStride)),
            scale);
        if (THeight.Value > 11) L.StoreRow(c11a, c11b, isWide, c + (11 * stride), (T*)bias, rectifies, (T*)(gate + (11 * gateStride)),
            scale);
    }
}
