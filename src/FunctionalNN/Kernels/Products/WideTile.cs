using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>
/// A tile of one or two rows and four vectors: where C has so few rows, a <see cref="Tile{T, L}"/> of two vectors would wait for its two or
/// four sums. Each sum is the same chain.
/// </summary>
internal static unsafe class WideTile<T, L>
    where T : unmanaged, IFloatingPointIeee754<T>
    where L : struct, ILanes<L, T>
{
    public const int Tallest = 2;

    /// <summary>Columns of a tile.</summary>
    public static int Width => 4 * L.Count;

    /// <param name="height">1 or 2.</param>
    /// <param name="left">A.</param>
    /// <param name="b">B[0, j] of the tile's first column.</param>
    /// <param name="bStride">From one row of B to the next.</param>
    /// <param name="depth">How many steps there are.</param>
    /// <param name="output">Where the sums go.</param>
    /// <param name="row">The tile's first row in C.</param>
    /// <param name="column">The tile's first column in C.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Run(int height, TileOperand<T> left, T* b, nint bStride, nint depth, in TileOutput<T> output, nint row, nint column)
    {
        // With one row the second is the first again: it costs what waiting would.
        var a = left.At;
        var (second, step) = (height > 1 ? left.BetweenRows : 0, left.BetweenSteps);
        var (c, c2) = ((nint)output.At(row, column), (nint)output.At(height > 1 ? row + 1 : row, column));
        L c0a = default, c0b = default, c0c = default, c0d = default, c1a = default, c1b = default, c1c = default, c1d = default;
        if (output.Accumulates)
        {
            L.LoadRow((T*)c, true, out c0a, out c0b);
            L.LoadRow((T*)c + (2 * L.Count), true, out c0c, out c0d);
            L.LoadRow((T*)c2, true, out c1a, out c1b);
            L.LoadRow((T*)c2 + (2 * L.Count), true, out c1c, out c1d);
        }

        for (nint p = 0; p < depth; p++, a += step, b += bStride)
        {
            L.LoadRow(b, true, out var b0, out var b1);
            L.LoadRow(b + (2 * L.Count), true, out var b2, out var b3);
            L.MultiplyAddRow(a, b0, b1, true, ref c0a, ref c0b);
            L.MultiplyAddRow(a, b2, b3, true, ref c0c, ref c0d);
            L.MultiplyAddRow(a + second, b0, b1, true, ref c1a, ref c1b);
            L.MultiplyAddRow(a + second, b2, b3, true, ref c1c, ref c1d);
        }

        var next = column + (2 * L.Count);
        L.StoreRow(c0a, c0b, true, (T*)c, output.BiasAt(column), output.Rectifies, output.GateAt(row, column), output.Scale);
        L.StoreRow(c0c, c0d, true, (T*)c + (2 * L.Count), output.BiasAt(next), output.Rectifies, output.GateAt(row, next), output.Scale);
        if (height > 1)
        {
            L.StoreRow(c1a, c1b, true, (T*)c2, output.BiasAt(column), output.Rectifies, output.GateAt(row + 1, column), output.Scale);
            L.StoreRow(c1c, c1d, true, (T*)c2 + (2 * L.Count), output.BiasAt(next), output.Rectifies, output.GateAt(row + 1, next),
                output.Scale);
        }
    }
}
