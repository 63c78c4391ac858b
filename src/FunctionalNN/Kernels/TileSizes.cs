using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>From a height and a width that are known when the program runs to the method that the compiler made for them.</summary>
internal static unsafe class TileSizes<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>One tile: see <see cref="Tile{T}"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(int height, int width, TileOperand<T> left, T* b, nint bStride, nint depth, in TileOutput<T> output, nint row, nint column)
    {
        if (width > Lanes<T>.Count)
        {
            Run<Two>(height, left, b, bStride, depth, output, row, column, width - Lanes<T>.Count);
        }
        else
        {
            Run<One>(height, left, b, bStride, depth, output, row, column, width);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TWidth>(int height, TileOperand<T> left, T* b, nint bStride, nint depth, in TileOutput<T> output, nint row, nint column, int last)
        where TWidth : struct, INumber
    {
        switch (height)
        {
            case 1: Tile<T>.Run<One, TWidth>(left.At, left.BetweenRows, left.BetweenSteps, b, bStride, depth, output, row, column, last); break;
            case 2: Tile<T>.Run<Two, TWidth>(left.At, left.BetweenRows, left.BetweenSteps, b, bStride, depth, output, row, column, last); break;
            case 3: Tile<T>.Run<Three, TWidth>(left.At, left.BetweenRows, left.BetweenSteps, b, bStride, depth, output, row, column, last); break;
            case 4: Tile<T>.Run<Four, TWidth>(left.At, left.BetweenRows, left.BetweenSteps, b, bStride, depth, output, row, column, last); break;
            case 5: Tile<T>.Run<Five, TWidth>(left.At, left.BetweenRows, left.BetweenSteps, b, bStride, depth, output, row, column, last); break;
            case 6: Tile<T>.Run<Six, TWidth>(left.At, left.BetweenRows, left.BetweenSteps, b, bStride, depth, output, row, column, last); break;
            case 7: Tile<T>.Run<Seven, TWidth>(left.At, left.BetweenRows, left.BetweenSteps, b, bStride, depth, output, row, column, last); break;
            case 8: Tile<T>.Run<Eight, TWidth>(left.At, left.BetweenRows, left.BetweenSteps, b, bStride, depth, output, row, column, last); break;
            case 9: Tile<T>.Run<Nine, TWidth>(left.At, left.BetweenRows, left.BetweenSteps, b, bStride, depth, output, row, column, last); break;
            case 10: Tile<T>.Run<Ten, TWidth>(left.At, left.BetweenRows, left.BetweenSteps, b, bStride, depth, output, row, column, last); break;
            case 11: Tile<T>.Run<Eleven, TWidth>(left.At, left.BetweenRows, left.BetweenSteps, b, bStride, depth, output, row, column, last); break;
            default: Tile<T>.Run<Twelve, TWidth>(left.At, left.BetweenRows, left.BetweenSteps, b, bStride, depth, output, row, column, last); break;
        }
    }
}
