using System.Runtime.CompilerServices;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// With s = 1 where the target is above 0 and else −1: ℓ = max(0, 1 − s·ŷ)², ℓ′ = −2s·max(0, 1 − s·ŷ), averaged over outputs and rows: the
/// smooth <see cref="Hinge"/>, with the same targets and accuracy. The same in Keras.
/// </summary>
public sealed record SquaredHinge : ElementLoss<SquaredHinge.Rule>
{
    internal static Schema Schema => Schema.Of("SquaredHinge", new SquaredHinge());

    /// <inheritdoc/>
    public override OutputReading Reads => OutputReading.AnswerScores;

    /// <inheritdoc/>
    public override Validation<Error, Unit> Fits(int outputs, OutputRange range, Targets targets) =>
        !range.MayBeLogits
            ? Wrong($"{Kind} takes any numbers, the network ends in {range.InWords}, which never reach the margin: leave its last "
                + $"activation out")
            : FitsTwoClasses(outputs, targets, "Dense(1)");

    /// <inheritdoc/>
    protected override void Slopes<T>(ReadOnlySpan<T> prediction, ReadOnlySpan<T> target, T scale, Span<T> slopes) =>
        Elementwise.Zip(new Slope(2 * double.CreateTruncating(scale)), prediction, target, slopes);

    /// <inheritdoc/>
    protected override int CountRight<T>(ReadOnlySpan<T> prediction, ReadOnlySpan<T> target, T tolerance) =>
        Elementwise.Count(new SameSide<T>(T.Zero, T.Zero), prediction, target);

    /// <summary>ℓ = max(0, 1 − s·ŷ)².</summary>
    public readonly struct Rule : IBinaryFormula
    {
        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public S Of<S>(S x, S y)
            where S : struct, IReal<S>
        {
            var lacking = Lacking(x, Hinge.Sign(y));
            return lacking * lacking;
        }
    }

    private readonly struct Slope(Setting scale) : IBinaryFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public S Of<S>(S x, S y)
            where S : struct, IReal<S>
        {
            var sign = Hinge.Sign(y);
            return -sign * Lacking(x, sign) * scale;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static S Lacking<S>(S x, S sign)
        where S : struct, IReal<S>
    {
        var lacking = 1 - (sign * x);
        return S.IfLessOrEqual(lacking, 0, 0, lacking);
    }
}
