using System.Numerics;
using System.Runtime.CompilerServices;

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
    public static void Forward<T>(Team team, ReadOnlySpan<T> x, ReadOnlySpan<T> gamma, ReadOnlySpan<T> beta, double epsilon, Span<T> y,
        Span<T> mean, Span<T> variance, Span<T> scale, int rows, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* px = x, pgamma = gamma, pbeta = beta, py = y, pmean = mean, pvariance = variance, pscale = scale)
        {
            var job = new ForwardJob<T>(px, pgamma, pbeta, T.CreateTruncating(epsilon), py, pmean, pvariance, pscale, rows, columns);
            LaneWidth<T>.RunBlocks(team, ref job, team.PartsFor((double)rows * columns * NanosecondsEach));
        }
    }

    /// <summary>
    /// With x̂ = (x − mean)·scale: dγ = Σ dy·x̂, dβ = Σ dy, dx = γ·scale/n · (n·dy − dβ − x̂·dγ). No dx when its span is empty.
    /// </summary>
    public static void Backward<T>(Team team, ReadOnlySpan<T> x, ReadOnlySpan<T> mean, ReadOnlySpan<T> scale, ReadOnlySpan<T> gamma,
        ReadOnlySpan<T> dy, Span<T> gammaGradient, Span<T> betaGradient, Span<T> dx, int rows, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* px = x, pmean = mean, pscale = scale, pgamma = gamma, pdy = dy, pdgamma = gammaGradient, pdbeta = betaGradient, pdx = dx)
        {
            var job = new BackwardJob<T>(px, pmean, pscale, pgamma, pdy, pdgamma, pdbeta, pdx, rows, columns);
            LaneWidth<T>.RunBlocks(team, ref job, team.PartsFor((double)rows * columns * NanosecondsEach));
        }
    }

    private readonly struct ForwardJob<T>(T* x, T* gamma, T* beta, T epsilon, T* y, T* mean, T* variance, T* scale, int rows, int columns)
        : ILaneJob<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Execute<L>(int part, int parts)
            where L : struct, ILanes<L, T>
        {
            var n = L.Of(T.CreateTruncating(rows));
            var (left, right) = Team.Range(columns, L.Count, part, parts);
            for (var column = left; column < right; column += L.Count)
            {
                var count = Math.Min(L.Count, columns - column);
                var center = Sum<L>(x + column) / n;
                var spread = Squares(x + column, center) / n;
                var inverse = L.One / L.Sqrt(spread + L.Of(epsilon));
                L.StoreFirst(center, mean + column, count);
                L.StoreFirst(spread, variance + column, count);
                L.StoreFirst(inverse, scale + column, count);
                var factor = inverse * L.LoadFirst(gamma + column, count);
                var shift = L.LoadFirst(beta + column, count);
                for (var row = 0; row < rows; row++)
                {
                    var at = ((nint)row * columns) + column;
                    var value = L.MultiplyAdd(L.Load(x + at) - center, factor, shift);
                    Store(value, y + at, count);
                }
            }
        }

        /// <summary>A column's sum in four interleaved chains, as one addition would wait for the last.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        private L Sum<L>(T* column)
            where L : struct, ILanes<L, T>
        {
            L s0 = default, s1 = default, s2 = default, s3 = default;
            var row = 0;
            for (; row <= rows - 4; row += 4)
            {
                s0 += L.Load(column);
                s1 += L.Load(column + columns);
                s2 += L.Load(column + (2 * (nint)columns));
                s3 += L.Load(column + (3 * (nint)columns));
                column += 4 * (nint)columns;
            }

            for (; row < rows; row++)
            {
                s0 += L.Load(column);
                column += columns;
            }

            return s0 + s1 + (s2 + s3);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        private L Squares<L>(T* column, L center)
            where L : struct, ILanes<L, T>
        {
            L s0 = default, s1 = default, s2 = default, s3 = default;
            var row = 0;
            for (; row <= rows - 4; row += 4)
            {
                var d0 = L.Load(column) - center;
                var d1 = L.Load(column + columns) - center;
                var d2 = L.Load(column + (2 * (nint)columns)) - center;
                var d3 = L.Load(column + (3 * (nint)columns)) - center;
                s0 = L.MultiplyAdd(d0, d0, s0);
                s1 = L.MultiplyAdd(d1, d1, s1);
                s2 = L.MultiplyAdd(d2, d2, s2);
                s3 = L.MultiplyAdd(d3, d3, s3);
                column += 4 * (nint)columns;
            }

            for (; row < rows; row++)
            {
                var d = L.Load(column) - center;
                s0 = L.MultiplyAdd(d, d, s0);
                column += columns;
            }

            return s0 + s1 + (s2 + s3);
        }
    }

    private readonly struct BackwardJob<T>(T* x, T* mean, T* scale, T* gamma, T* dy, T* gammaGradient, T* betaGradient, T* dx, int rows,
        int columns) : ILaneJob<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Execute<L>(int part, int parts)
            where L : struct, ILanes<L, T>
        {
            var n = L.Of(T.CreateTruncating(rows));
            var (left, right) = Team.Range(columns, L.Count, part, parts);
            for (var column = left; column < right; column += L.Count)
            {
                var count = Math.Min(L.Count, columns - column);
                var center = L.LoadFirst(mean + column, count);
                var inverse = L.LoadFirst(scale + column, count);
                var (sum, weighted) = Sums(x + column, dy + column, center);
                weighted *= inverse;
                L.StoreFirst(sum, betaGradient + column, count);
                L.StoreFirst(weighted, gammaGradient + column, count);
                if (dx == null)
                {
                    continue;
                }

                var factor = inverse * L.LoadFirst(gamma + column, count);
                var meanGradient = sum / n;
                var slope = (weighted / n) * inverse;
                for (var row = 0; row < rows; row++)
                {
                    var at = ((nint)row * columns) + column;
                    var centered = L.Load(dy + at) - meanGradient;
                    var d = L.Load(x + at) - center;
                    Store((centered - (d * slope)) * factor, dx + at, count);
                }
            }
        }

        /// <summary>Σ dy and Σ dy·(x − center) of a column, each in two interleaved chains.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        private (L Sum, L Weighted) Sums<L>(T* input, T* gradient, L center)
            where L : struct, ILanes<L, T>
        {
            L s0 = default, s1 = default, w0 = default, w1 = default;
            var row = 0;
            for (; row <= rows - 2; row += 2)
            {
                var g0 = L.Load(gradient);
                var g1 = L.Load(gradient + columns);
                s0 += g0;
                s1 += g1;
                w0 = L.MultiplyAdd(g0, L.Load(input) - center, w0);
                w1 = L.MultiplyAdd(g1, L.Load(input + columns) - center, w1);
                input += 2 * (nint)columns;
                gradient += 2 * (nint)columns;
            }

            if (row < rows)
            {
                s0 += L.Load(gradient);
                w0 = L.MultiplyAdd(L.Load(gradient), L.Load(input) - center, w0);
            }

            return (s0 + s1, w0 + w1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T, L>(L value, T* destination, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
        where L : struct, ILanes<L, T>
    {
        if (count == L.Count)
        {
            L.Store(value, destination);
        }
        else
        {
            L.StoreFirst(value, destination, count);
        }
    }
}
