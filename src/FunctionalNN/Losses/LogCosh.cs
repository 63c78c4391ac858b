using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalNN;

/// <summary>
/// ℓ = ln cosh(ŷ − y), ℓ′ = tanh(ŷ − y), averaged over outputs and rows: half the squared difference near the target, |ŷ − y| − ln 2 far from it,
/// and smooth between. The same in Keras. Exact for any difference: cosh itself would overflow.
/// </summary>
public sealed record LogCosh : ElementLoss
{
    /// <inheritdoc/>
    protected override void Terms<T>(ReadOnlySpan<T> prediction, ReadOnlySpan<T> target, Span<T> losses) =>
        Elementwise.Zip(default(Term<T>), prediction, target, losses);

    /// <inheritdoc/>
    protected override void Slopes<T>(ReadOnlySpan<T> prediction, ReadOnlySpan<T> target, T scale, Span<T> slopes) =>
        Elementwise.Zip(new Slope<T>(scale), prediction, target, slopes);

    private readonly struct Term<T> : IBinary<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Invoke(Vector512<T> x, Vector512<T> y) => NearZero<T>.LogCosh(x - y);
    }

    private readonly struct Slope<T>(T scale) : IBinary<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Invoke(Vector512<T> x, Vector512<T> y) => NearZero<T>.Tanh(x - y) * Vector512.Create(scale);
    }
}
