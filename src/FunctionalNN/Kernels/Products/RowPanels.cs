using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>
/// A dense layer's weights a second time, for z = x·W + b of single rows: panels of columns, one behind the other, in each of which row
/// follows row. A thread then reads its share from end to end. In W itself it would read a stretch of each row, and rows that lie a power
/// of two apart compete for the same few lines of the cache. The chain of each sum is that of <see cref="Tile{T, L}"/>.
/// </summary>
internal sealed class RowPanels<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Vectors = 8;

    /// <summary>Smaller weights stay in a core's own cache however they lie.</summary>
    private const int MinBytes = 1 << 18;

    private const int MaxBytes = 1 << 28;

    private const double NanosecondsEach = 0.04;

    private readonly Block<T> panels;
    private readonly int inputs;
    private readonly int outputs;

    private unsafe RowPanels(Matrix<T> weights)
    {
        (inputs, outputs) = (weights.Rows, weights.Columns);
        panels = Block<T>.AllocatePinned(inputs * Padded(outputs));
        fixed (T* source = weights.Values, destination = panels.Span)
        {
            for (var column = 0; column < outputs; column += Width)
            {
                var (count, stride) = (Math.Min(Width, outputs - column), Stride(column));
                for (nint row = 0; row < inputs; row++)
                {
                    new ReadOnlySpan<T>(source + (row * outputs) + column,
                        count).CopyTo(new Span<T>(destination + ((nint)column * inputs) + (row * stride), count));
                }
            }
        }
    }

    private static int Width => Vectors * LaneWidth<T>.VectorCount;

    /// <summary>Whether panels are of use: not where weights are as quickly read as they lie, or are too large to have twice.</summary>
    public static bool Serve(int inputs, int outputs) =>
        (long)inputs * Padded(outputs) * Unsafe.SizeOf<T>() is >= MinBytes and <= MaxBytes && outputs > Width;

    /// <summary>Null where they are of no use.</summary>
    public static RowPanels<T>? Of(Matrix<T> weights) => Serve(weights.Rows, weights.Columns) ? new RowPanels<T>(weights) : null;

    /// <summary>z = x·W + b, then max(·, 0) on request.</summary>
    public unsafe void Forward(Team team, ReadOnlySpan<T> x, ReadOnlySpan<T> bias, Span<T> z, bool rectifies)
    {
        fixed (T* px = x, pb = bias, pz = z, pw = panels.Span)
        {
            var job = new Job(px, pw, inputs, outputs, new TileOutput<T>(pz, outputs) { Bias = pb, Rectifies = rectifies });
            LaneWidth<T>.Run(team, ref job, team.PartsFor((double)inputs * outputs * NanosecondsEach));
        }
    }

    private static int Padded(int columns) =>
        (columns + LaneWidth<T>.VectorCount - 1) / LaneWidth<T>.VectorCount * LaneWidth<T>.VectorCount;

    /// <summary>From row to row of the panel that starts at a column: the last may be narrower.</summary>
    private int Stride(int column) => Math.Min(Width, Padded(outputs - column));

    private readonly unsafe struct Job(T* x, T* panels, int inputs, int outputs, TileOutput<T> output) : ILaneJob<T>
    {
        public void Execute<L>(int part, int parts)
            where L : struct, ILanes<L, T>
        {
            var (column, end) = Team.Range(outputs, Width, part, parts);
            for (; column <= end - Width; column += Width)
            {
                for (var within = 0; within < Width; within += Vectors * L.Count)
                {
                    RowKernel<T, L>.Run<Eight>(x, panels + ((nint)column * inputs) + within, Width, 0, inputs, output, column + within);
                }
            }

            var (panel, stride) = ((nint)(panels + ((nint)column * inputs)), Padded(end - column));
            for (; column < end; column += L.Count, panel += L.Count * sizeof(T))
            {
                TileSizes<T, L>.Run(1, Math.Min(L.Count, end - column), new TileOperand<T>(x, 0, 1), (T*)panel, stride, inputs, output, 0,
                    column);
            }
        }
    }
}
