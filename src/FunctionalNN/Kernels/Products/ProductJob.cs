using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>
/// C = A·B, cut into tiles. Threads divide the rows of C, or its columns; the sums stay whole.
/// Within a part: a block of columns whose part of B the second-level cache holds; down its rows, a tile's height at a time; and for each
/// such strip of A, which the first-level cache holds, the tiles from left to right. Where strips of A are copied, some together: for each
/// panel of B, from left to right, the tiles of all of them from top to bottom.
/// </summary>
/// <remarks>
/// Where B is large its block is first copied into panels, as wide as a tile, one row after the other: rows that lie a
/// large power of two apart would fall on the same few lines of the cache. B transposed is always copied so. Where A is read transposed
/// with such a distance, strips are copied too, and kept for a wider block. For the meaning of the strides see <see cref="Tile{T, L}"/>.
/// Where A is rows yet to be gathered, each strip is gathered just before it is used: A itself, or for A transposed some columns of all its
/// rows.
/// </remarks>
internal readonly unsafe struct ProductJob<T>(
    T* a, nint rowStride, nint stepStride, T* b, nint bStride, bool isTransposed, TileOutput<T> output, int rows, int columns, int depth,
    RowGather<T>? gathered = null, bool isGatheredTransposed = false) : ILaneJob<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int FarBytes = 4096;
    private const int LongRowBytes = 8192;
    private const int StripsAtOnce = 8;
    private const int RowStep = 4;

    /// <summary>Rows that repay copying a B that would be read well enough as it lies, in multiples of a tile's height.</summary>
    private const int ManyTiles = 64;

    /// <summary>What one multiply-add takes with vectors of 512 bits; with narrower ones it takes as much longer.</summary>
    private const double NanosecondsEach = 1 / 100.0;

    /// <summary>The part of B that the second-level cache holds beside what else goes through it.</summary>
    private static int BlockBytes => Caches.Level2 / 2;

    private static int LargeBytes => 2 * Caches.Level2;

    public static void Run(Team team, ProductJob<T> job) => LaneWidth<T>.Run(team, ref job, team.PartsFor(job.Nanoseconds));

    private double Nanoseconds
    {
        get
        {
            var count = LaneWidth<T>.VectorCount;
            return (double)rows * ((columns + count - 1) / count * count) * depth * NanosecondsEach * (512 / LaneWidth.Bits);
        }
    }

    /// <summary>From row to row of gathered rows: not a multiple of a page, or a tile's rows would fall on the same few lines of the
    /// cache.</summary>
    private int GatheredStride => depth + LaneWidth<T>.BlockCount;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Execute<L>(int part, int parts)
        where L : struct, ILanes<L, T>
    {
        // Columns are divided where copies of B are then made once in all, rows otherwise.
        var panelWidth = TileSizes<T, L>.PanelWidth;
        var dividesColumns = rows < parts * L.TileHeight || (CopiesB<L>() && columns >= parts * panelWidth);
        var (top, bottom) = dividesColumns ? (0, rows) : Team.Range(rows, RowStep, part, parts);
        var (left, right) = dividesColumns
            ? Team.Range(columns, columns >= parts * panelWidth ? panelWidth : L.Count, part, parts)
            : (0, columns);
        var blockColumns = Math.Max(1, (CopiesA<L>() ? LargeBytes : BlockBytes) / sizeof(T) / Math.Max(1, depth) / panelWidth) * panelWidth;
        var panels = CopiesB<L>()
            ? ThreadScratch<T>.First(Math.Min(blockColumns, (right - left + panelWidth - 1) / panelWidth * panelWidth) * depth)
            : null;
        var strips = CopiesA<L>() ? ThreadScratch<T>.Second((StripsAtOnce * L.TileHeight * depth) + L.Count)
            : gathered is null ? null
            : ThreadScratch<T>.Second(isGatheredTransposed ? StripsAtOnce * L.TileHeight * depth : L.TileHeight * GatheredStride);
        for (var column = left; column < right; column += blockColumns)
        {
            Block<L>(top, bottom, column, Math.Min(right, column + blockColumns), panels, strips);
        }
    }

    /// <summary>Whether B's panels are copied: B transposed always, B as it lies when it is large and there are rows enough to repay
    /// it.</summary>
    private bool CopiesB<L>()
        where L : struct, ILanes<L, T> =>
        isTransposed
            || (rows >= 8 * L.TileHeight && columns > L.Count
                && (long)depth * columns * sizeof(T) > (rows >= ManyTiles * L.TileHeight ? BlockBytes : LargeBytes));

    /// <summary>Whether strips of A are copied, several side by side, as a cache line holds numbers of two.</summary>
    private bool CopiesA<L>()
        where L : struct, ILanes<L, T> =>
            gathered is null && rowStride == 1 && stepStride * sizeof(T) >= FarBytes && columns >= 4 * TileSizes<T, L>.PanelWidth;

    /// <summary>Whether A is only looked at once and its rows are long: the next strip is then asked for ahead. (Measured: 10 % at rows of
    /// 12 KB, a loss at 3 KB.)</summary>
    private bool ReadsAOnce<L>()
        where L : struct, ILanes<L, T> =>
        gathered is null && stepStride == 1 && columns <= TileSizes<T, L>.PanelWidth && depth * sizeof(T) >= LongRowBytes;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Block<L>(int top, int bottom, int leftmost, int right, T* panels, T* strips)
        where L : struct, ILanes<L, T>
    {
        var panelWidth = TileSizes<T, L>.PanelWidth;
        if (panels != null && !isTransposed)
        {
            Panel.Copy<T, L>(b + leftmost, bStride, panels, depth, right - leftmost);
        }

        for (var column = leftmost; panels != null && isTransposed && column < right; column += panelWidth)
        {
            var panel = panels + ((nint)(column - leftmost) * depth);
            Transposition.Run<T, L>(b + (column * bStride), bStride, panel, panelWidth, Math.Min(panelWidth, right - column), depth);
        }

        if (depth <= ShallowProduct<T, L>.Deepest && strips == null && !output.Accumulates && depth > 0)
        {
            for (var column = leftmost; column < right; column += panelWidth)
            {
                var (from, stride) = panels == null
                    ? ((nint)(b + column), bStride)
                    : ((nint)(panels + ((nint)(column - leftmost) * depth)), panelWidth);
                var left = new TileOperand<T>(a + (top * rowStride), rowStride, stepStride);
                ShallowProduct<T, L>.Run(bottom - top, Math.Min(panelWidth, right - column), left, (T*)from, stride, depth, output, top,
                    column);
            }

            return;
        }

        var readsAOnce = ReadsAOnce<L>();
        var together = CopiesA<L>() ? StripsAtOnce * L.TileHeight : L.TileHeight;
        for (int row = top, height; row < bottom; row += height)
        {
            // The last two strips share what is left for them: two of 8 rows are faster than one of 12 and one of 4.
            var remaining = bottom - row;
            var shares = strips == null || (gathered is not null && !isGatheredTransposed);
            height = shares && remaining > L.TileHeight && remaining < 2 * L.TileHeight
                ? (remaining + 1) / 2
                : Math.Min(together, remaining);
            var left = RowsOfA<L>(row, height, row - top, remaining, strips);
            for (int next = row + height, p = 0; readsAOnce && p < height && next + p < bottom; p++)
            {
                Prefetching.Of(new ReadOnlySpan<T>(a + ((next + p) * rowStride), depth));
            }

            var start = leftmost;
            for (; height <= WideTile<T, L>.Tallest && panels == null
                && start <= right - WideTile<T, L>.Width; start += WideTile<T, L>.Width)
            {
                WideTile<T, L>.Run(height, left, b + start, bStride, depth, output, row, start);
            }

            for (var column = start; column < right; column += panelWidth)
            {
                var panel = panels == null ? null : panels + ((nint)(column - leftmost) * depth);
                for (var down = 0; down < height; down += L.TileHeight)
                {
                    // A copied strip takes a tile's height · depth numbers.
                    var width = Math.Min(panelWidth, right - column);
                    Strip<L>(row + down, Math.Min(L.TileHeight, height - down), column, width, panel, left.From(down * depth));
                }
            }
        }
    }

    /// <summary>Where some rows of A, a strip or several, are to be read: where they lie, or a copy, made for several strips at once where
    /// that is cheaper.</summary>
    /// <param name="row">The first row.</param>
    /// <param name="height">How many rows.</param>
    /// <param name="done">How many rows of this block came before.</param>
    /// <param name="remaining">How many are left of it, these among them.</param>
    /// <param name="strips">Room for copies, or null where none are made.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private TileOperand<T> RowsOfA<L>(int row, int height, int done, int remaining, T* strips)
        where L : struct, ILanes<L, T>
    {
        if (strips == null)
        {
            return new TileOperand<T>(a + (row * rowStride), rowStride, stepStride);
        }

        if (gathered is null)
        {
            Panel.CopyStrips<T, L>(a + row, stepStride, strips, depth, (height + L.TileHeight - 1) / L.TileHeight);
            return new TileOperand<T>(strips, 1, L.TileHeight);
        }

        if (!isGatheredTransposed)
        {
            gathered.Copy(row, height, 0, depth, strips, GatheredStride);
            return new TileOperand<T>(strips, GatheredStride, 1);
        }

        var together = StripsAtOnce * L.TileHeight;
        var position = done % together;
        if (position == 0)
        {
            gathered.Copy(0, depth, row, Math.Min(together, remaining), strips, together);
        }

        return new TileOperand<T>(strips + position, 1, together);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Strip<L>(int row, int height, int column, int width, T* panel, TileOperand<T> left)
        where L : struct, ILanes<L, T>
    {
        var (right, stride) = panel == null ? ((nint)(b + column), bStride) : ((nint)panel, TileSizes<T, L>.PanelWidth);
        TileSizes<T, L>.Run(height, width, left, (T*)right, stride, depth, output, row, column);
    }
}
