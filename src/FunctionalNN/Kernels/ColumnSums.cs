using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>sums[j] = Σᵢ x[i, j], or sums[j] += Σᵢ x[i, j]: one chain of additions a column, in the order of the rows. Threads divide the
/// columns.</summary>
internal static unsafe class ColumnSums
{
    private const int Vectors = 4;

    public static void Run<T>(Team team, ReadOnlySpan<T> x, Span<T> sums, int rows, int columns, bool accumulates = false)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* px = x, ps = sums)
        {
            var job = new Job<T>(px, ps, rows, columns, accumulates);
            LaneWidth<T>.Run(team, ref job, team.PartsFor((double)rows * columns * 0.05));
        }
    }

    private readonly struct Job<T>(T* x, T* sums, int rows, int columns, bool accumulates) : ILaneJob<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Execute<L>(int part, int parts)
            where L : struct, ILanes<L, T>
        {
            var (column, right) = Team.Range(columns, L.Count, part, parts);
            for (; column <= right - (Vectors * L.Count); column += Vectors * L.Count)
            {
                Four<L>(column);
            }

            for (; column < right; column += L.Count)
            {
                One<L>(column, Math.Min(L.Count, right - column));
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        private void Four<L>(int column)
            where L : struct, ILanes<L, T>
        {
            var (s0, s1, s2, s3) =
                (Start<L>(column), Start<L>(column + L.Count), Start<L>(column + (2 * L.Count)), Start<L>(column + (3 * L.Count)));
            var p = x + column;
            for (var row = 0; row < rows; row++)
            {
                s0 += L.Load(p);
                s1 += L.Load(p + L.Count);
                s2 += L.Load(p + (2 * L.Count));
                s3 += L.Load(p + (3 * L.Count));
                p += columns;
            }

            L.Store(s0, sums + column);
            L.Store(s1, sums + column + L.Count);
            L.Store(s2, sums + column + (2 * L.Count));
            L.Store(s3, sums + column + (3 * L.Count));
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        private void One<L>(int column, int count)
            where L : struct, ILanes<L, T>
        {
            var sum = accumulates ? L.LoadFirst(sums + column, count) : default;
            var p = x + column;
            for (var row = 0; row < rows; row++)
            {
                sum += L.Load(p);
                p += columns;
            }

            L.StoreFirst(sum, sums + column, count);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private L Start<L>(int column)
            where L : struct, ILanes<L, T> => accumulates ? L.Load(sums + column) : default;
    }
}
