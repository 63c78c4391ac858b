using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>
/// Row-wise loops with m = max x and s = Σ e^(x − m): the logarithm of the softmax, (x − m) − ln s, and its cross-entropy with a row of
/// targets t, loss = Σ tⱼ·(ln s + (m − xⱼ)), dx = (e^(x − m)/s·Σt − t)·scale. x, t, y, dx: [n × k].
/// </summary>
internal static unsafe class SoftTargetRows
{
    private const double NanosecondsEach = 2;

    /// <summary>y = ln softmax(x).</summary>
    public static void LogSoftmax<T>(Team team, ReadOnlySpan<T> x, Span<T> y, int rows, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* px = x, py = y)
        {
            var job = new Job<T>(px, null, T.Zero, null, py, rows, columns);
            LaneWidth<T>.RunBlocks(team, ref job, team.PartsFor((double)rows * columns * NanosecondsEach));
        }
    }

    /// <summary>dx = dy − eʸ·Σdy, the chain rule through <see cref="LogSoftmax"/>.</summary>
    public static void LogSoftmaxGradient<T>(Team team, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx, int rows, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* py = y, pdy = dy, pdx = dx)
        {
            var job = new GradientJob<T>(py, pdy, pdx, rows, columns);
            LaneWidth<T>.RunBlocks(team, ref job, team.PartsFor((double)rows * columns * NanosecondsEach));
        }
    }

    /// <summary>Loss by row and, unless its span is empty, the gradient with respect to x.</summary>
    public static void CrossEntropy<T>(Team team, ReadOnlySpan<T> x, ReadOnlySpan<T> targets, double gradientScale, Span<T> losses,
        Span<T> gradient, int rows, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* px = x, pt = targets, pl = losses, pg = gradient)
        {
            var job = new Job<T>(px, pt, T.CreateTruncating(gradientScale), pl, pg, rows, columns);
            LaneWidth<T>.RunBlocks(team, ref job, team.PartsFor((double)rows * columns * NanosecondsEach));
        }
    }

    /// <summary>A row's greatest number m and the sum s of e^(x − m).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (T Greatest, T Sum) Exponentials<T, L>(T* x, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
        where L : struct, ILanes<L, T>
    {
        var most = L.Of(T.NegativeInfinity);
        for (var column = 0; column < columns; column += L.Count)
        {
            var lanes = Math.Min(L.Count, columns - column);
            var candidate = L.Select(L.First(lanes), L.LoadFirst(x + column, lanes), L.Of(T.NegativeInfinity));
            most = L.IfLess(most, candidate, candidate, most);
        }

        var greatest = Greatest<T, L>(most);
        var sum = L.Zero;
        for (var column = 0; column < columns; column += L.Count)
        {
            var lanes = Math.Min(L.Count, columns - column);
            sum += L.Exp(L.LoadFirst(x + column, lanes) - L.Of(greatest)) & L.First(lanes);
        }

        return (greatest, L.Sum(sum));
    }

    /// <summary>The greatest lane; a NaN may be passed over.</summary>
    private static T Greatest<T, L>(L x)
        where T : unmanaged, IFloatingPointIeee754<T>
        where L : struct, ILanes<L, T>
    {
        var greatest = L.Element(x, 0);
        for (var lane = 1; lane < L.Count; lane++)
        {
            greatest = L.Element(x, lane) > greatest ? L.Element(x, lane) : greatest;
        }

        return greatest;
    }

    private readonly struct Job<T>(T* x, T* targets, T scale, T* losses, T* output, int rows, int columns) : ILaneJob<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Execute<L>(int part, int parts)
            where L : struct, ILanes<L, T>
        {
            var (row, end) = Team.Range(rows, 1, part, parts);
            for (; row < end; row++)
            {
                var at = (nint)row * columns;
                var (greatest, sum) = Exponentials<T, L>(x + at, columns);
                var (m, logarithm) = (L.Of(greatest), L.Log(L.Of(sum)));
                if (targets == null)
                {
                    for (var column = 0; column < columns; column += L.Count)
                    {
                        var lanes = Math.Min(L.Count, columns - column);
                        L.StoreFirst((L.LoadFirst(x + at + column, lanes) - m) - logarithm, output + at + column, lanes);
                    }

                    continue;
                }

                L loss = L.Zero, total = L.Zero;
                for (var column = 0; column < columns; column += L.Count)
                {
                    var lanes = Math.Min(L.Count, columns - column);
                    var t = L.LoadFirst(targets + at + column, lanes);
                    loss = L.MultiplyAdd(t, logarithm + (m - L.LoadFirst(x + at + column, lanes)), loss);
                    total += t;
                }

                losses[row] = L.Sum(loss);
                var factor = L.Of(L.Sum(total) / sum);
                for (var column = 0; output != null && column < columns; column += L.Count)
                {
                    var lanes = Math.Min(L.Count, columns - column);
                    var e = L.Exp(L.LoadFirst(x + at + column, lanes) - m);
                    var difference = (e * factor) - L.LoadFirst(targets + at + column, lanes);
                    L.StoreFirst(difference * L.Of(scale), output + at + column, lanes);
                }
            }
        }
    }

    private readonly struct GradientJob<T>(T* y, T* dy, T* dx, int rows, int columns) : ILaneJob<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Execute<L>(int part, int parts)
            where L : struct, ILanes<L, T>
        {
            var (row, end) = Team.Range(rows, 1, part, parts);
            for (; row < end; row++)
            {
                var at = (nint)row * columns;
                var sum = L.Zero;
                for (var column = 0; column < columns; column += L.Count)
                {
                    sum += L.LoadFirst(dy + at + column, Math.Min(L.Count, columns - column));
                }

                var total = L.Of(L.Sum(sum));
                for (var column = 0; column < columns; column += L.Count)
                {
                    var lanes = Math.Min(L.Count, columns - column);
                    var p = L.Exp(L.LoadFirst(y + at + column, lanes));
                    L.StoreFirst(L.LoadFirst(dy + at + column, lanes) - (p * total), dx + at + column, lanes);
                }
            }
        }
    }
}
