namespace FunctionalNN;

/// <summary>The same rate always.</summary>
/// <param name="Rate">The rate.</param>
public sealed record Constant(double Rate) : LearningRateSchedule
{
    /// <inheritdoc/>
    public override double At(long updates) => Rate;

    /// <inheritdoc/>
    public override string ToString() => Text($"{Rate}");
}
