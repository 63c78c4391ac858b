using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>
/// C = A·B + bias, cut into tiles. Threads divide the rows of C, or its columns where there are few rows; the sums stay whole.
/// Within a part the tiles go down a block of rows that the second-level cache holds, then one column of tiles to the right, so that
/// a column of B is read from memory once for each block of rows.
/// </summary>
/// <remarks>For the meaning of the strides see <see cref="Tile{T}"/>.</remarks>
internal readonly unsafe struct ProductJob<T>(
    T* a, nint rowStride, nint stepStride, T* b, nint bStride, int depth, T* bias, T* c, nint cStride, int rows, int columns) : IJob
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int BlockBytes = 1 << 19;
    private const double NanosecondsEach = 1 / 100.0;

    private static int TileColumns => Tile<T>.Width * Lanes<T>.Count;

    public static void Run(Team team, ProductJob<T> job) =>
        team.Run(ref job, team.PartsFor((double)job.Rows * job.Columns * job.Depth * NanosecondsEach));

    private int Rows => rows;

    private int Columns => columns;

    private int Depth => depth;

    public void Execute(int part, int parts)
    {
        var splitRows = rows >= 2 * parts * Tile<T>.Height || rows >= columns;
        var (top, bottom) = splitRows ? Team.Range(rows, rows >= parts * Tile<T>.Height ? Tile<T>.Height : 1, part, parts) : (0, rows);
        var (left, right) = splitRows ? (0, columns) : Team.Range(columns, Lanes<T>.Count, part, parts);
        var blockRows = Math.Max(2, BlockBytes / sizeof(T) / Math.Max(1, depth) / Tile<T>.Height) * Tile<T>.Height;
        for (var block = top; block < bottom; block += blockRows)
        {
            var blockEnd = Math.Min(bottom, block + blockRows);
            for (var column = left; column < right; column += TileColumns)
            {
                TileColumn(block, blockEnd, column, Math.Min(TileColumns, right - column));
            }
        }
    }

    private void TileColumn(int row, int end, int column, int width)
    {
        if (width > Lanes<T>.Count)
        {
            TileColumn<Two>(row, end, column, width - Lanes<T>.Count);
        }
        else
        {
            TileColumn<One>(row, end, column, width);
        }
    }

    private void TileColumn<TWidth>(int row, int end, int column, int last)
        where TWidth : struct, INumber
    {
        for (; row <= end - Tile<T>.Height; row += Tile<T>.Height)
        {
            At<Twelve, TWidth>(row, column, last);
        }

        switch (end - row)
        {
            case 1: At<One, TWidth>(row, column, last); break;
            case 2: At<Two, TWidth>(row, column, last); break;
            case 3: At<Three, TWidth>(row, column, last); break;
            case 4: At<Four, TWidth>(row, column, last); break;
            case 5: At<Five, TWidth>(row, column, last); break;
            case 6: At<Six, TWidth>(row, column, last); break;
            case 7: At<Seven, TWidth>(row, column, last); break;
            case 8: At<Eight, TWidth>(row, column, last); break;
            case 9: At<Nine, TWidth>(row, column, last); break;
            case 10: At<Ten, TWidth>(row, column, last); break;
            case 11: At<Eleven, TWidth>(row, column, last); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void At<THeight, TWidth>(int row, int column, int last)
        where THeight : struct, INumber
        where TWidth : struct, INumber =>
        Tile<T>.Run<THeight, TWidth>(
            a + (row * rowStride), rowStride, stepStride, b + column, bStride, depth, bias == null ? null : bias + column, c + (row * cStride) + column, cStride, last);
}
