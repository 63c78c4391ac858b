using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalNN;

/// <summary>
/// ℓ = |ŷ − y|, ℓ′ = sign(ŷ − y) with sign(0) = 0, averaged over outputs and rows. For regression with outliers.
/// ("Neural Networks from Scratch" prints the gradient with the opposite sign, which climbs instead of descends.)
/// </summary>
public sealed record MeanAbsoluteError : ElementLoss
{
    /// <inheritdoc/>
    protected override void Terms<T>(ReadOnlySpan<T> prediction, ReadOnlySpan<T> target, Span<T> losses) =>
        Elementwise.Zip(default(Distance<T>), prediction, target, losses);

    /// <inheritdoc/>
    protected override void Slopes<T>(ReadOnlySpan<T> prediction, ReadOnlySpan<T> target, T scale, Span<T> slopes) =>
        Elementwise.Zip(new Slope<T>(scale), prediction, target, slopes);

    private readonly struct Distance<T> : IBinary<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Invoke(Vector512<T> x, Vector512<T> y) => Vector512.Abs(x - y);
    }

    private readonly struct Slope<T>(T scale) : IBinary<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Invoke(Vector512<T> x, Vector512<T> y)
        {
            // Written so that NaN, which is neither above nor below, stays NaN.
            var d = x - y;
            var above = Vector512.ConditionalSelect(Vector512.GreaterThan(d, Vector512<T>.Zero), Vector512.Create(scale), d);
            return Vector512.ConditionalSelect(Vector512.LessThan(d, Vector512<T>.Zero), Vector512.Create(-scale), above);
        }
    }
}
