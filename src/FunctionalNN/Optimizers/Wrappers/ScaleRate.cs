using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// Multiplies the inner optimizer's rate, whatever its schedule: for a layer with a rate of its own,
/// <c>adam.For("dense1", adam.ScaleRate(0.1))</c>.
/// </summary>
public sealed record ScaleRate : Wrapper
{
    internal static Schema Schema => SchemaAround("ScaleRate", new ScaleRate(Sgd.Blank, 1))
        .With("factor", wrapper => wrapper.Factor, (wrapper, value) => wrapper with { Factor = value });

    /// <summary>An optimizer at a multiple of its rate.</summary>
    public ScaleRate(Optimizer inner, double factor)
        : base(inner) => Factor = factor;

    /// <summary>0 or more.</summary>
    public double Factor { get; init; }

    /// <inheritdoc/>
    public override double RateAt(long updates) => Factor * Inner.RateAt(updates);

    /// <inheritdoc/>
    public override Validation<Error, Unit> Check() =>
        base.Check()
            | Require(Factor >= 0 && double.IsFinite(Factor), $"the rate's factor is {Factor}, expected a finite number of 0 or more");

    /// <inheritdoc/>
    private protected override bool AdvanceAround<T>(in Transition<T> transition) =>
        Inner.Advance(transition with { RateFactor = transition.RateFactor * Factor });
}
