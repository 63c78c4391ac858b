using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// rate/(n·e + 1)^power, where e is the number of epochs done and n that of samples: scikit-learn's learning_rate="invscaling", which
/// counts samples but changes at the end of an epoch.
/// </summary>
/// <param name="Rate">The rate of the first epoch.</param>
/// <param name="Samples">n, 1 or more.</param>
/// <param name="BatchSize">Samples of an update, 1 or more.</param>
public sealed record InverseScaling(double Rate, int Samples, int BatchSize) : LearningRateSchedule
{
    internal static Schema Schema => Schema.Of("InverseScaling", new InverseScaling(0, 1, 1))
        .With("rate", schedule => schedule.Rate, (schedule, value) => schedule with { Rate = value })
        .With("samples", schedule => schedule.Samples, (schedule, value) => schedule with { Samples = value })
        .With("batchSize", schedule => schedule.BatchSize, (schedule, value) => schedule with { BatchSize = value })
        .With("power", schedule => schedule.Power, (schedule, value) => schedule with { Power = value });

    /// <summary>Above 0; scikit-learn's power_t.</summary>
    public double Power { get; init; } = 0.5;

    /// <inheritdoc/>
    public override double At(long updates) =>
        Rate / Math.Pow(((double)Samples * (updates / ((Samples + (long)BatchSize - 1) / BatchSize))) + 1, Power);

    /// <inheritdoc/>
    public override Validation<Error, Unit> Check() =>
        RequireRates(Rate)
        | Require(Samples >= 1 && BatchSize >= 1,
            $"InverseScaling counts {Samples} samples in batches of {BatchSize}: give 1 or more of both")
        | Require(Power > 0 && double.IsFinite(Power), $"InverseScaling has the power {Power}, expected a number above 0");

    /// <inheritdoc/>
    public override string ToString() => Text($"{Rate} / ({Samples}·epoch + 1)^{Power}");
}
