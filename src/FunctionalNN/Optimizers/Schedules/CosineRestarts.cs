using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// Cosine decay that begins again and again (Loshchilov and Hutter, 2016, arXiv 1608.03983): in a cycle of length T,
/// end + height·(1 + cos(π·s/T))/2, with height = rate − end at first; then T ← T·stretch and height ← height·factor. PyTorch's
/// CosineAnnealingWarmRestarts (factor 1); Keras' CosineDecayRestarts has the defaults stretch 2 and factor 1.
/// </summary>
/// <param name="Rate">The first cycle's top.</param>
/// <param name="Updates">The first cycle's length, 1 or more.</param>
public sealed record CosineRestarts(double Rate, long Updates) : LearningRateSchedule
{
    internal static Schema Schema => Schema.Of("CosineRestarts", new CosineRestarts(0, 1))
        .With("rate", schedule => schedule.Rate, (schedule, value) => schedule with { Rate = value })
        .With("updates", schedule => schedule.Updates, (schedule, value) => schedule with { Updates = value })
        .With("end", schedule => schedule.End, (schedule, value) => schedule with { End = value })
        .With("stretch", schedule => schedule.Stretch, (schedule, value) => schedule with { Stretch = value })
        .With("factor", schedule => schedule.Factor, (schedule, value) => schedule with { Factor = value });

    /// <summary>The rate at the end of a cycle.</summary>
    public double End { get; init; }

    /// <summary>How much longer each cycle is than the one before, 1 or more.</summary>
    public int Stretch { get; init; } = 1;

    /// <summary>What each restart multiplies the height by.</summary>
    public double Factor { get; init; } = 1;

    /// <inheritdoc/>
    public override double At(long updates)
    {
        var (cycle, position, length) = (updates / Updates, updates % Updates, Updates);
        if (Stretch > 1)
        {
            (cycle, position) = (0, updates);
            while (position >= length)
            {
                (cycle, position, length) = (cycle + 1, position - length, length * Stretch);
            }
        }

        return CosineDecay.Between(End + ((Rate - End) * Math.Pow(Factor, cycle)), End, (double)position / length);
    }

    /// <inheritdoc/>
    public override Validation<Error, Unit> Check() =>
        RequireRates(Rate, End, Factor) | RequireLength(Updates)
            | Require(Stretch >= 1, $"CosineRestarts stretches by {Stretch}, expected 1 or more");

    /// <inheritdoc/>
    public override string ToString() => Text($"{Rate} to {End} over {Updates}, cosine, again with length ×{Stretch} and height ×{Factor}");
}
