using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalNN;

/// <summary>ℓ = f·(ŷ − y)², ℓ′ = 2f·(ŷ − y), averaged over outputs and rows, with f = 1 unless said otherwise. For regression.</summary>
public sealed record MeanSquaredError : ElementLoss
{
    /// <summary>f above 0: 1; ½ of scikit-learn's and of many a textbook.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The factor is not a finite number above 0.</exception>
    public double Factor { get; init => field = value > 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), $"the factor is {value}, expected a finite number above 0"); } = 1;

    /// <inheritdoc/>
    protected override void Terms<T>(ReadOnlySpan<T> prediction, ReadOnlySpan<T> target, Span<T> losses) =>
        Elementwise.Zip(new Square<T>(T.CreateTruncating(Factor)), prediction, target, losses);

    /// <inheritdoc/>
    protected override void Slopes<T>(ReadOnlySpan<T> prediction, ReadOnlySpan<T> target, T scale, Span<T> slopes) =>
        Elementwise.Zip(new Slope<T>(T.CreateTruncating(2 * Factor) * scale), prediction, target, slopes);

    private readonly struct Square<T>(T factor) : IBinary<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Invoke(Vector512<T> x, Vector512<T> y) => (x - y) * (x - y) * Vector512.Create(factor);
    }

    private readonly struct Slope<T>(T scale) : IBinary<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Invoke(Vector512<T> x, Vector512<T> y) => (x - y) * Vector512.Create(scale);
    }
}
