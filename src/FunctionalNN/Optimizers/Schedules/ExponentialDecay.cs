using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>rate·factor^(s/over): Keras' ExponentialDecay; with over = 1 PyTorch's ExponentialLR.</summary>
/// <param name="Rate">The rate of the first update.</param>
/// <param name="Factor">What each stretch of updates multiplies the rate by.</param>
/// <param name="Over">How many updates that takes, 1 or more.</param>
public sealed record ExponentialDecay(double Rate, double Factor, long Over = 1) : LearningRateSchedule
{
    /// <inheritdoc/>
    public override double At(long updates) => Rate * Math.Pow(Factor, (double)updates / Over);

    /// <inheritdoc/>
    public override Validation<Error, Unit> Check() => RequireRates(Rate, Factor) | RequireLength(Over);

    /// <inheritdoc/>
    public override string ToString() => Text($"{Rate}·{Factor}^(step/{Over})");
}
