using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// end + (rate − end)·(1 + cos(π·s/T))/2, and end from T on (Loshchilov and Hutter, 2016, arXiv 1608.03983): Keras' CosineDecay, and
/// PyTorch's CosineAnnealingLR up to T, after which that one rises again.
/// </summary>
/// <param name="Rate">The rate of the first update.</param>
/// <param name="Updates">T, 1 or more.</param>
public sealed record CosineDecay(double Rate, long Updates) : LearningRateSchedule
{
    internal static Schema Schema => Schema.Of("CosineDecay", new CosineDecay(0, 1))
        .With("rate", schedule => schedule.Rate, (schedule, value) => schedule with { Rate = value })
        .With("updates", schedule => schedule.Updates, (schedule, value) => schedule with { Updates = value })
        .With("end", schedule => schedule.End, (schedule, value) => schedule with { End = value });

    /// <summary>The rate from T on.</summary>
    public double End { get; init; }

    /// <inheritdoc/>
    public override double At(long updates) => Between(Rate, End, (double)Math.Min(updates, Updates) / Updates);

    /// <inheritdoc/>
    public override Validation<Error, Unit> Check() => RequireRates(Rate, End) | RequireLength(Updates);

    /// <inheritdoc/>
    public override string ToString() => Text($"{Rate} to {End} over {Updates}, cosine");

    /// <summary>Half a cosine from one rate to another, as the fraction goes from 0 to 1.</summary>
    internal static double Between(double from, double to, double fraction) => to + ((from - to) * (1 + Math.Cos(Math.PI * fraction)) / 2);
}
