using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// One rise to the greatest rate and one fall far below the first (Smith and Topin, 2017, arXiv 1708.07120), as PyTorch's OneCycleLR: from
/// max/initial to max over the first part, from there to max/initial/final over the rest, along half a cosine each. The last of T updates
/// has the smallest rate, and so have those after it.
/// </summary>
/// <param name="MaxRate">The greatest rate.</param>
/// <param name="Updates">T, 2 or more.</param>
public sealed record OneCycle(double MaxRate, long Updates) : LearningRateSchedule
{
    internal static Schema Schema => Schema.Of("OneCycle", new OneCycle(0, 4))
        .With("most", schedule => schedule.MaxRate, (schedule, value) => schedule with { MaxRate = value })
        .With("updates", schedule => schedule.Updates, (schedule, value) => schedule with { Updates = value })
        .With("rising", schedule => schedule.WarmUpFraction, (schedule, value) => schedule with { WarmUpFraction = value })
        .With("rise", schedule => schedule.InitialDivisor, (schedule, value) => schedule with { InitialDivisor = value })
        .With("fall", schedule => schedule.FinalDivisor, (schedule, value) => schedule with { FinalDivisor = value })
        .With("isLinear", schedule => schedule.IsLinear, (schedule, value) => schedule with { IsLinear = value });

    /// <summary>The part of the updates in which the rate rises, above 0 and below 1: PyTorch's pct_start.</summary>
    public double WarmUpFraction { get; init; } = 0.3;

    /// <summary>The greatest rate divided by the first: PyTorch's div_factor.</summary>
    public double InitialDivisor { get; init; } = 25;

    /// <summary>The first rate divided by the last: PyTorch's final_div_factor.</summary>
    public double FinalDivisor { get; init; } = 1e4;

    /// <summary>Whether both parts are straight lines.</summary>
    public bool IsLinear { get; init; }

    /// <inheritdoc/>
    public override double At(long updates)
    {
        var (top, last) = ((WarmUpFraction * Updates) - 1, Updates - 1.0);
        var step = Math.Min(updates, last);
        return step <= top
            ? Between(MaxRate / InitialDivisor, MaxRate, step / top)
            : Between(MaxRate, MaxRate / InitialDivisor / FinalDivisor, (step - top) / (last - top));
    }

    /// <inheritdoc/>
    public override Validation<Error, Unit> Check() =>
        RequireRates(MaxRate)
        | Require(Updates >= 2, $"OneCycle over {Updates} updates: give 2 or more")
        | Require(WarmUpFraction is > 0 and < 1, $"OneCycle rises in {WarmUpFraction} of its updates, expected above 0 and below 1")
        | Require(WarmUpFraction * Updates > 1,
            $"OneCycle rises in {WarmUpFraction} of {Updates} updates, which is no whole one: let it rise longer")
        | Require(InitialDivisor > 0 && FinalDivisor > 0 && double.IsFinite(InitialDivisor) && double.IsFinite(FinalDivisor),
            $"OneCycle divides by {InitialDivisor} and {FinalDivisor}, expected numbers above 0");

    /// <inheritdoc/>
    public override string ToString() =>
        $"{MaxRate / InitialDivisor} to {MaxRate} to {MaxRate / InitialDivisor / FinalDivisor} over {Updates}, "
            + (IsLinear ? "linear" : "cosine");

    private double Between(double from, double to, double fraction) =>
        IsLinear ? from + ((to - from) * fraction) : CosineDecay.Between(from, to, fraction);
}
