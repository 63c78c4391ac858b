using System.Runtime.CompilerServices;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// Rprop (Riedmiller and Braun, 1993), in the form iRprop⁻ (Igel and Hüsken, 2000) that PyTorch has: each number has a step size δ of its
/// own, which grows while the gradient keeps its sign and shrinks when it changes; only the sign of the gradient counts.
/// s = g·g₋₁; δ ← δ·η⁺ where s &gt; 0, δ·η⁻ where s &lt; 0, within [least, most]; g ← 0 where s &lt; 0; p ← p − δ·sign(g).
/// </summary>
/// <remarks>
/// For full batches only: between minibatches signs change by chance. The learning rate is the first δ; a schedule scales all steps by its
/// rate relative to its first.
/// </remarks>
public sealed record Rprop : Optimizer<Rprop.Rule>
{
    internal static Schema Schema => SchemaOf("Rprop", new Rprop())
        .With("growth", prop => prop.Growth, (prop, value) => prop with { Growth = value })
        .With("shrinkage", prop => prop.Shrinkage, (prop, value) => prop with { Shrinkage = value })
        .With("leastStep", prop => prop.MinStep, (prop, value) => prop with { MinStep = value })
        .With("mostStep", prop => prop.MaxStep, (prop, value) => prop with { MaxStep = value });

    /// <summary>Rprop with a first step size, 0.01 by default.</summary>
    public Rprop(LearningRateSchedule? learningRate = null)
        : base(learningRate ?? 0.01)
    {
    }

    /// <summary>η⁺ ≥ 1.</summary>
    public double Growth { get; init; } = 1.2;

    /// <summary>η⁻, 0 &lt; η⁻ ≤ 1.</summary>
    public double Shrinkage { get; init; } = 0.5;

    /// <summary>The least δ, above 0.</summary>
    public double MinStep { get; init; } = 1e-6;

    /// <summary>The greatest δ.</summary>
    public double MaxStep { get; init; } = 50;

    /// <inheritdoc/>
    public override Validation<Error, Unit> Check() =>
        base.Check()
        | Require(RateAt(0) > 0, $"the learning rate begins at {RateAt(0)}, expected a number above 0: it is the first step size")
        | Require(Growth >= 1 && double.IsFinite(Growth), $"the growth is {Growth}, expected 1 or more")
        | Require(Shrinkage is > 0 and <= 1, $"the shrinkage is {Shrinkage}, expected 0 < shrinkage ≤ 1")
        | Require(MinStep > 0 && MinStep <= MaxStep && double.IsFinite(MaxStep),
            $"the steps are {MinStep} to {MaxStep}, expected 0 < least ≤ most");

    /// <inheritdoc/>
    protected internal override ParameterVector<T> InitialMoment<T>(int index, ParameterVector<T> parameters) =>
        parameters.Map(_ => index == 0 ? T.Zero : T.CreateTruncating(RateAt(0)));

    /// <inheritdoc/>
    protected override Rule RuleAt(double rate, long age) => new(this, rate / RateAt(0));

    /// <summary>The formula above, for one update.</summary>
    public readonly struct Rule(Rprop rprop, double scale) : IUpdateRule
    {
        private readonly Setting descent = -scale;
        private readonly Setting growth = rprop.Growth;
        private readonly Setting shrinkage = rprop.Shrinkage;
        private readonly Setting least = rprop.MinStep;
        private readonly Setting most = rprop.MaxStep;

        /// <inheritdoc/>
        public static int Moments => 2;

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<S>(S g, ref S p, ref S before, ref S size, ref S w)
            where S : struct, IReal<S>
        {
            // Of signs, since a product of two small gradients may vanish.
            var turn = S.Sign(g) * S.Sign(before);
            size *= S.IfLess(turn, 0, shrinkage, S.IfLess(0, turn, growth, 1));
            size = S.Min(S.Max(size, least), most);

            // 0·g is 0 unless g is infinite, which is to be seen.
            before = S.IfLess(turn, 0, g * 0, g);
            p = S.MultiplyAdd(descent * size, S.Sign(before), p);
        }
    }
}
