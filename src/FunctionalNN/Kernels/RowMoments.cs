using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>
/// The row-wise loops of layer normalisation. x, x̂, y, dy, dx: [n × w]; γ, β: [w]; scale: [n]. Threads divide the rows, so each row's sums
/// are whole and in the order of the columns.
/// </summary>
internal static unsafe class RowMoments
{
    private const double NanosecondsEach = 0.4;

    /// <summary>With mean μ and variance σ² (÷ w) of each row: scale = 1/√(σ² + ε), x̂ = (x − μ)·scale, y = γ·x̂ + β.</summary>
    public static void Forward<T>(Team team, ReadOnlySpan<T> x, ReadOnlySpan<T> gamma, ReadOnlySpan<T> beta, double epsilon,
        Span<T> normalized, Span<T> scale, Span<T> y, int rows, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* px = x, pgamma = gamma, pbeta = beta, pnormalized = normalized, pscale = scale, py = y)
        {
            var job = new ForwardJob<T>(px, pgamma, pbeta, T.CreateTruncating(epsilon), pnormalized, pscale, py, rows, columns);
            LaneWidth<T>.RunBlocks(team, ref job, team.PartsFor((double)rows * columns * NanosecondsEach));
        }
    }

    /// <summary>With g = dy·γ: dx = scale·(g − mean(g) − x̂·mean(g·x̂)), and dy·x̂, whose column sums are dγ.</summary>
    public static void Backward<T>(Team team, ReadOnlySpan<T> normalized, ReadOnlySpan<T> scale, ReadOnlySpan<T> gamma, ReadOnlySpan<T> dy,
        Span<T> weighted, Span<T> dx, int rows, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* pnormalized = normalized, pscale = scale, pgamma = gamma, pdy = dy, pweighted = weighted, pdx = dx)
        {
            var job = new BackwardJob<T>(pnormalized, pscale, pgamma, pdy, pweighted, pdx, rows, columns);
            LaneWidth<T>.RunBlocks(team, ref job, team.PartsFor((double)rows * columns * NanosecondsEach));
        }
    }

    private readonly struct ForwardJob<T>(T* x, T* gamma, T* beta, T epsilon, T* normalized, T* scale, T* y, int rows, int columns)
        : ILaneJob<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Execute<L>(int part, int parts)
            where L : struct, ILanes<L, T>
        {
            var width = T.CreateTruncating(columns);
            var (row, end) = Team.Range(rows, 1, part, parts);
            for (; row < end; row++)
            {
                var at = (nint)row * columns;
                var sum = L.Zero;
                for (var column = 0; column < columns; column += L.Count)
                {
                    sum += L.LoadFirst(x + at + column, Math.Min(L.Count, columns - column));
                }

                var mean = L.Of(L.Sum(sum) / width);
                var squares = L.Zero;
                for (var column = 0; column < columns; column += L.Count)
                {
                    var lanes = Math.Min(L.Count, columns - column);
                    var d = (L.LoadFirst(x + at + column, lanes) - mean) & L.First(lanes);
                    squares = L.MultiplyAdd(d, d, squares);
                }

                scale[row] = T.One / T.Sqrt((L.Sum(squares) / width) + epsilon);
                var factor = L.Of(scale[row]);
                for (var column = 0; column < columns; column += L.Count)
                {
                    var lanes = Math.Min(L.Count, columns - column);
                    var value = (L.LoadFirst(x + at + column, lanes) - mean) * factor;
                    L.StoreFirst(value, normalized + at + column, lanes);
                    value = L.MultiplyAdd(value, L.LoadFirst(gamma + column, lanes), L.LoadFirst(beta + column, lanes));
                    L.StoreFirst(value, y + at + column, lanes);
                }
            }
        }
    }

    private readonly struct BackwardJob<T>(T* normalized, T* scale, T* gamma, T* dy, T* weighted, T* dx, int rows, int columns)
        : ILaneJob<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Execute<L>(int part, int parts)
            where L : struct, ILanes<L, T>
        {
            var width = T.CreateTruncating(columns);
            var (row, end) = Team.Range(rows, 1, part, parts);
            for (; row < end; row++)
            {
                var at = (nint)row * columns;
                L sum = L.Zero, sumWithX = L.Zero;
                for (var column = 0; column < columns; column += L.Count)
                {
                    var lanes = Math.Min(L.Count, columns - column);
                    var product = L.LoadFirst(dy + at + column, lanes) * L.LoadFirst(normalized + at + column, lanes);
                    var factor = L.LoadFirst(gamma + column, lanes);
                    L.StoreFirst(product, weighted + at + column, lanes);
                    sum = L.MultiplyAdd(L.LoadFirst(dy + at + column, lanes), factor, sum);
                    sumWithX = L.MultiplyAdd(product, factor, sumWithX);
                }

                if (dx == null)
                {
                    continue;
                }

                var mean = L.Of(L.Sum(sum) / width);
                var slope = L.Of(L.Sum(sumWithX) / width);
                for (var column = 0; column < columns; column += L.Count)
                {
                    var lanes = Math.Min(L.Count, columns - column);
                    var g = L.LoadFirst(dy + at + column, lanes) * L.LoadFirst(gamma + column, lanes);
                    var value = (g - mean) - (L.LoadFirst(normalized + at + column, lanes) * slope);
                    L.StoreFirst(value * L.Of(scale[row]), dx + at + column, lanes);
                }
            }
        }
    }
}
