using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// With d = ŷ − y: ℓ = d²/2 where |d| ≤ δ, else δ·(|d| − δ/2); ℓ′ = d, kept within ±δ; averaged over outputs and rows (Huber, 1964). Near the
/// target it is the mean squared error (halved), far from it the mean absolute error, so that outliers pull no harder than δ.
/// The same in PyTorch (HuberLoss) and Keras, both with δ = 1.
/// </summary>
/// <param name="Delta">δ > 0: from where on a difference counts as an outlier.</param>
public sealed record Huber(double Delta = 1) : ElementLoss
{
    /// <inheritdoc/>
    public override Validation<Error, Unit> Fits(int outputs, OutputRange range, Targets targets) =>
        double.IsFinite(Delta) && Delta > 0
            ? base.Fits(outputs, range, targets)
            : Wrong(string.Create(CultureInfo.InvariantCulture, $"{Kind} has δ = {Delta}: give a finite number above 0, such as 1"));

    /// <inheritdoc/>
    protected override void Terms<T>(ReadOnlySpan<T> prediction, ReadOnlySpan<T> target, Span<T> losses) =>
        Elementwise.Zip(new Term<T>(T.CreateTruncating(Delta)), prediction, target, losses);

    /// <inheritdoc/>
    protected override void Slopes<T>(ReadOnlySpan<T> prediction, ReadOnlySpan<T> target, T scale, Span<T> slopes) =>
        Elementwise.Zip(new Slope<T>(T.CreateTruncating(Delta), scale), prediction, target, slopes);

    private readonly struct Term<T>(T delta) : IBinary<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Invoke(Vector512<T> x, Vector512<T> y)
        {
            var d = Vector512.Abs(x - y);
            var linear = Vector512.Create(delta) * (d - (Lanes<T>.Of(0.5) * Vector512.Create(delta)));
            return Vector512.ConditionalSelect(Vector512.GreaterThan(d, Vector512.Create(delta)), linear, Lanes<T>.Of(0.5) * d * d);
        }
    }

    private readonly struct Slope<T>(T delta, T scale) : IBinary<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Invoke(Vector512<T> x, Vector512<T> y)
        {
            var d = x - y;
            d = Vector512.ConditionalSelect(Vector512.GreaterThan(d, Vector512.Create(delta)), Vector512.Create(delta), d);
            d = Vector512.ConditionalSelect(Vector512.LessThan(d, Vector512.Create(-delta)), Vector512.Create(-delta), d);
            return d * Vector512.Create(scale);
        }
    }
}
