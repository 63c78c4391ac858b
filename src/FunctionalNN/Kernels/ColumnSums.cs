using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalNN;

/// <summary>sums[j] = Σᵢ x[i, j], or sums[j] += Σᵢ x[i, j]: one chain of additions a column, in the order of the rows. Threads divide the columns.</summary>
internal static unsafe class ColumnSums
{
    private const int Vectors = 4;

    public static void Run<T>(Team team, ReadOnlySpan<T> x, Span<T> sums, int rows, int columns, bool accumulates = false)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* px = x, ps = sums)
        {
            var job = new Job<T>(px, ps, rows, columns, accumulates);
            team.Run(ref job, team.PartsFor((double)rows * columns * 0.05));
        }
    }

    private readonly struct Job<T>(T* x, T* sums, int rows, int columns, bool accumulates) : IJob
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Execute(int part, int parts)
        {
            var (column, right) = Team.Range(columns, Lanes<T>.Count, part, parts);
            for (; column <= right - (Vectors * Lanes<T>.Count); column += Vectors * Lanes<T>.Count)
            {
                Four(column);
            }

            for (; column < right; column += Lanes<T>.Count)
            {
                One(column, Math.Min(Lanes<T>.Count, right - column));
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        private void Four(int column)
        {
            var (s0, s1, s2, s3) = (Start(column), Start(column + Lanes<T>.Count), Start(column + (2 * Lanes<T>.Count)), Start(column + (3 * Lanes<T>.Count)));
            var p = x + column;
            for (var row = 0; row < rows; row++)
            {
                s0 += Vector512.Load(p);
                s1 += Vector512.Load(p + Lanes<T>.Count);
                s2 += Vector512.Load(p + (2 * Lanes<T>.Count));
                s3 += Vector512.Load(p + (3 * Lanes<T>.Count));
                p += columns;
            }

            Vector512.Store(s0, sums + column);
            Vector512.Store(s1, sums + column + Lanes<T>.Count);
            Vector512.Store(s2, sums + column + (2 * Lanes<T>.Count));
            Vector512.Store(s3, sums + column + (3 * Lanes<T>.Count));
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        private void One(int column, int count)
        {
            var sum = accumulates ? Lanes<T>.LoadFirst(sums + column, count) : default;
            var p = x + column;
            for (var row = 0; row < rows; row++)
            {
                sum += Vector512.Load(p);
                p += columns;
            }

            Lanes<T>.StoreFirst(sum, sums + column, count);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private Vector512<T> Start(int column) => accumulates ? Vector512.Load(sums + column) : default;
    }
}
