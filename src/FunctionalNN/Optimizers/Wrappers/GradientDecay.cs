using System.Numerics;
using System.Runtime.CompilerServices;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// g ← g + λ·p before anything else: L2 regularisation that is not part of the reported loss and passes through momentum and moments.
/// PyTorch's weight_decay; by default for weights, biases, γ and β alike.
/// </summary>
/// <remarks>In a <see cref="Penalty"/>, L2(λ/2) has the same gradient. For decay beside the moments see
/// <see cref="WeightDecay"/>.</remarks>
public sealed record GradientDecay : Wrapper
{
    internal static Schema Schema => SchemaAround("GradientDecay", new GradientDecay(Sgd.Blank, 0))
        .With("strength", wrapper => wrapper.Strength, (wrapper, value) => wrapper with { Strength = value })
        .With("exempt", wrapper => wrapper.Exempt!, (wrapper, value) => wrapper with { Exempt = value });

    /// <summary>An optimizer with λ·p added to its gradient.</summary>
    public GradientDecay(Optimizer inner, double strength)
        : base(inner) => Strength = strength;

    /// <summary>λ ≥ 0.</summary>
    public double Strength { get; init; }

    /// <summary>Slots that do not decay, such as <see cref="Slots.BiasesAndScales"/>; none by default.</summary>
    public Slots? Exempt { get; init; }

    /// <inheritdoc/>
    public override Validation<Error, Unit> Check() =>
        base.Check()
            | Require(Strength >= 0 && double.IsFinite(Strength),
                $"the gradient decay is {Strength}, expected a finite number of 0 or more");

    /// <inheritdoc/>
    public override Validation<Error, Unit> Fits(Layout layout) => base.Fits(layout) | RequireKnown(Exempt, layout);

    /// <inheritdoc/>
    private protected override bool AdvanceAround<T>(in Transition<T> transition)
    {
        var decayed = Exempt is null ? transition : transition.Without(Exempt);
        decayed.Zip(new Pull(Strength), transition.Gradient, transition.Parameters, transition.Gradient);
        return Inner.Advance(transition);
    }

    private readonly struct Pull(double strength) : IBinaryFormula
    {
        private readonly Setting strength = strength;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public S Of<S>(S g, S p)
            where S : struct, IReal<S> => S.MultiplyAdd(strength, p, g);
    }
}
