using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalNN;

/// <summary>
/// y = ln(1 + eˣ), a smooth ReLU above 0; dx = dy·σ(x) with the logistic function σ. Computed as max(x, 0) + ln(1 + e^(−|x|)), so that no
/// input overflows.
/// </summary>
public sealed record Softplus : Activation
{
    /// <inheritdoc/>
    public override OutputRange RangeFor(OutputRange input) => OutputRange.NonNegative;

    private protected override double NanosecondsEach => 0.7;

    /// <inheritdoc/>
    protected override void Apply<T>(ReadOnlySpan<T> x, Span<T> y) => Elementwise.Map(default(Smooth<T>), x, y);

    /// <inheritdoc/>
    protected override void Differentiate<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx) =>
        Elementwise.Zip(default(Slope<T>), x, dy, dx);

    private readonly struct Smooth<T> : IUnary<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Invoke(Vector512<T> x) =>
            NearZero<T>.Softplus(x);
    }

    private readonly struct Slope<T> : IBinary<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Invoke(Vector512<T> x, Vector512<T> dy) =>
            dy * Exponential<T>.Sigmoid(x);
    }
}
