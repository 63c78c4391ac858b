using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>
/// C = A·B, cut into tiles. Threads divide the rows of C, or its columns; the sums stay whole.
/// Within a part: a block of columns whose part of B the second-level cache holds; down its rows, a tile's height at a time; and for each
/// such strip of A, which the first-level cache holds, the tiles from left to right. Where strips of A are copied, some together: for each panel of B, from left
/// to right, the tiles of all of them from top to bottom.
/// </summary>
/// <remarks>
/// Where B is large its block is first copied into panels, as wide as a tile, one row after the other: rows that lie a
/// large power of two apart would fall on the same few lines of the cache. B transposed is always copied so. Where A is read transposed with
/// such a distance, strips are copied too, and kept for a wider block. For the meaning of the strides see <see cref="Tile{T}"/>. Where A is rows yet to be
/// gathered, each strip is gathered just before it is used: A itself, or for A transposed some columns of all its rows.
/// </remarks>
internal readonly unsafe struct ProductJob<T>(
    T* a, nint rowStride, nint stepStride, T* b, nint bStride, bool isTransposed, TileOutput<T> output, int rows, int columns, int depth,
    RowGather<T>? gathered = null, bool isGatheredTransposed = false) : IJob
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int BlockBytes = 1 << 19;
    private const int LargeBytes = 1 << 21;
    private const int FarBytes = 4096;
    private const int LongRowBytes = 8192;
    private const int StripsAtOnce = 8;
    private const int GatheredStripsAtOnce = 8;
    private const int RowStep = 4;
    private const double NanosecondsEach = 1 / 100.0;

    private static int PanelWidth => Tile<T>.Width * Lanes<T>.Count;

    /// <summary>Whether B's panels are copied: B transposed always, B as it lies when it is large and there are rows enough to repay it.</summary>
    private bool CopiesB => isTransposed || ((long)depth * columns * sizeof(T) > LargeBytes && rows >= 8 * Tile<T>.Height);

    /// <summary>Whether strips of A are copied, several side by side, as a cache line holds numbers of two.</summary>
    private bool CopiesA => gathered is null && rowStride == 1 && stepStride * sizeof(T) >= FarBytes && columns >= 4 * PanelWidth;

    /// <summary>Whether A is only looked at once and its rows are long: the next strip is then asked for ahead. (Measured: 10 % at rows of 12 KB, a loss at 3 KB.)</summary>
    private bool ReadsAOnce => gathered is null && stepStride == 1 && columns <= PanelWidth && depth * sizeof(T) >= LongRowBytes;

    /// <summary>From row to row of gathered rows: not a multiple of a page, or twelve rows would fall on the same few lines of the cache.</summary>
    private int GatheredStride => depth + Lanes<T>.Count;

    public static void Run(Team team, ProductJob<T> job) => team.Run(ref job, team.PartsFor(job.Nanoseconds));

    private double Nanoseconds => (double)rows * ((columns + Lanes<T>.Count - 1) / Lanes<T>.Count * Lanes<T>.Count) * depth * NanosecondsEach;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Execute(int part, int parts)
    {
        // Columns are divided where copies of B are then made once in all, rows otherwise.
        var dividesColumns = rows < parts * Tile<T>.Height || (CopiesB && columns >= parts * PanelWidth);
        var (top, bottom) = dividesColumns ? (0, rows) : Team.Range(rows, RowStep, part, parts);
        var (left, right) = dividesColumns ? Team.Range(columns, columns >= parts * PanelWidth ? PanelWidth : Lanes<T>.Count, part, parts) : (0, columns);
        var blockColumns = Math.Max(1, (CopiesA ? LargeBytes : BlockBytes) / sizeof(T) / Math.Max(1, depth) / PanelWidth) * PanelWidth;
        var panels = CopiesB ? Room<T>.First(blockColumns * depth) : null;
        var strips = CopiesA ? Room<T>.Second(StripsAtOnce * Tile<T>.Height * depth)
            : gathered is null ? null
            : Room<T>.Second(isGatheredTransposed ? GatheredStripsAtOnce * Tile<T>.Height * depth : Tile<T>.Height * GatheredStride);
        for (var column = left; column < right; column += blockColumns)
        {
            Block(top, bottom, column, Math.Min(right, column + blockColumns), panels, strips);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Block(int top, int bottom, int leftmost, int right, T* panels, T* strips)
    {
        if (panels != null && !isTransposed)
        {
            Panel.Copy(b + leftmost, bStride, panels, depth, right - leftmost);
        }

        for (var column = leftmost; panels != null && isTransposed && column < right; column += PanelWidth)
        {
            Transposition.Run(b + (column * bStride), bStride, panels + ((nint)(column - leftmost) * depth), PanelWidth, Math.Min(PanelWidth, right - column), depth);
        }

        var together = CopiesA ? StripsAtOnce * Tile<T>.Height : Tile<T>.Height;
        for (int row = top, height; row < bottom; row += height)
        {
            // The last two strips share what is left for them: two of 8 rows are faster than one of 12 and one of 4.
            var remaining = bottom - row;
            var shares = strips == null || (gathered is not null && !isGatheredTransposed);
            height = shares && remaining > Tile<T>.Height && remaining < 2 * Tile<T>.Height ? (remaining + 1) / 2 : Math.Min(together, remaining);
            var left = RowsOfA(row, height, row - top, remaining, strips);
            for (int next = row + height, p = 0; ReadsAOnce && p < height && next + p < bottom; p++)
            {
                Prefetching.Of(new ReadOnlySpan<T>(a + ((next + p) * rowStride), depth));
            }

            for (var column = leftmost; column < right; column += PanelWidth)
            {
                var panel = panels == null ? null : panels + ((nint)(column - leftmost) * depth);
                for (var down = 0; down < height; down += Tile<T>.Height)
                {
                    // A copied strip takes Height · depth numbers.
                    Strip(row + down, Math.Min(Tile<T>.Height, height - down), column, Math.Min(PanelWidth, right - column), panel, left.From(down * depth));
                }
            }
        }
    }

    /// <summary>Where some rows of A, a strip or several, are to be read: where they lie, or a copy, made for several strips at once where that is cheaper.</summary>
    /// <param name="row">The first row.</param>
    /// <param name="height">How many rows.</param>
    /// <param name="done">How many rows of this block came before.</param>
    /// <param name="remaining">How many are left of it, these among them.</param>
    /// <param name="strips">Room for copies, or null where none are made.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private TileOperand<T> RowsOfA(int row, int height, int done, int remaining, T* strips)
    {
        if (strips == null)
        {
            return new TileOperand<T>(a + (row * rowStride), rowStride, stepStride);
        }

        if (gathered is null)
        {
            Panel.CopyStrips(a + row, stepStride, strips, depth, (height + Tile<T>.Height - 1) / Tile<T>.Height);
            return new TileOperand<T>(strips, 1, Tile<T>.Height);
        }

        if (!isGatheredTransposed)
        {
            gathered.Copy(row, height, 0, depth, strips, GatheredStride);
            return new TileOperand<T>(strips, GatheredStride, 1);
        }

        const int Together = GatheredStripsAtOnce * Tile<T>.Height;
        var position = done % Together;
        if (position == 0)
        {
            gathered.Copy(0, depth, row, Math.Min(Together, remaining), strips, Together);
        }

        return new TileOperand<T>(strips + position, 1, Together);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Strip(int row, int height, int column, int width, T* panel, TileOperand<T> left)
    {
        var (right, stride) = panel == null ? ((nint)(b + column), bStride) : ((nint)panel, PanelWidth);
        TileSizes<T>.Run(height, width, left, (T*)right, stride, depth, output, row, column);
    }
}
