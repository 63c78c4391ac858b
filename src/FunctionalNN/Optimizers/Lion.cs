using System.Runtime.CompilerServices;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// Lion (Chen et al., 2023, arXiv 2302.06675): every number moves by the same amount, in the direction of the sign of an interpolation
/// between momentum and gradient. p ← p − η·sign(β₁·m + (1 − β₁)·g), then m ← β₂·m + (1 − β₂)·g. sign(0) = 0.
/// </summary>
/// <remarks>The paper takes a rate 3 to 10 times smaller than AdamW's, and decays weights: <c>new Lion().DecayWeights(0.1)</c>.</remarks>
public sealed record Lion : Optimizer<Lion.Rule>
{
    internal static Schema Schema => SchemaOf("Lion", new Lion())
        .With("beta1", lion => lion.Beta1, (lion, value) => lion with { Beta1 = value })
        .With("beta2", lion => lion.Beta2, (lion, value) => lion with { Beta2 = value });

    /// <summary>Lion at a rate, 0.0001 by default.</summary>
    public Lion(LearningRateSchedule? learningRate = null)
        : base(learningRate ?? 1e-4)
    {
    }

    /// <summary>β₁, 0 ≤ β₁ ≤ 1: the weight of the momentum in the direction.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>β₂, 0 ≤ β₂ &lt; 1: how long the momentum is remembered.</summary>
    public double Beta2 { get; init; } = 0.99;

    /// <inheritdoc/>
    public override Validation<Error, Unit> Check() =>
        base.Check()
        | Require(Beta1 is >= 0 and <= 1, $"β₁ is {Beta1}, expected 0 ≤ β₁ ≤ 1")
        | Require(Beta2 is >= 0 and < 1, $"β₂ is {Beta2}, expected 0 ≤ β₂ < 1");

    /// <inheritdoc/>
    protected override Rule RuleAt(double rate, long age) => new(this, rate);

    /// <summary>The formula above, for one update.</summary>
    public readonly struct Rule(Lion lion, double rate) : IUpdateRule
    {
        private readonly Setting descent = -rate;
        private readonly Setting weight = lion.Beta1;
        private readonly Setting rest = 1 - lion.Beta1;
        private readonly Setting keep = lion.Beta2;
        private readonly Setting take = 1 - lion.Beta2;

        /// <inheritdoc/>
        public static int Moments => 1;

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<S>(S g, ref S p, ref S m, ref S v, ref S w)
            where S : struct, IReal<S>
        {
            p = S.MultiplyAdd(descent, S.Sign(S.MultiplyAdd(rest, g, weight * m)), p);
            m = S.MultiplyAdd(take, g, keep * m);
        }
    }
}
