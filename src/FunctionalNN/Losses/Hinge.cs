using System.Runtime.CompilerServices;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// For two classes, or several yes-or-no answers, with s = 1 where the target is above 0 and else −1: ℓ = max(0, 1 − s·ŷ), ℓ′ = −s where 1
/// − s·ŷ > 0, else 0; averaged over outputs and rows: what a support vector machine makes small. Takes labels of two classes with one
/// output, or real targets, −1 and 1 or 0 and 1 as in Keras. Accuracy counts the outputs on the right side of 0.
/// </summary>
public sealed record Hinge : ElementLoss<Hinge.Rule>
{
    internal static Schema Schema => Schema.Of("Hinge", new Hinge());

    /// <inheritdoc/>
    public override OutputReading Reads => OutputReading.AnswerScores;

    /// <inheritdoc/>
    public override Validation<Error, Unit> Fits(int outputs, OutputRange range, Targets targets) =>
        !range.MayBeLogits
            ? Wrong($"{Kind} takes any numbers, the network ends in {range.InWords}, which never reach the margin: leave its last "
                + $"activation out")
            : FitsTwoClasses(outputs, targets, "Dense(1)");

    /// <inheritdoc/>
    protected override int CountRight<T>(ReadOnlySpan<T> prediction, ReadOnlySpan<T> target, T tolerance) =>
        Elementwise.Count(new SameSide<T>(T.Zero, T.Zero), prediction, target);

    /// <summary>ℓ = max(0, 1 − s·ŷ).</summary>
    public readonly struct Rule : IBinaryFormula
    {
        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public S Of<S>(S x, S y)
            where S : struct, IReal<S>
        {
            var lacking = 1 - (Sign(y) * x);
            return S.IfLessOrEqual(lacking, 0, 0, lacking);
        }
    }

    /// <summary>1 where the target is above 0, else −1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static S Sign<S>(S target)
        where S : struct, IReal<S> => S.IfLess(0, target, 1, -1);
}
