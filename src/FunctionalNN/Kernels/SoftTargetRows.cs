using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalNN;

/// <summary>
/// Row-wise loops with m = max x and s = Σ e^(x − m): the logarithm of the softmax, (x − m) − ln s, and its cross-entropy with a row of targets t,
/// loss = Σ tⱼ·(ln s + (m − xⱼ)), dx = (e^(x − m)/s·Σt − t)·scale. x, t, y, dx: [n × k].
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
            team.Run(ref job, team.PartsFor((double)rows * columns * NanosecondsEach));
        }
    }

    /// <summary>dx = dy − eʸ·Σdy, the chain rule through <see cref="LogSoftmax"/>.</summary>
    public static void LogSoftmaxGradient<T>(Team team, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx, int rows, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* py = y, pdy = dy, pdx = dx)
        {
            var job = new GradientJob<T>(py, pdy, pdx, rows, columns);
            team.Run(ref job, team.PartsFor((double)rows * columns * NanosecondsEach));
        }
    }

    /// <summary>Loss by row and, unless its span is empty, the gradient with respect to x.</summary>
    public static void CrossEntropy<T>(Team team, ReadOnlySpan<T> x, ReadOnlySpan<T> targets, double gradientScale, Span<T> losses, Span<T> gradient, int rows, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* px = x, pt = targets, pl = losses, pg = gradient)
        {
            var job = new Job<T>(px, pt, T.CreateTruncating(gradientScale), pl, pg, rows, columns);
            team.Run(ref job, team.PartsFor((double)rows * columns * NanosecondsEach));
        }
    }

    /// <summary>A row's greatest number m and the sum s of e^(x − m).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (T Greatest, T Sum) Exponentials<T>(T* x, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var most = Vector512.Create(T.NegativeInfinity);
        for (var column = 0; column < columns; column += Lanes<T>.Count)
        {
            var lanes = Math.Min(Lanes<T>.Count, columns - column);
            var candidate = Vector512.ConditionalSelect(Lanes<T>.First(lanes), Lanes<T>.LoadFirst(x + column, lanes), Vector512.Create(T.NegativeInfinity));
            most = Vector512.ConditionalSelect(Vector512.GreaterThan(candidate, most), candidate, most);
        }

        var greatest = AcrossLanes<T>.Greatest(most);
        var sum = Vector512<T>.Zero;
        for (var column = 0; column < columns; column += Lanes<T>.Count)
        {
            var lanes = Math.Min(Lanes<T>.Count, columns - column);
            sum += Exponential<T>.Exp(Lanes<T>.LoadFirst(x + column, lanes) - Vector512.Create(greatest)) & Lanes<T>.First(lanes);
        }

        return (greatest, AcrossLanes<T>.Sum(sum));
    }

    private readonly struct Job<T>(T* x, T* targets, T scale, T* losses, T* output, int rows, int columns) : IJob
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Execute(int part, int parts)
        {
            var (row, end) = Team.Range(rows, 1, part, parts);
            for (; row < end; row++)
            {
                var at = (nint)row * columns;
                var (greatest, sum) = Exponentials(x + at, columns);
                var (m, logarithm) = (Vector512.Create(greatest), Exponential<T>.Log(Vector512.Create(sum)));
                if (targets == null)
                {
                    for (var column = 0; column < columns; column += Lanes<T>.Count)
                    {
                        var lanes = Math.Min(Lanes<T>.Count, columns - column);
                        Lanes<T>.StoreFirst((Lanes<T>.LoadFirst(x + at + column, lanes) - m) - logarithm, output + at + column, lanes);
                    }

                    continue;
                }

                Vector512<T> loss = Vector512<T>.Zero, total = Vector512<T>.Zero;
                for (var column = 0; column < columns; column += Lanes<T>.Count)
                {
                    var lanes = Math.Min(Lanes<T>.Count, columns - column);
                    var t = Lanes<T>.LoadFirst(targets + at + column, lanes);
                    loss = Lanes<T>.MultiplyAdd(t, logarithm + (m - Lanes<T>.LoadFirst(x + at + column, lanes)), loss);
                    total += t;
                }

                losses[row] = AcrossLanes<T>.Sum(loss);
                var factor = Vector512.Create(AcrossLanes<T>.Sum(total) / sum);
                for (var column = 0; output != null && column < columns; column += Lanes<T>.Count)
                {
                    var lanes = Math.Min(Lanes<T>.Count, columns - column);
                    var e = Exponential<T>.Exp(Lanes<T>.LoadFirst(x + at + column, lanes) - m);
                    var difference = (e * factor) - Lanes<T>.LoadFirst(targets + at + column, lanes);
                    Lanes<T>.StoreFirst(difference * Vector512.Create(scale), output + at + column, lanes);
                }
            }
        }
    }

    private readonly struct GradientJob<T>(T* y, T* dy, T* dx, int rows, int columns) : IJob
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Execute(int part, int parts)
        {
            var (row, end) = Team.Range(rows, 1, part, parts);
            for (; row < end; row++)
            {
                var at = (nint)row * columns;
                var sum = Vector512<T>.Zero;
                for (var column = 0; column < columns; column += Lanes<T>.Count)
                {
                    sum += Lanes<T>.LoadFirst(dy + at + column, Math.Min(Lanes<T>.Count, columns - column));
                }

                var total = Vector512.Create(AcrossLanes<T>.Sum(sum));
                for (var column = 0; column < columns; column += Lanes<T>.Count)
                {
                    var lanes = Math.Min(Lanes<T>.Count, columns - column);
                    var p = Exponential<T>.Exp(Lanes<T>.LoadFirst(y + at + column, lanes));
                    Lanes<T>.StoreFirst(Lanes<T>.LoadFirst(dy + at + column, lanes) - (p * total), dx + at + column, lanes);
                }
            }
        }
    }
}
