using System.Runtime.CompilerServices;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// AdamW (Loshchilov and Hutter, 2017, arXiv 1711.05101): Adam with decoupled weight decay, which shrinks the parameters directly instead
/// of passing through the moments. p ← p − η·λ·p, then a step of <see cref="Adam"/>.
/// </summary>
/// <remarks>The defaults are PyTorch's: λ = 0.01, ε = 1e-8. For other optimizers see <see cref="WeightDecay"/>.</remarks>
public sealed record AdamW : Optimizer<AdamW.Rule>
{
    internal static Schema Schema => SchemaOf("AdamW", new AdamW())
        .With("strength", adam => adam.Strength, (adam, value) => adam with { Strength = value })
        .With("exempt", adam => adam.Exempt!, (adam, value) => adam with { Exempt = value })
        .With("beta1", adam => adam.Beta1, (adam, value) => adam with { Beta1 = value })
        .With("beta2", adam => adam.Beta2, (adam, value) => adam with { Beta2 = value })
        .With("epsilon", adam => adam.Epsilon, (adam, value) => adam with { Epsilon = value })
        .With("epsilonPlace", adam => adam.EpsilonPlace, (adam, value) => adam with { EpsilonPlace = value });

    /// <summary>AdamW at a rate, 0.001 by default.</summary>
    public AdamW(LearningRateSchedule? learningRate = null)
        : base(learningRate ?? 1e-3)
    {
    }

    /// <summary>λ ≥ 0.</summary>
    public double Strength { get; init; } = 0.01;

    /// <summary>Slots that do not decay, such as <see cref="Slots.BiasesAndScales"/>; none by default, as in PyTorch and
    /// Keras.</summary>
    public Slots? Exempt { get; init; }

    /// <summary>β₁, 0 ≤ β₁ &lt; 1: how long the mean gradient is remembered.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>β₂, 0 ≤ β₂ &lt; 1: how long the mean square is remembered.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>ε ≥ 0: keeps the division finite.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>Where ε stands.</summary>
    public EpsilonPlace EpsilonPlace { get; init; } = EpsilonPlace.OutsideRoot;

    /// <summary>The same as Adam's, which may go on with them.</summary>
    public override string MomentKind => nameof(Adam);

    /// <summary>A system's AdamW with its defaults. PyTorch: λ 0.01, ε 1e-8. Keras: λ 0.004, ε 1e-7 before the bias correction.</summary>
    /// <exception cref="ArgumentException">The book and scikit-learn have none.</exception>
    public static AdamW Like(Dialect dialect) => dialect switch
    {
        Dialect.Keras => new AdamW { Strength = 0.004, Epsilon = 1e-7, EpsilonPlace = EpsilonPlace.BeforeCorrection },
        Dialect.PyTorch => new AdamW(),
        _ => throw Dialects.Without(dialect, nameof(AdamW)),
    };

    /// <inheritdoc/>
    public override Validation<Error, Unit> Check() =>
        base.Check()
        | Require(Strength >= 0 && double.IsFinite(Strength), $"the weight decay is {Strength}, expected a finite number of 0 or more")
        | Require(Beta1 is >= 0 and < 1, $"β₁ is {Beta1}, expected 0 ≤ β₁ < 1")
        | Require(Beta2 is >= 0 and < 1, $"β₂ is {Beta2}, expected 0 ≤ β₂ < 1")
        | Require(Epsilon >= 0 && double.IsFinite(Epsilon), $"ε is {Epsilon}, expected a finite number of 0 or more");

    /// <inheritdoc/>
    public override Validation<Error, Unit> Fits(Layout layout) => base.Fits(layout) | RequireKnown(Exempt, layout);

    /// <inheritdoc/>
    internal override bool Advance<T>(in Transition<T> transition) => Exempt is not { } exempt
        ? base.Advance(transition)
        : (this with { Exempt = null }).Advance(transition.Without(exempt))
            & (this with { Exempt = null, Strength = 0 }).Advance(transition.Only(exempt));

    /// <inheritdoc/>
    protected override Rule RuleAt(double rate, long age) => new(this, rate, age + 1);

    /// <summary>The formula above, for one update.</summary>
    public readonly struct Rule(AdamW adam, double rate, long t) : IUpdateRule
    {
        private readonly Setting shrink = 1 - (rate * adam.Strength);
        private readonly Adam.Rule rule = new(adam.Beta1, adam.Beta2, adam.Epsilon, adam.EpsilonPlace, rate, t);

        /// <inheritdoc/>
        public static int Moments => 2;

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<S>(S g, ref S p, ref S m, ref S v, ref S w)
            where S : struct, IReal<S>
        {
            p *= shrink;
            rule.Update(g, ref p, ref m, ref v, ref w);
        }
    }
}
