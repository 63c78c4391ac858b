using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalNN;

/// <summary>
/// A dense layer's weights a second time, for z = x·W + b of single rows: panels of columns, one behind the other, in each of which row follows row. A thread
/// then reads its share from end to end. In W itself it would read a stretch of each row, and rows that lie a power of two apart compete for the same few
/// lines of the cache. The chain of each sum is that of <see cref="Tile{T}"/>.
/// </summary>
internal sealed class RowPanels<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Vectors = 8;

    /// <summary>Smaller weights stay in a core's own cache however they lie.</summary>
    private const int LeastBytes = 1 << 18;

    private const int MostBytes = 1 << 28;

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
                    new ReadOnlySpan<T>(source + (row * outputs) + column, count).CopyTo(new Span<T>(destination + ((nint)column * inputs) + (row * stride), count));
                }
            }
        }
    }

    private static int Width => Vectors * Lanes<T>.Count;

    /// <summary>Whether panels are of use: not where weights are as quickly read as they lie, or are too large to have twice.</summary>
    public static bool Serve(int inputs, int outputs) =>
        (long)inputs * Padded(outputs) * Unsafe.SizeOf<T>() is >= LeastBytes and <= MostBytes && outputs > Width;

    /// <summary>Null where they are of no use.</summary>
    public static RowPanels<T>? Of(Matrix<T> weights) => Serve(weights.Rows, weights.Columns) ? new RowPanels<T>(weights) : null;

    /// <summary>z = x·W + b, then max(·, 0) on request.</summary>
    public unsafe void Forward(Team team, ReadOnlySpan<T> x, ReadOnlySpan<T> bias, Span<T> z, bool rectifies)
    {
        fixed (T* px = x, pb = bias, pz = z, pw = panels.Span)
        {
            var job = new Job(px, pw, inputs, outputs, new TileOutput<T>(pz, outputs) { Bias = pb, Rectifies = rectifies });
            team.Run(ref job, team.PartsFor((double)inputs * outputs * NanosecondsEach));
        }
    }

    private static int Padded(int columns) => (columns + Lanes<T>.Count - 1) / Lanes<T>.Count * Lanes<T>.Count;

    /// <summary>From row to row of the panel that starts at a column: the last may be narrower.</summary>
    private int Stride(int column) => Math.Min(Width, Padded(outputs - column));

    private readonly unsafe struct Job(T* x, T* panels, int inputs, int outputs, TileOutput<T> output) : IJob
    {
        public void Execute(int part, int parts)
        {
            var (column, end) = Team.Range(outputs, Width, part, parts);
            for (; column <= end - Width; column += Width)
            {
                Whole(column);
            }

            var (panel, stride) = ((nint)(panels + ((nint)column * inputs)), Padded(end - column));
            for (; column < end; column += Lanes<T>.Count, panel += Lanes<T>.Count * sizeof(T))
            {
                Tile<T>.Run<One, One>(x, 0, 1, (T*)panel, stride, inputs, output, 0, column, Math.Min(Lanes<T>.Count, end - column));
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        private void Whole(int column)
        {
            Vector512<T> c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default, c6 = default, c7 = default;
            var w = panels + ((nint)column * inputs);
            for (var p = 0; p < inputs; p++)
            {
                var a = Vector512.Create(x[p]);
                c0 = Lanes<T>.MultiplyAdd(a, Vector512.Load(w), c0);
                c1 = Lanes<T>.MultiplyAdd(a, Vector512.Load(w + Lanes<T>.Count), c1);
                c2 = Lanes<T>.MultiplyAdd(a, Vector512.Load(w + (2 * Lanes<T>.Count)), c2);
                c3 = Lanes<T>.MultiplyAdd(a, Vector512.Load(w + (3 * Lanes<T>.Count)), c3);
                c4 = Lanes<T>.MultiplyAdd(a, Vector512.Load(w + (4 * Lanes<T>.Count)), c4);
                c5 = Lanes<T>.MultiplyAdd(a, Vector512.Load(w + (5 * Lanes<T>.Count)), c5);
                c6 = Lanes<T>.MultiplyAdd(a, Vector512.Load(w + (6 * Lanes<T>.Count)), c6);
                c7 = Lanes<T>.MultiplyAdd(a, Vector512.Load(w + (7 * Lanes<T>.Count)), c7);
                w += Vectors * Lanes<T>.Count;
            }

            output.Store<Two>(c0, c1, 0, column, Lanes<T>.Count);
            output.Store<Two>(c2, c3, 0, column + (2 * Lanes<T>.Count), Lanes<T>.Count);
            output.Store<Two>(c4, c5, 0, column + (4 * Lanes<T>.Count), Lanes<T>.Count);
            output.Store<Two>(c6, c7, 0, column + (6 * Lanes<T>.Count), Lanes<T>.Count);
        }
    }
}
