using System.Runtime.CompilerServices;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// Adadelta (Zeiler, 2012, arXiv 1212.5701): steps in the parameters' own units, from the recent mean squares of gradients (c) and of
/// steps (d). c ← ρ·c + (1 − ρ)·g², Δ = √(d + ε)/√(c + ε)·g, p ← p − η·Δ, d ← ρ·d + (1 − ρ)·Δ².
/// </summary>
/// <remarks>The defaults are PyTorch's: rate 1, as in the paper, and ε = 1e-6. Keras has rate 0.001, ρ 0.95 and ε 1e-7.</remarks>
public sealed record Adadelta : Optimizer<Adadelta.Rule>
{
    internal static Schema Schema => SchemaOf("Adadelta", new Adadelta())
        .With("rho", adadelta => adadelta.Rho, (adadelta, value) => adadelta with { Rho = value })
        .With("epsilon", adadelta => adadelta.Epsilon, (adadelta, value) => adadelta with { Epsilon = value });

    /// <summary>Adadelta at a rate, 1 by default.</summary>
    public Adadelta(LearningRateSchedule? learningRate = null)
        : base(learningRate ?? 1)
    {
    }

    /// <summary>ρ, 0 ≤ ρ &lt; 1: how long the mean squares are remembered.</summary>
    public double Rho { get; init; } = 0.9;

    /// <summary>ε &gt; 0: lets the first steps happen, since d starts at 0.</summary>
    public double Epsilon { get; init; } = 1e-6;

    /// <summary>A system's Adadelta with its defaults.</summary>
    /// <exception cref="ArgumentException">The book and scikit-learn have none.</exception>
    public static Adadelta Like(Dialect dialect) => dialect switch
    {
        Dialect.Keras => new Adadelta(1e-3) { Rho = 0.95, Epsilon = 1e-7 },
        Dialect.PyTorch => new Adadelta(),
        _ => throw Dialects.Without(dialect, nameof(Adadelta)),
    };

    /// <inheritdoc/>
    public override Validation<Error, Unit> Check() =>
        base.Check()
        | Require(Rho is >= 0 and < 1, $"ρ is {Rho}, expected 0 ≤ ρ < 1")
        | Require(Epsilon > 0 && double.IsFinite(Epsilon),
            $"ε is {Epsilon}, expected a finite number above 0: at 0 no step would ever be taken");

    /// <inheritdoc/>
    protected override Rule RuleAt(double rate, long age) => new(this, rate);

    /// <summary>The formula above, for one update.</summary>
    public readonly struct Rule(Adadelta adadelta, double rate) : IUpdateRule
    {
        private readonly Setting descent = -rate;
        private readonly Setting keep = adadelta.Rho;
        private readonly Setting take = 1 - adadelta.Rho;
        private readonly Setting epsilon = adadelta.Epsilon;

        /// <inheritdoc/>
        public static int Moments => 2;

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<S>(S g, ref S p, ref S c, ref S d, ref S w)
            where S : struct, IReal<S>
        {
            c = S.MultiplyAdd(take * g, g, keep * c);
            var step = S.Sqrt(d + epsilon) / S.Sqrt(c + epsilon) * g;
            p = S.MultiplyAdd(descent, step, p);
            d = S.MultiplyAdd(take * step, step, keep * d);
        }
    }
}
