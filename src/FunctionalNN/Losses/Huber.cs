using System.Runtime.CompilerServices;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// With d = ŷ − y: ℓ = d²/2 where |d| ≤ δ, else δ·(|d| − δ/2); ℓ′ = d, kept within ±δ; averaged over outputs and rows (Huber, 1964). Near
/// the target it is the mean squared error (halved), far from it the mean absolute error, so that outliers pull no harder than δ.
/// The same in PyTorch (HuberLoss) and Keras, both with δ = 1.
/// </summary>
/// <param name="Delta">δ > 0: from where on a difference counts as an outlier.</param>
public sealed record Huber(double Delta = 1) : ElementLoss<Huber.Rule>
{
    internal static Schema Schema => Schema.Of("Huber", new Huber())
        .With("delta", loss => loss.Delta, (loss, value) => loss with { Delta = value });

    /// <inheritdoc/>
    public override Validation<Error, Unit> Fits(int outputs, OutputRange range, Targets targets) =>
        double.IsFinite(Delta) && Delta > 0
            ? base.Fits(outputs, range, targets)
            : Wrong($"{Kind} has δ = {Delta}: give a finite number above 0, such as 1");

    /// <inheritdoc/>
    protected override Rule Formula => new(Delta);

    /// <inheritdoc/>
    protected override void Slopes<T>(ReadOnlySpan<T> prediction, ReadOnlySpan<T> target, T scale, Span<T> slopes) =>
        Elementwise.Zip(new Slope(Delta, double.CreateTruncating(scale)), prediction, target, slopes);

    /// <summary>ℓ = d²/2 where |d| ≤ δ, else δ·(|d| − δ/2).</summary>
    public readonly struct Rule(Setting delta) : IBinaryFormula
    {
        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public S Of<S>(S x, S y)
            where S : struct, IReal<S>
        {
            var distance = S.Abs(x - y);
            return S.IfLess(delta, distance, delta * (distance - (0.5 * (S)delta)), 0.5 * distance * distance);
        }
    }

    private readonly struct Slope(Setting delta, Setting scale) : IBinaryFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public S Of<S>(S x, S y)
            where S : struct, IReal<S> => S.Max(S.Min(x - y, delta), -(S)delta) * scale;
    }
}
