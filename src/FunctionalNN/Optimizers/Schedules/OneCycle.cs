using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// One rise to the greatest rate and one fall far below the first (Smith and Topin, 2017, arXiv 1708.07120), as PyTorch's OneCycleLR: from
/// most/rise to most over the first part, from there to most/rise/fall over the rest, along half a cosine each. The last of T updates
/// has the least rate, and so have those after it.
/// </summary>
/// <param name="Most">The greatest rate.</param>
/// <param name="Updates">T, 2 or more.</param>
public sealed record OneCycle(double Most, long Updates) : LearningRateSchedule
{
    /// <summary>The part of the updates in which the rate rises, above 0 and below 1.</summary>
    public double Rising { get; init; } = 0.3;

    /// <summary>The greatest rate over the first.</summary>
    public double Rise { get; init; } = 25;

    /// <summary>The first rate over the last.</summary>
    public double Fall { get; init; } = 1e4;

    /// <summary>Whether both parts are straight lines.</summary>
    public bool IsLinear { get; init; }

    /// <inheritdoc/>
    public override double At(long updates)
    {
        var (top, last) = ((Rising * Updates) - 1, Updates - 1.0);
        var step = Math.Min(updates, last);
        return step <= top
            ? Between(Most / Rise, Most, step / top)
            : Between(Most, Most / Rise / Fall, (step - top) / (last - top));
    }

    /// <inheritdoc/>
    public override Validation<Error, Unit> Check() =>
        RequireRates(Most)
        | Require(Updates >= 2, $"OneCycle over {Updates} updates: give 2 or more")
        | Require(Rising is > 0 and < 1, $"OneCycle rises in {Rising} of its updates, expected above 0 and below 1")
        | Require(Rising * Updates > 1, $"OneCycle rises in {Rising} of {Updates} updates, which is no whole one: let it rise longer")
        | Require(Rise > 0 && Fall > 0 && double.IsFinite(Rise) && double.IsFinite(Fall), $"OneCycle divides by {Rise} and {Fall}, expected numbers above 0");

    /// <inheritdoc/>
    public override string ToString() => Text($"{Most / Rise} to {Most} to {Most / Rise / Fall} over {Updates}, {(IsLinear ? "linear" : "cosine")}");

    private double Between(double from, double to, double fraction) => IsLinear ? from + ((to - from) * fraction) : CosineDecay.Between(from, to, fraction);
}
