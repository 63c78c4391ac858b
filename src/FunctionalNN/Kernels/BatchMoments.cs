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
                var sum = Vector512<T>.Zero;
                for (var row = 0; row < rows; row++)
                {
                    sum += Vector512.Load(x + ((nint)row * columns) + column);
                }

                var center = sum / n;
                var squares = Vector512<T>.Zero;
                for (var row = 0; row < rows; row++)
                {
                    var d = Vector512.Load(x + ((nint)row * columns) + column) - center;
                    squares = Lanes<T>.MultiplyAdd(d, d, squares);
                }

                var spread = squares / n;
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
                Vector512<T> sum = Vector512<T>.Zero, weighted = Vector512<T>.Zero;
                for (var row = 0; row < rows; row++)
                {
                    var at = ((nint)row * columns) + column;
                    var g = Vector512.Load(dy + at);
                    sum += g;
                    weighted = Lanes<T>.MultiplyAdd(g, (Vector512.Load(x + at) - center) * inverse, weighted);
                }

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
