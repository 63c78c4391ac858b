using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// (rate − end)·(1 − s/T)^power + end, and end from T on: Keras' PolynomialDecay; with end = 0 PyTorch's PolynomialLR. Power 1 is linear
/// decay.
/// </summary>
/// <param name="Rate">The rate of the first update.</param>
/// <param name="Updates">T, 1 or more.</param>
public sealed record PolynomialDecay(double Rate, long Updates) : LearningRateSchedule
{
    internal static Schema Schema => Schema.Of("PolynomialDecay", new PolynomialDecay(0, 1))
        .With("rate", schedule => schedule.Rate, (schedule, value) => schedule with { Rate = value })
        .With("updates", schedule => schedule.Updates, (schedule, value) => schedule with { Updates = value })
        .With("end", schedule => schedule.End, (schedule, value) => schedule with { End = value })
        .With("power", schedule => schedule.Power, (schedule, value) => schedule with { Power = value });

    /// <summary>The rate from T on.</summary>
    public double End { get; init; }

    /// <summary>Above 0.</summary>
    public double Power { get; init; } = 1;

    /// <inheritdoc/>
    public override double At(long updates) =>
        ((Rate - End) * Math.Pow(1 - ((double)Math.Min(updates, Updates) / Updates), Power)) + End;

    /// <inheritdoc/>
    public override Validation<Error, Unit> Check() =>
        RequireRates(Rate, End) | RequireLength(Updates)
            | Require(Power > 0 && double.IsFinite(Power), $"PolynomialDecay has the power {Power}, expected a number above 0");

    /// <inheritdoc/>
    public override string ToString() => Text($"{Rate} to {End} over {Updates}, power {Power}");
}
