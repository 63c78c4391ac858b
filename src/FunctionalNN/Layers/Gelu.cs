using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalNN;

/// <summary>
/// The Gaussian error linear unit: y = x·Φ(x), where Φ is the integral of the normal density φ; dx = dy·(Φ(x) + x·φ(x))
/// (Hendrycks and Gimpel, 2016, arXiv 1606.08415). With <see cref="IsApproximate"/>: y = ½·x·(1 + tanh u) with
/// u = √(2/π)·(x + 0.044715·x³); dx = dy·½·(1 + tanh u + x·(1 − tanh² u)·u′).
/// </summary>
public sealed record Gelu : Activation
{
    private const double Cubic = 0.044715;
    private const double RootTwoOverPi = 0.7978845608028654;

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
            var (tanh, _) = Inner(x);
            return Lanes<T>.Of(0.5) * x * (Vector512<T>.One + tanh);
        }
    }

    private readonly struct TanhSlope<T> : IBinary<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Invoke(Vector512<T> x, Vector512<T> dy)
        {
            var (tanh, slope) = Inner(x);
            var bend = x * (Vector512<T>.One - (tanh * tanh)) * slope;
            return dy * Lanes<T>.Of(0.5) * (Vector512<T>.One + tanh + bend);
        }
    }

    /// <summary>tanh u and u′. From ±20 on tanh u is ±1, and x³ must not overflow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<T> Tanh, Vector512<T> Slope) Inner<T>(Vector512<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var limit = Lanes<T>.Of(20);
        x = Vector512.ConditionalSelect(Vector512.GreaterThan(x, limit), limit, x);
        x = Vector512.ConditionalSelect(Vector512.LessThan(x, -limit), -limit, x);
        var square = x * x;
        var u = Lanes<T>.Of(RootTwoOverPi) * x * Lanes<T>.MultiplyAdd(Lanes<T>.Of(Cubic), square, Vector512<T>.One);
        var slope = Lanes<T>.Of(RootTwoOverPi) * Lanes<T>.MultiplyAdd(Lanes<T>.Of(3 * Cubic), square, Vector512<T>.One);
        return (NearZero<T>.Tanh(u), slope);
    }
}
