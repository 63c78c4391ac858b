using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// rate·(start + (1 − start)·s/T), and rate from T on: PyTorch's LinearLR, whose start is ⅓. Put another schedule behind it:
/// <c>new LinearWarmUp(0.1, 500).Then(500, new CosineDecay(0.1, 9500))</c>.
/// </summary>
/// <param name="Rate">The rate from T on.</param>
/// <param name="Updates">T, 1 or more.</param>
public sealed record LinearWarmUp(double Rate, long Updates) : LearningRateSchedule
{
    internal static Schema Schema => Schema.Of("LinearWarmUp", new LinearWarmUp(0, 1))
        .With("rate", schedule => schedule.Rate, (schedule, value) => schedule with { Rate = value })
        .With("updates", schedule => schedule.Updates, (schedule, value) => schedule with { Updates = value })
        .With("start", schedule => schedule.Start, (schedule, value) => schedule with { Start = value });

    /// <summary>The fraction of the rate that the first update has, 0 … 1.</summary>
    public double Start { get; init; }

    /// <inheritdoc/>
    public override double At(long updates) => Rate * (Start + ((1 - Start) * Math.Min(updates, Updates) / Updates));

    /// <inheritdoc/>
    public override Validation<Error, Unit> Check() =>
        RequireRates(Rate) | RequireLength(Updates)
            | Require(Start is >= 0 and <= 1, $"LinearWarmUp starts at {Start} of the rate, expected 0 to 1");

    /// <inheritdoc/>
    public override string ToString() => Text($"{Start}·{Rate} to {Rate} over {Updates}");
}
