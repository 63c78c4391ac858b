using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>
/// C = A·B for a depth of at most four: so few steps that a tile would spend its time on beginning and ending. The rows of B stay in
/// registers, two vectors of each, while the rows of C go by. Each sum is the chain of <see cref="Tile{T, L}"/>.
/// </summary>
internal static unsafe class ShallowProduct<T, L>
    where T : unmanaged, IFloatingPointIeee754<T>
    where L : struct, ILanes<L, T>
{
    public const int Deepest = 4;

    /// <summary>Some columns, at most two vectors, of some rows.</summary>
    public static void Run(int rows, int width, TileOperand<T> left, T* b, nint bStride, nint depth, in TileOutput<T> output, nint row,
        nint column)
    {
        switch (depth)
        {
            case 1: Run<One>(rows, width, left, b, bStride, output, row, column); break;
            case 2: Run<Two>(rows, width, left, b, bStride, output, row, column); break;
            case 3: Run<Three>(rows, width, left, b, bStride, output, row, column); break;
            default: Run<Four>(rows, width, left, b, bStride, output, row, column); break;
        }
    }

    private static void Run<TDepth>(int rows, int width, TileOperand<T> left, T* b, nint bStride, in TileOutput<T> output, nint row,
        nint column)
        where TDepth : struct, ISize
    {
        // A second vector is read only where some of its columns are there: blocks have room behind them for one.
        if (width > L.Count)
        {
            Run<TDepth, Two>(rows, width, left, b, bStride, output, row, column);
        }
        else
        {
            Run<TDepth, One>(rows, width, left, b, bStride, output, row, column);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Run<TDepth, TWidth>(int rows, int width, TileOperand<T> left, T* b, nint bStride, in TileOutput<T> output, nint row,
        nint column)
        where TDepth : struct, ISize
        where TWidth : struct, ISize
    {
        var isWide = TWidth.Value > 1;
        L b0a = default, b0b = default, b1a = default, b1b = default, b2a = default, b2b = default, b3a = default, b3b = default;
        L.LoadRow(b, isWide, out b0a, out b0b);
        if (TDepth.Value > 1) L.LoadRow(b + bStride, isWide, out b1a, out b1b);
        if (TDepth.Value > 2) L.LoadRow(b + (2 * bStride), isWide, out b2a, out b2b);
        if (TDepth.Value > 3) L.LoadRow(b + (3 * bStride), isWide, out b3a, out b3b);
        var (a, step) = ((nint)left.At, left.BetweenSteps);
        var (bias, gate, rectifies, scale) =
            ((nint)output.BiasAt(column), (nint)output.GateAt(row, column), output.Rectifies, output.Scale);
        var gateStep = gate == 0 ? 0 : output.Stride * sizeof(T);
        var c = (nint)output.At(row, column);
        var isWhole = width == TWidth.Value * L.Count;
        var last = stackalloc T[2 * L.Count];
        for (var i = 0; i < rows; i++)
        {
            L c0 = L.Zero, c1 = L.Zero;
            L.MultiplyAddRow((T*)a, b0a, b0b, isWide, ref c0, ref c1);
            if (TDepth.Value > 1) L.MultiplyAddRow((T*)a + (step), b1a, b1b, isWide, ref c0, ref c1);
            if (TDepth.Value > 2) L.MultiplyAddRow((T*)a + (2 * step), b2a, b2b, isWide, ref c0, ref c1);
            if (TDepth.Value > 3) L.MultiplyAddRow((T*)a + (3 * step), b3a, b3b, isWide, ref c0, ref c1);
            L.StoreRow(c0, c1, isWide, isWhole ? (T*)c : last, (T*)bias, rectifies, (T*)gate, scale);
            if (!isWhole)
            {
                L.StoreFirst(L.Load(last), (T*)c, width);
                if (isWide)
                {
                    L.StoreFirst(L.Load(last + L.Count), (T*)c + L.Count, width - L.Count);
                }
            }

            a += left.BetweenRows * sizeof(T);
            c += output.Stride * sizeof(T);
            gate += gateStep;
        }
    }
}
