using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>rate·factor^(s/over): Keras' ExponentialDecay; with over = 1 PyTorch's ExponentialLR.</summary>
/// <param name="Rate">The rate of the first update.</param>
/// <param name="Factor">What each stretch of updates multiplies the rate by.</param>
/// <param name="Over">How many updates that takes, 1 or more.</param>
public sealed record ExponentialDecay(double Rate, double Factor, long Over = 1) : LearningRateSchedule
{
    internal static Schema Schema => Schema.Of("ExponentialDecay", new ExponentialDecay(0, 1))
        .With("rate", schedule => schedule.Rate, (schedule, value) => schedule with { Rate = value })
        .With("factor", schedule => schedule.Factor, (schedule, value) => schedule with { Factor = value })
        .With("over", schedule => schedule.Over, (schedule, value) => schedule with { Over = value });

    /// <inheritdoc/>
    public override double At(long updates) => Rate * Math.Pow(Factor, (double)updates / Over);

    /// <inheritdoc/>
    public override Validation<Error, Unit> Check() => RequireRates(Rate, Factor) | RequireLength(Over);

    /// <inheritdoc/>
    public override string ToString() => Text($"{Rate}·{Factor}^(step/{Over})");
}
