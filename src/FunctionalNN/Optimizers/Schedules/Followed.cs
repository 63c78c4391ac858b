using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>One schedule for a number of updates, then another, counted from its own beginning: PyTorch's SequentialLR.</summary>
/// <param name="First">For the first updates.</param>
/// <param name="Updates">How many of them, 0 or more.</param>
/// <param name="Next">For the others.</param>
public sealed record Followed(LearningRateSchedule First, long Updates, LearningRateSchedule Next) : LearningRateSchedule
{
    internal static Schema Schema => Schema.Of("Followed", new Followed(0, 0, 0))
        .With("first", schedule => schedule.First, (schedule, value) => schedule with { First = value })
        .With("updates", schedule => schedule.Updates, (schedule, value) => schedule with { Updates = value })
        .With("next", schedule => schedule.Next, (schedule, value) => schedule with { Next = value });

    /// <inheritdoc/>
    public override double At(long updates) => updates < Updates ? First.At(updates) : Next.At(updates - Updates);

    /// <inheritdoc/>
    public override Validation<Error, Unit> Check() =>
        First.Check() | Next.Check() | Require(Updates >= 0, $"the first schedule is for {Updates} updates: give 0 or more");

    /// <inheritdoc/>
    public override string ToString() => Text($"{First}; from {Updates} on {Next}");
}
