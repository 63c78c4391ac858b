using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>
/// Some vectors of z = x·W for a single row x, their sums kept in registers: 16 vectors where there are 32 registers, 8 where there are 16.
/// The chain of each sum is that of <see cref="Tile{T, L}"/>.
/// </summary>
internal static unsafe class RowKernel<T, L>
    where T : unmanaged, IFloatingPointIeee754<T>
    where L : struct, ILanes<L, T>
{
    /// <summary>As many vectors as the registers hold sums of.</summary>
    public static int MaxVectors => L.TileHeight > 6 ? 16 : 8;

    /// <param name="x">The row.</param>
    /// <param name="w">The first wanted number of W's first row.</param>
    /// <param name="stride">From one row of W to the next.</param>
    /// <param name="rowsAhead">So many rows before they are needed they are asked for; 0 leaves that to the hardware.</param>
    /// <param name="inputs">The length of x.</param>
    /// <param name="output">Takes the sums.</param>
    /// <param name="column">The first wanted column.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Run<TVectors>(T* x, T* w, nint stride, int rowsAhead, int inputs, in TileOutput<T> output, int column)
        where TVectors : struct, ISize
    {
        L c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default, c6 = default, c7 = default;
        L c8 = default, c9 = default, c10 = default, c11 = default, c12 = default, c13 = default, c14 = default, c15 = default;
        for (var p = 0; p < inputs; p++)
        {
            if (rowsAhead > 0)
            {
                Prefetching.Of(new ReadOnlySpan<T>(w + (rowsAhead * stride), TVectors.Value * L.Count));
            }

            var a = L.Of(x[p]);
            c0 = L.MultiplyAdd(a, L.Load(w), c0);
            c1 = L.MultiplyAdd(a, L.Load(w + L.Count), c1);
            c2 = L.MultiplyAdd(a, L.Load(w + (2 * L.Count)), c2);
            c3 = L.MultiplyAdd(a, L.Load(w + (3 * L.Count)), c3);
            c4 = L.MultiplyAdd(a, L.Load(w + (4 * L.Count)), c4);
            c5 = L.MultiplyAdd(a, L.Load(w + (5 * L.Count)), c5);
            c6 = L.MultiplyAdd(a, L.Load(w + (6 * L.Count)), c6);
            c7 = L.MultiplyAdd(a, L.Load(w + (7 * L.Count)), c7);
            if (TVectors.Value > 8)
            {
                c8 = L.MultiplyAdd(a, L.Load(w + (8 * L.Count)), c8);
                c9 = L.MultiplyAdd(a, L.Load(w + (9 * L.Count)), c9);
                c10 = L.MultiplyAdd(a, L.Load(w + (10 * L.Count)), c10);
                c11 = L.MultiplyAdd(a, L.Load(w + (11 * L.Count)), c11);
                c12 = L.MultiplyAdd(a, L.Load(w + (12 * L.Count)), c12);
                c13 = L.MultiplyAdd(a, L.Load(w + (13 * L.Count)), c13);
                c14 = L.MultiplyAdd(a, L.Load(w + (14 * L.Count)), c14);
                c15 = L.MultiplyAdd(a, L.Load(w + (15 * L.Count)), c15);
            }

            w += stride;
        }

        Store(c0, c1, output, column);
        Store(c2, c3, output, column + (2 * L.Count));
        Store(c4, c5, output, column + (4 * L.Count));
        Store(c6, c7, output, column + (6 * L.Count));
        if (TVectors.Value > 8)
        {
            Store(c8, c9, output, column + (8 * L.Count));
            Store(c10, c11, output, column + (10 * L.Count));
            Store(c12, c13, output, column + (12 * L.Count));
            Store(c14, c15, output, column + (14 * L.Count));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(L c0, L c1, in TileOutput<T> output, int column) =>
        L.StoreRow(c0, c1, true, output.At(0, column), output.BiasAt(column), output.Rectifies, output.GateAt(0, column), output.Scale);
}
