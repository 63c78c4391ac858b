using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// rate / (1 + decay·s): inverse-time decay, counted in updates (not epochs); the first update has the whole rate. "Neural Networks from
/// Scratch"; in Keras InverseTimeDecay with decay_rate/decay_steps for decay.
/// </summary>
/// <param name="Rate">The rate of the first update.</param>
/// <param name="Decay">0 or more.</param>
public sealed record InverseTime(double Rate, double Decay) : LearningRateSchedule
{
    internal static Schema Schema => Schema.Of("InverseTime", new InverseTime(0, 0))
        .With("rate", schedule => schedule.Rate, (schedule, value) => schedule with { Rate = value })
        .With("decay", schedule => schedule.Decay, (schedule, value) => schedule with { Decay = value });

    /// <inheritdoc/>
    public override double At(long updates) => Rate / (1 + (Decay * updates));

    /// <inheritdoc/>
    public override Validation<Error, Unit> Check() => RequireRates(Rate, Decay);

    /// <inheritdoc/>
    public override string ToString() => Text($"{Rate} / (1 + {Decay}·step)");
}
