using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// p ← p − η·λ·p, then the inner optimizer's step: decoupled weight decay for any optimizer (Loshchilov and Hutter, 2017, arXiv
/// 1711.05101); Keras' weight_decay. Around <see cref="Adam"/> it is <see cref="AdamW"/>.
/// </summary>
public sealed record WeightDecay : Wrapper
{
    internal static Schema Schema => SchemaAround("WeightDecay", new WeightDecay(Sgd.Blank, 0))
        .With("strength", wrapper => wrapper.Strength, (wrapper, value) => wrapper with { Strength = value })
        .With("exempt", wrapper => wrapper.Exempt!, (wrapper, value) => wrapper with { Exempt = value });

    /// <summary>An optimizer whose parameters decay.</summary>
    public WeightDecay(Optimizer inner, double strength)
        : base(inner) => Strength = strength;

    /// <summary>λ ≥ 0.</summary>
    public double Strength { get; init; }

    /// <summary>Slots that do not decay, such as <see cref="Slots.BiasesAndScales"/>; none by default.</summary>
    public Slots? Exempt { get; init; }

    /// <inheritdoc/>
    public override Validation<Error, Unit> Check() =>
        base.Check()
        | Require(Strength >= 0 && double.IsFinite(Strength), $"the weight decay is {Strength}, expected a finite number of 0 or more")
        | RequireNoAccumulation();

    /// <inheritdoc/>
    public override Validation<Error, Unit> Fits(Layout layout) => base.Fits(layout) | RequireKnown(Exempt, layout);

    /// <inheritdoc/>
    private protected override bool AdvanceAround<T>(in Transition<T> transition)
    {
        var rate = RateAt(transition.Step) * transition.RateFactor;
        var decayed = Exempt is null ? transition : transition.Without(Exempt);
        decayed.Zip(new Scale(1 - (rate * Strength)), transition.Parameters, transition.Parameters, transition.Parameters);
        return Inner.Advance(transition);
    }
}
