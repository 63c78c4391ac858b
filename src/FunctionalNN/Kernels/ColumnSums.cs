using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalNN;

/// <summary>sums[j] = Σᵢ x[i, j], in four interleaved chains of rows that are added at the end. Threads divide the columns.</summary>
internal static unsafe class ColumnSums
{
    public static void Run<T>(Team team, ReadOnlySpan<T> x, Span<T> sums, int rows, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* px = x, ps = sums)
        {
            var job = new Job<T>(px, ps, rows, columns);
            team.Run(ref job, team.PartsFor((double)rows * columns * 0.08));
        }
    }

    private readonly struct Job<T>(T* x, T* sums, int rows, int columns) : IJob
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Execute(int part, int parts)
        {
            var (left, right) = Team.Range(columns, Lanes<T>.Count, part, parts);
            for (var column = left; column < right; column += Lanes<T>.Count)
            {
                Vector512<T> s0 = default, s1 = default, s2 = default, s3 = default;
                var p = x + column;
                var row = 0;
                for (; row <= rows - 4; row += 4)
                {
                    s0 += Vector512.Load(p);
                    s1 += Vector512.Load(p + columns);
                    s2 += Vector512.Load(p + (2 * columns));
                    s3 += Vector512.Load(p + (3 * columns));
                    p += 4 * (nint)columns;
                }

                for (; row < rows; row++)
                {
                    s0 += Vector512.Load(p);
                    p += columns;
                }

                Lanes<T>.StoreFirst((s0 + s1) + (s2 + s3), sums + column, Math.Min(Lanes<T>.Count, columns - column));
            }
        }
    }
}
