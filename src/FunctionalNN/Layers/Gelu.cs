using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalNN;

/// <summary>
/// The Gaussian error linear unit: y = x·Φ(x), where Φ is the integral of the normal density φ; dx = dy·(Φ(x) + x·φ(x))
/// (Hendrycks and Gimpel, 2016, arXiv 1606.08415). With <see cref="IsApproximate"/>: y = ½·x·(1 + tanh u) = x·s with
/// u = √(2/π)·(x + 0.044715·x³) and the logistic function s = σ(2u), which keeps its digits where tanh u is near −1; dx = dy·s·(1 + 2x·(1 − s)·u′).
/// </summary>
public sealed record Gelu : Activation
{
    internal const double Cubic = 0.044715;
    internal const double RootTwoOverPi = 0.7978845608028654;

    /// <summary>Whether to take the tanh form, within 0.0005 of the exact one: "approximate" in PyTorch and Keras, where the exact form is the default too.</summary>
    public bool IsApproximate { get; init; }

    /// <inheritdoc/>
    protected internal override string Details => IsApproximate ? "tanh form" : "";

    private protected override double NanosecondsEach => 0.8;

    /// <inheritdoc/>
    protected override void Apply<T>(ReadOnlySpan<T> x, Span<T> y)
    {
        if (IsApproximate)
        {
            Elementwise.Map(default(TanhForm<T>), x, y);
        }
        else
        {
            Elementwise.Map(default(Exact<T>), x, y);
        }
    }

    /// <inheritdoc/>
    protected override void Differentiate<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx)
    {
        if (IsApproximate)
        {
            Elementwise.Zip(default(TanhSlope<T>), x, dy, dx);
        }
        else
        {
            Elementwise.Zip(default(ExactSlope<T>), x, dy, dx);
        }
    }

    private readonly struct Exact<T> : IUnary<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Invoke(Vector512<T> x) =>
            x * NormalDistribution<T>.Cumulative(x);
    }

    private readonly struct ExactSlope<T> : IBinary<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Invoke(Vector512<T> x, Vector512<T> dy) =>
            dy * Lanes<T>.MultiplyAdd(x, NormalDistribution<T>.Density(x), NormalDistribution<T>.Cumulative(x));
    }

    private readonly struct TanhForm<T> : IUnary<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Invoke(Vector512<T> x)
        {
            var (sigmoid, _) = Inner(x);
            return x * sigmoid;
        }
    }

    private readonly struct TanhSlope<T> : IBinary<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Invoke(Vector512<T> x, Vector512<T> dy)
        {
            var (sigmoid, slope) = Inner(x);
            var bend = Lanes<T>.Of(2) * x * (Vector512<T>.One - sigmoid) * slope;
            return dy * sigmoid * (Vector512<T>.One + bend);
        }
    }

    /// <summary>σ(2u) and u′. Beyond ±30 σ(2u) is 0 or 1, and x³ must not overflow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<T> Sigmoid, Vector512<T> Slope) Inner<T>(Vector512<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var limit = Lanes<T>.Of(30);
        x = Vector512.ConditionalSelect(Vector512.GreaterThan(x, limit), limit, x);
        x = Vector512.ConditionalSelect(Vector512.LessThan(x, -limit), -limit, x);
        var square = x * x;
        var u = Lanes<T>.Of(RootTwoOverPi) * x * Lanes<T>.MultiplyAdd(Lanes<T>.Of(Cubic), square, Vector512<T>.One);
        var slope = Lanes<T>.Of(RootTwoOverPi) * Lanes<T>.MultiplyAdd(Lanes<T>.Of(3 * Cubic), square, Vector512<T>.One);
        return (Exponential<T>.Sigmoid(u + u), slope);
    }
}
