using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>A schedule counted in epochs: it moves on once in that number of updates, as PyTorch's schedulers do when they step once an
/// epoch.</summary>
/// <param name="Schedule">The schedule, its "updates" being epochs.</param>
/// <param name="Updates">The updates of an epoch, 1 or more: the number of batches.</param>
public sealed record PerEpoch(LearningRateSchedule Schedule, long Updates) : LearningRateSchedule
{
    internal static Schema Schema => Schema.Of("PerEpoch", new PerEpoch(0, 1))
        .With("schedule", schedule => schedule.Schedule, (schedule, value) => schedule with { Schedule = value })
        .With("updates", schedule => schedule.Updates, (schedule, value) => schedule with { Updates = value });

    /// <inheritdoc/>
    public override double At(long updates) => Schedule.At(updates / Updates);

    /// <inheritdoc/>
    public override Validation<Error, Unit> Check() => Schedule.Check() | RequireLength(Updates);

    /// <inheritdoc/>
    public override string ToString() => Text($"{Schedule}, in epochs of {Updates}");
}
