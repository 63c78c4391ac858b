using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalNN;

/// <summary>
/// y = x·σ(x) with the logistic function σ, also called swish (Elfwing et al., 2017, arXiv 1702.03118);
/// dx = dy·σ(x)·(1 + x·(1 − σ(x))).
/// </summary>
public sealed record Silu : Activation
{
    private protected override double NanosecondsEach => 0.4;

    /// <inheritdoc/>
    protected override void Apply<T>(ReadOnlySpan<T> x, Span<T> y) => Elementwise.Map(default(Gated<T>), x, y);

    /// <inheritdoc/>
    protected override void Differentiate<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx) =>
        Elementwise.Zip(default(Slope<T>), x, dy, dx);

    private readonly struct Gated<T> : IUnary<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Invoke(Vector512<T> x) =>
            x * Exponential<T>.Sigmoid(x);
    }

    private readonly struct Slope<T> : IBinary<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Invoke(Vector512<T> x, Vector512<T> dy)
        {
            var s = Exponential<T>.Sigmoid(x);
            return dy * s * Lanes<T>.MultiplyAdd(x, Vector512<T>.One - s, Vector512<T>.One);
        }
    }
}
