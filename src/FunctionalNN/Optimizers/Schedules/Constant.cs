namespace FunctionalNN;

/// <summary>The same rate always.</summary>
/// <param name="Rate">The rate.</param>
public sealed record Constant(double Rate) : LearningRateSchedule
{
    internal static Schema Schema => Schema.Of("Constant", new Constant(0))
        .With("rate", schedule => schedule.Rate, (schedule, value) => schedule with { Rate = value });

    /// <inheritdoc/>
    public override double At(long updates) => Rate;

    /// <inheritdoc/>
    public override string ToString() => Text($"{Rate}");
}
