using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalNN;

/// <summary>
/// y = tanh x, between −1 and 1. dx = dy · (1 − y²). Computed from e^(−2|x|) − 1, so that no input overflows and small inputs keep their digits.
/// </summary>
public sealed record Tanh : Activation
{
    /// <inheritdoc/>
    public override OutputRange RangeFor(OutputRange input) => OutputRange.Symmetric;

    private protected override double NanosecondsEach => 0.4;

    /// <inheritdoc/>
    protected override void Apply<T>(ReadOnlySpan<T> x, Span<T> y) => Elementwise.Map(default(Hyperbolic<T>), x, y);

    /// <inheritdoc/>
    protected override void Differentiate<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx) =>
        Elementwise.Zip(default(Slope<T>), y, dy, dx);

    private readonly struct Hyperbolic<T> : IUnary<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Invoke(Vector512<T> x) =>
            NearZero<T>.Tanh(x);
    }

    private readonly struct Slope<T> : IBinary<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Invoke(Vector512<T> y, Vector512<T> dy) =>
            dy * (Vector512<T>.One - (y * y));
    }
}
