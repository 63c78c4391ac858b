using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>From a height and a width that are known when the program runs to the method that the compiler made for them.</summary>
internal static unsafe class TileSizes<T, L>
    where T : unmanaged, IFloatingPointIeee754<T>
    where L : struct, ILanes<L, T>
{
    /// <summary>One tile: see <see cref="Tile{T, L}"/>. Of its last vector some columns may be there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(int height, int width, TileOperand<T> left, T* b, nint bStride, nint depth, in TileOutput<T> output, nint row,
        nint column)
    {
        if (width == 2 * L.Count)
        {
            Run<Two>(height, left, b, bStride, depth, output, row, column);
        }
        else if (width == L.Count)
        {
            Run<One>(height, left, b, bStride, depth, output, row, column);
        }
        else
        {
            Partial(height, width, left, b, bStride, depth, output, row, column);
        }
    }

    /// <summary>By way of a copy with room for whole vectors: what lies behind C's columns is not to be written.</summary>
    private static void Partial(int height, int width, TileOperand<T> left, T* b, nint bStride, nint depth, in TileOutput<T> output,
        nint row, nint column)
    {
        var sums = stackalloc T[12 * PanelWidth];
        if (output.Accumulates)
        {
            CopyIn(height, width, sums, output.At(row, column), output.Stride);
        }

        var whole = new TileOutput<T>(sums, PanelWidth) { Accumulates = output.Accumulates };
        if (width > L.Count)
        {
            Run<Two>(height, left, b, bStride, depth, whole, 0, 0);
        }
        else
        {
            Run<One>(height, left, b, bStride, depth, whole, 0, 0);
        }

        CopyOut(height, width, sums, output, row, column);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void CopyIn(int height, int width, T* sums, T* c, nint stride)
    {
        for (var i = 0; i < height; i++, sums += PanelWidth, c += stride)
        {
            L.Store(L.LoadFirst(c, width), sums);
            L.Store(L.LoadFirst(c + L.Count, width - L.Count), sums + L.Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void CopyOut(int height, int width, T* sums, in TileOutput<T> output, nint row, nint column)
    {
        for (var i = 0; i < height; i++, sums += PanelWidth)
        {
            L.LoadRow(sums, true, out var c0, out var c1);
            L.StoreRow(c0, c1, width > L.Count, sums, output.BiasAt(column), output.Rectifies, output.GateAt(row + i, column),
                output.Scale);
            var c = output.At(row + i, column);
            L.StoreFirst(L.Load(sums), c, width);
            L.StoreFirst(L.Load(sums + L.Count), c + L.Count, width - L.Count);
        }
    }

    /// <summary>The height of the tallest tile where the rows are shared evenly among as few tiles as hold them.</summary>
    public static int EvenHeight(int rows)
    {
        var tiles = (rows + L.TileHeight - 1) / L.TileHeight;
        return (rows + tiles - 1) / tiles;
    }

    /// <summary>Columns of a tile, and of a panel that is copied for it.</summary>
    public static int PanelWidth
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 2 * L.Count;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TWidth>(int height, TileOperand<T> left, T* b, nint bStride, nint depth, in TileOutput<T> output, nint row,
        nint column)
        where TWidth : struct, ISize
    {
        switch (height)
        {
            case 1:
                Tile<T, L>.Run<One, TWidth>(left.At, left.BetweenRows, left.BetweenSteps, b, bStride, depth, output, row, column);
                break;
            case 2:
                Tile<T, L>.Run<Two, TWidth>(left.At, left.BetweenRows, left.BetweenSteps, b, bStride, depth, output, row, column);
                break;
            case 3:
                Tile<T, L>.Run<Three, TWidth>(left.At, left.BetweenRows, left.BetweenSteps, b, bStride, depth, output, row, column);
                break;
            case 4:
                Tile<T, L>.Run<Four, TWidth>(left.At, left.BetweenRows, left.BetweenSteps, b, bStride, depth, output, row, column);
                break;
            case 5:
                Tile<T, L>.Run<Five, TWidth>(left.At, left.BetweenRows, left.BetweenSteps, b, bStride, depth, output, row, column);
                break;
            case 6:
                Tile<T, L>.Run<Six, TWidth>(left.At, left.BetweenRows, left.BetweenSteps, b, bStride, depth, output, row, column);
                break;
            case 7:
                Tile<T, L>.Run<Seven, TWidth>(left.At, left.BetweenRows, left.BetweenSteps, b, bStride, depth, output, row, column);
                break;
            case 8:
                Tile<T, L>.Run<Eight, TWidth>(left.At, left.BetweenRows, left.BetweenSteps, b, bStride, depth, output, row, column);
                break;
            case 9:
                Tile<T, L>.Run<Nine, TWidth>(left.At, left.BetweenRows, left.BetweenSteps, b, bStride, depth, output, row, column);
                break;
            case 10:
                Tile<T, L>.Run<Ten, TWidth>(left.At, left.BetweenRows, left.BetweenSteps, b, bStride, depth, output, row, column);
                break;
            case 11:
                Tile<T, L>.Run<Eleven, TWidth>(left.At, left.BetweenRows, left.BetweenSteps, b, bStride, depth, output, row, column);
                break;
            default:
                Tile<T, L>.Run<Twelve, TWidth>(left.At, left.BetweenRows, left.BetweenSteps, b, bStride, depth, output, row, column);
                break;
        }
    }
}
