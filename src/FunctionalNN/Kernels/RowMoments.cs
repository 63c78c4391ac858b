using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalNN;

/// <summary>
/// The row-wise loops of layer normalisation. x, x̂, y, dy, dx: [n × w]; γ, β: [w]; scale: [n]. Threads divide the rows, so each row's sums are
/// whole and in the order of the columns.
/// </summary>
internal static unsafe class RowMoments
{
    private const double NanosecondsEach = 0.4;

    /// <summary>With mean μ and variance σ² (÷ w) of each row: scale = 1/√(σ² + ε), x̂ = (x − μ)·scale, y = γ·x̂ + β.</summary>
    public static void Forward<T>(Team team, ReadOnlySpan<T> x, ReadOnlySpan<T> gamma, ReadOnlySpan<T> beta, double epsilon, Span<T> normalized, Span<T> scale, Span<T> y, int rows, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* px = x, pgamma = gamma, pbeta = beta, pnormalized = normalized, pscale = scale, py = y)
        {
            var job = new ForwardJob<T>(px, pgamma, pbeta, T.CreateTruncating(epsilon), pnormalized, pscale, py, rows, columns);
            team.Run(ref job, team.PartsFor((double)rows * columns * NanosecondsEach));
        }
    }

    /// <summary>With g = dy·γ: dx = scale·(g − mean(g) − x̂·mean(g·x̂)), and dy·x̂, whose column sums are dγ.</summary>
    public static void Backward<T>(Team team, ReadOnlySpan<T> normalized, ReadOnlySpan<T> scale, ReadOnlySpan<T> gamma, ReadOnlySpan<T> dy, Span<T> weighted, Span<T> dx, int rows, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* pnormalized = normalized, pscale = scale, pgamma = gamma, pdy = dy, pweighted = weighted, pdx = dx)
        {
            var job = new BackwardJob<T>(pnormalized, pscale, pgamma, pdy, pweighted, pdx, rows, columns);
            team.Run(ref job, team.PartsFor((double)rows * columns * NanosecondsEach));
        }
    }

    private readonly struct ForwardJob<T>(T* x, T* gamma, T* beta, T epsilon, T* normalized, T* scale, T* y, int rows, int columns) : IJob
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Execute(int part, int parts)
        {
            var width = T.CreateTruncating(columns);
            var (row, end) = Team.Range(rows, 1, part, parts);
            for (; row < end; row++)
            {
                var at = (nint)row * columns;
                var sum = Vector512<T>.Zero;
                for (var column = 0; column < columns; column += Lanes<T>.Count)
                {
                    sum += Lanes<T>.LoadFirst(x + at + column, Math.Min(Lanes<T>.Count, columns - column));
                }

                var mean = Vector512.Create(AcrossLanes<T>.Sum(sum) / width);
                var squares = Vector512<T>.Zero;
                for (var column = 0; column < columns; column += Lanes<T>.Count)
                {
                    var lanes = Math.Min(Lanes<T>.Count, columns - column);
                    var d = (Lanes<T>.LoadFirst(x + at + column, lanes) - mean) & Lanes<T>.First(lanes);
                    squares = Lanes<T>.MultiplyAdd(d, d, squares);
                }

                scale[row] = T.One / T.Sqrt((AcrossLanes<T>.Sum(squares) / width) + epsilon);
                var factor = Vector512.Create(scale[row]);
                for (var column = 0; column < columns; column += Lanes<T>.Count)
                {
                    var lanes = Math.Min(Lanes<T>.Count, columns - column);
                    var value = (Lanes<T>.LoadFirst(x + at + column, lanes) - mean) * factor;
                    Lanes<T>.StoreFirst(value, normalized + at + column, lanes);
                    value = Lanes<T>.MultiplyAdd(value, Lanes<T>.LoadFirst(gamma + column, lanes), Lanes<T>.LoadFirst(beta + column, lanes));
                    Lanes<T>.StoreFirst(value, y + at + column, lanes);
                }
            }
        }
    }

    private readonly struct BackwardJob<T>(T* normalized, T* scale, T* gamma, T* dy, T* weighted, T* dx, int rows, int columns) : IJob
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Execute(int part, int parts)
        {
            var width = T.CreateTruncating(columns);
            var (row, end) = Team.Range(rows, 1, part, parts);
            for (; row < end; row++)
            {
                var at = (nint)row * columns;
                Vector512<T> sum = Vector512<T>.Zero, sumWithX = Vector512<T>.Zero;
                for (var column = 0; column < columns; column += Lanes<T>.Count)
                {
                    var lanes = Math.Min(Lanes<T>.Count, columns - column);
                    var product = Lanes<T>.LoadFirst(dy + at + column, lanes) * Lanes<T>.LoadFirst(normalized + at + column, lanes);
                    var factor = Lanes<T>.LoadFirst(gamma + column, lanes);
                    Lanes<T>.StoreFirst(product, weighted + at + column, lanes);
                    sum = Lanes<T>.MultiplyAdd(Lanes<T>.LoadFirst(dy + at + column, lanes), factor, sum);
                    sumWithX = Lanes<T>.MultiplyAdd(product, factor, sumWithX);
                }

                if (dx == null)
                {
                    continue;
                }

                var mean = Vector512.Create(AcrossLanes<T>.Sum(sum) / width);
                var slope = Vector512.Create(AcrossLanes<T>.Sum(sumWithX) / width);
                for (var column = 0; column < columns; column += Lanes<T>.Count)
                {
                    var lanes = Math.Min(Lanes<T>.Count, columns - column);
                    var g = Lanes<T>.LoadFirst(dy + at + column, lanes) * Lanes<T>.LoadFirst(gamma + column, lanes);
                    var value = (g - mean) - (Lanes<T>.LoadFirst(normalized + at + column, lanes) * slope);
                    Lanes<T>.StoreFirst(value * Vector512.Create(scale[row]), dx + at + column, lanes);
                }
            }
        }
    }
}
