using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalNN;

/// <summary>
/// The column-wise loops of batch normalisation. x, y, dy, dx: [n × w]; mean, scale, γ, β: [w], scale = 1/√(σ² + ε).
/// Threads divide the columns, so each column's sums are whole and in the order of the rows.
/// </summary>
internal static unsafe class BatchMoments
{
    private const double NanosecondsEach = 0.25;

    /// <summary>
    /// mean = Σx/n, variance = Σ(x − mean)²/n (a second look at x: the one-look formula loses the digits of a small variance),
    /// y = γ·(x − mean)·scale + β.
    /// </summary>
    public static void Forward<T>(Team team, ReadOnlySpan<T> x, ReadOnlySpan<T> gamma, ReadOnlySpan<T> beta, double epsilon, Span<T> y, Span<T> mean, Span<T> variance, Span<T> scale, int rows, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* px = x, pgamma = gamma, pbeta = beta, py = y, pmean = mean, pvariance = variance, pscale = scale)
        {
            var job = new ForwardJob<T>(px, pgamma, pbeta, T.CreateTruncating(epsilon), py, pmean, pvariance, pscale, rows, columns);
            team.Run(ref job, team.PartsFor((double)rows * columns * NanosecondsEach));
        }
    }

    /// <summary>
    /// With x̂ = (x − mean)·scale: dγ = Σ dy·x̂, dβ = Σ dy, dx = γ·scale/n · (n·dy − dβ − x̂·dγ). No dx when its span is empty.
    /// </summary>
    public static void Backward<T>(Team team, ReadOnlySpan<T> x, ReadOnlySpan<T> mean, ReadOnlySpan<T> scale, ReadOnlySpan<T> gamma, ReadOnlySpan<T> dy, Span<T> gammaGradient, Span<T> betaGradient, Span<T> dx, int rows, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* px = x, pmean = mean, pscale = scale, pgamma = gamma, pdy = dy, pdgamma = gammaGradient, pdbeta = betaGradient, pdx = dx)
        {
            var job = new BackwardJob<T>(px, pmean, pscale, pgamma, pdy, pdgamma, pdbeta, pdx, rows, columns);
            team.Run(ref job, team.PartsFor((double)rows * columns * NanosecondsEach));
        }
    }

    private readonly struct ForwardJob<T>(T* x, T* gamma, T* beta, T epsilon, T* y, T* mean, T* variance, T* scale, int rows, int columns) : IJob
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Execute(int part, int parts)
        {
            var n = Vector512.Create(T.CreateTruncating(rows));
            var (left, right) = Team.Range(columns, Lanes<T>.Count, part, parts);
            for (var column = left; column < right; column += Lanes<T>.Count)
            {
                var count = Math.Min(Lanes<T>.Count, columns - column);
                var center = Sum(x + column) / n;
                var spread = Squares(x + column, center) / n;
                var inverse = Vector512<T>.One / Vector512.Sqrt(spread + Vector512.Create(epsilon));
                Lanes<T>.StoreFirst(center, mean + column, count);
                Lanes<T>.StoreFirst(spread, variance + column, count);
                Lanes<T>.StoreFirst(inverse, scale + column, count);
                var factor = inverse * Lanes<T>.LoadFirst(gamma + column, count);
                var shift = Lanes<T>.LoadFirst(beta + column, count);
                for (var row = 0; row < rows; row++)
                {
                    var at = ((nint)row * columns) + column;
                    var value = Lanes<T>.MultiplyAdd(Vector512.Load(x + at) - center, factor, shift);
                    Store(value, y + at, count);
                }
            }
        }

        /// <summary>A column's sum in four interleaved chains, as one addition would wait for the last.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        private Vector512<T> Sum(T* column)
        {
            Vector512<T> s0 = default, s1 = default, s2 = default, s3 = default;
            var row = 0;
            for (; row <= rows - 4; row += 4)
            {
                s0 += Vector512.Load(column);
                s1 += Vector512.Load(column + columns);
                s2 += Vector512.Load(column + (2 * (nint)columns));
                s3 += Vector512.Load(column + (3 * (nint)columns));
                column += 4 * (nint)columns;
            }

            for (; row < rows; row++)
            {
                s0 += Vector512.Load(column);
                column += columns;
            }

            return s0 + s1 + (s2 + s3);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        private Vector512<T> Squares(T* column, Vector512<T> center)
        {
            Vector512<T> s0 = default, s1 = default, s2 = default, s3 = default;
            var row = 0;
            for (; row <= rows - 4; row += 4)
            {
                var d0 = Vector512.Load(column) - center;
                var d1 = Vector512.Load(column + columns) - center;
                var d2 = Vector512.Load(column + (2 * (nint)columns)) - center;
                var d3 = Vector512.Load(column + (3 * (nint)columns)) - center;
                s0 = Lanes<T>.MultiplyAdd(d0, d0, s0);
                s1 = Lanes<T>.MultiplyAdd(d1, d1, s1);
                s2 = Lanes<T>.MultiplyAdd(d2, d2, s2);
                s3 = Lanes<T>.MultiplyAdd(d3, d3, s3);
                column += 4 * (nint)columns;
            }

            for (; row < rows; row++)
            {
                var d = Vector512.Load(column) - center;
                s0 = Lanes<T>.MultiplyAdd(d, d, s0);
                column += columns;
            }

            return s0 + s1 + (s2 + s3);
        }
    }

    private readonly struct BackwardJob<T>(T* x, T* mean, T* scale, T* gamma, T* dy, T* gammaGradient, T* betaGradient, T* dx, int rows, int columns) : IJob
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Execute(int part, int parts)
        {
            var n = Vector512.Create(T.CreateTruncating(rows));
            var (left, right) = Team.Range(columns, Lanes<T>.Count, part, parts);
            for (var column = left; column < right; column += Lanes<T>.Count)
            {
                var count = Math.Min(Lanes<T>.Count, columns - column);
                var center = Lanes<T>.LoadFirst(mean + column, count);
                var inverse = Lanes<T>.LoadFirst(scale + column, count);
                var (sum, weighted) = Sums(x + column, dy + column, center);
                weighted *= inverse;
                Lanes<T>.StoreFirst(sum, betaGradient + column, count);
                Lanes<T>.StoreFirst(weighted, gammaGradient + column, count);
                if (dx == null)
                {
                    continue;
                }

                var factor = inverse * Lanes<T>.LoadFirst(gamma + column, count);
                var meanGradient = sum / n;
                var slope = (weighted / n) * inverse;
                for (var row = 0; row < rows; row++)
                {
                    var at = ((nint)row * columns) + column;
                    var centered = Vector512.Load(dy + at) - meanGradient;
                    var d = Vector512.Load(x + at) - center;
                    Store((centered - (d * slope)) * factor, dx + at, count);
                }
            }
        }

        /// <summary>Σ dy and Σ dy·(x − center) of a column, each in two interleaved chains.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        private (Vector512<T> Sum, Vector512<T> Weighted) Sums(T* input, T* gradient, Vector512<T> center)
        {
            Vector512<T> s0 = default, s1 = default, w0 = default, w1 = default;
            var row = 0;
            for (; row <= rows - 2; row += 2)
            {
                var g0 = Vector512.Load(gradient);
                var g1 = Vector512.Load(gradient + columns);
                s0 += g0;
                s1 += g1;
                w0 = Lanes<T>.MultiplyAdd(g0, Vector512.Load(input) - center, w0);
                w1 = Lanes<T>.MultiplyAdd(g1, Vector512.Load(input + columns) - center, w1);
                input += 2 * (nint)columns;
                gradient += 2 * (nint)columns;
            }

            if (row < rows)
            {
                s0 += Vector512.Load(gradient);
                w0 = Lanes<T>.MultiplyAdd(Vector512.Load(gradient), Vector512.Load(input) - center, w0);
            }

            return (s0 + s1, w0 + w1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T>(Vector512<T> value, T* destination, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (count == Lanes<T>.Count)
        {
            Vector512.Store(value, destination);
        }
        else
        {
            Lanes<T>.StoreFirst(value, destination, count);
        }
    }
}
