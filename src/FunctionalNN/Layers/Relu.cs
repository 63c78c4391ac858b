using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalNN;

/// <summary>
/// y = max(x, 0), the rectified linear unit. dx = dy where x > 0, else 0; at 0 the derivative is taken as 0, as in Keras and PyTorch.
/// NaN stays NaN.
/// </summary>
public sealed record Relu : Activation
{
    /// <inheritdoc/>
    public override OutputRange RangeFor(OutputRange input) => OutputRange.NonNegative;

    /// <inheritdoc/>
    protected override void Apply<T>(ReadOnlySpan<T> x, Span<T> y) => Elementwise.Map(default(Rectify<T>), x, y);

    /// <inheritdoc/>
    protected override void Differentiate<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx) =>
        Elementwise.Zip(default(Gate<T>), y, dy, dx);

    private readonly struct Rectify<T> : IUnary<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Invoke(Vector512<T> x) =>
            Vector512.ConditionalSelect(Vector512.LessThanOrEqual(x, Vector512<T>.Zero), Vector512<T>.Zero, x);
    }

    /// <summary>The gradient where the output is positive or NaN.</summary>
    private readonly struct Gate<T> : IBinary<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Invoke(Vector512<T> y, Vector512<T> dy) =>
            Vector512.ConditionalSelect(Vector512.LessThanOrEqual(y, Vector512<T>.Zero), Vector512<T>.Zero, dy);
    }
}
