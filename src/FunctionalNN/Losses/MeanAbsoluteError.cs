using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>
/// ℓ = |ŷ − y|, ℓ′ = sign(ŷ − y) with sign(0) = 0, averaged over outputs and rows. For regression with outliers.
/// ("Neural Networks from Scratch" prints the gradient with the opposite sign, which climbs instead of descends.)
/// </summary>
public sealed record MeanAbsoluteError : ElementLoss<MeanAbsoluteError.Rule>
{
    internal static Schema Schema => Schema.Of("MeanAbsoluteError", new MeanAbsoluteError());

    /// <inheritdoc/>
    public override string? Unit => "target";

    /// <summary>The loss of always predicting the mean of each column.</summary>
    /// <inheritdoc/>
    public override double Baseline(Targets targets) => MeanOf(targets, Math.Abs);

    /// <summary>ℓ = |ŷ − y|.</summary>
    public readonly struct Rule : IBinaryFormula
    {
        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public S Of<S>(S x, S y)
            where S : struct, IReal<S> => S.Abs(x - y);
    }
}
