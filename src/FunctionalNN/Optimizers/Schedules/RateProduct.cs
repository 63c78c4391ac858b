using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>The product of two schedules at each update: a rate and a factor, such as a warm-up from 0 to 1. PyTorch's
/// ChainedScheduler.</summary>
/// <param name="First">One.</param>
/// <param name="Second">The other.</param>
public sealed record RateProduct(LearningRateSchedule First, LearningRateSchedule Second) : LearningRateSchedule
{
    internal static Schema Schema => Schema.Of("RateProduct", new RateProduct(0, 0))
        .With("first", schedule => schedule.First, (schedule, value) => schedule with { First = value })
        .With("second", schedule => schedule.Second, (schedule, value) => schedule with { Second = value });

    /// <inheritdoc/>
    public override double At(long updates) => First.At(updates) * Second.At(updates);

    /// <inheritdoc/>
    public override Validation<Error, Unit> Check() => First.Check() | Second.Check();

    /// <inheritdoc/>
    public override string ToString() => Text($"({First}) × ({Second})");
}
