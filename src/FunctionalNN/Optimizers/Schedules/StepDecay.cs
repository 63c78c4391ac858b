using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>rate·factor^⌊s/every⌋: PyTorch's StepLR; in Keras ExponentialDecay with staircase.</summary>
/// <param name="Rate">The rate of the first updates.</param>
/// <param name="Factor">What each step multiplies by.</param>
/// <param name="Every">The updates between steps, 1 or more.</param>
public sealed record StepDecay(double Rate, double Factor, long Every) : LearningRateSchedule
{
    internal static Schema Schema => Schema.Of("StepDecay", new StepDecay(0, 1, 1))
        .With("rate", schedule => schedule.Rate, (schedule, value) => schedule with { Rate = value })
        .With("factor", schedule => schedule.Factor, (schedule, value) => schedule with { Factor = value })
        .With("every", schedule => schedule.Every, (schedule, value) => schedule with { Every = value });

    /// <inheritdoc/>
    public override double At(long updates) => Rate * Math.Pow(Factor, updates / Every);

    /// <inheritdoc/>
    public override Validation<Error, Unit> Check() => RequireRates(Rate, Factor) | RequireLength(Every);

    /// <inheritdoc/>
    public override string ToString() => Text($"{Rate}, times {Factor} every {Every}");
}
