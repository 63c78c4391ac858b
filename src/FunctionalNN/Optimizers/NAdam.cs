using System.Runtime.CompilerServices;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// NAdam (Dozat, 2016, "Incorporating Nesterov momentum into Adam"): Adam that looks ahead by one momentum step. With m and v as in
/// <see cref="Adam"/>, μₜ = β₁·(1 − ½·0.96^(ψ·t)) and Πₜ = μ₁·…·μₜ:
/// p ← p − η · (μₜ₊₁·m/(1 − Πₜ₊₁) + (1 − μₜ)·g/(1 − Πₜ)) / (√(v/(1 − β₂ᵗ)) + ε).
/// </summary>
/// <remarks>
/// The defaults are PyTorch's: rate 0.002, ε 1e-8 and ψ = 0.004, Dozat's. Keras has 0.001, 1e-7 and ψ = 1, so that μ is β₁ after a few
/// dozen steps.
/// </remarks>
public sealed record NAdam : Optimizer<NAdam.Rule>
{
    internal static Schema Schema => SchemaOf("NAdam", new NAdam())
        .With("beta1", adam => adam.Beta1, (adam, value) => adam with { Beta1 = value })
        .With("beta2", adam => adam.Beta2, (adam, value) => adam with { Beta2 = value })
        .With("epsilon", adam => adam.Epsilon, (adam, value) => adam with { Epsilon = value })
        .With("momentumDecay", adam => adam.MomentumDecay, (adam, value) => adam with { MomentumDecay = value });

    /// <summary>NAdam at a rate, 0.002 by default.</summary>
    public NAdam(LearningRateSchedule? learningRate = null)
        : base(learningRate ?? 2e-3)
    {
    }

    /// <summary>β₁, 0 ≤ β₁ &lt; 1: how long the mean gradient is remembered.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>β₂, 0 ≤ β₂ &lt; 1: how long the mean square is remembered.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>ε ≥ 0: keeps the division finite.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>ψ ≥ 0: how soon the look-ahead has its full weight.</summary>
    public double MomentumDecay { get; init; } = 4e-3;

    /// <summary>The same as Adam's, which may go on with them.</summary>
    public override string MomentKind => nameof(Adam);

    /// <summary>A system's NAdam with its defaults.</summary>
    /// <exception cref="ArgumentException">The book and scikit-learn have none.</exception>
    public static NAdam Like(Dialect dialect) => dialect switch
    {
        Dialect.Keras => new NAdam(1e-3) { Epsilon = 1e-7, MomentumDecay = 1 },
        Dialect.PyTorch => new NAdam(),
        _ => throw Dialects.Without(dialect, nameof(NAdam)),
    };

    /// <inheritdoc/>
    public override Validation<Error, Unit> Check() =>
        base.Check()
        | Require(Beta1 is >= 0 and < 1, $"β₁ is {Beta1}, expected 0 ≤ β₁ < 1")
        | Require(Beta2 is >= 0 and < 1, $"β₂ is {Beta2}, expected 0 ≤ β₂ < 1")
        | Require(Epsilon >= 0 && double.IsFinite(Epsilon), $"ε is {Epsilon}, expected a finite number of 0 or more")
        | Require(MomentumDecay >= 0 && double.IsFinite(MomentumDecay),
            $"the momentum decay is {MomentumDecay}, expected a finite number of 0 or more");

    /// <inheritdoc/>
    protected override Rule RuleAt(double rate, long age) => new(this, rate, age + 1);

    /// <summary>μₜ.</summary>
    private double MomentumAt(long t) => Beta1 * (1 - (0.5 * Math.Pow(0.96, MomentumDecay * t)));

    /// <summary>
    /// Πₜ, in closed form, so that nothing has to be carried from step to step. With a = 0.96^ψ,
    /// ln Πₜ = t·ln β₁ + Σᵢ ln(1 − ½aⁱ) = t·ln β₁ − Σₖ aᵏ·(1 − aᵏᵗ)/(1 − aᵏ)/(k·2ᵏ): each term is less than half the one before.
    /// </summary>
    private double MomentumProduct(long t)
    {
        const int Terms = 55;
        var (a, aToT) = (Math.Pow(0.96, MomentumDecay), Math.Pow(0.96, MomentumDecay * t));
        var (sum, half, power, powerToT) = (0.0, 1.0, 1.0, 1.0);
        for (var k = 1; k <= Terms; k++)
        {
            (half, power, powerToT) = (half / 2, power * a, powerToT * aToT);
            sum += half / k * power * (power == 1 ? t : (1 - powerToT) / (1 - power));
        }

        return Math.Exp((t * Math.Log(Beta1)) - sum);
    }

    /// <summary>The formula above, for one update.</summary>
    public readonly struct Rule(NAdam nadam, double rate, long t) : IUpdateRule
    {
        private readonly Setting keepMean = nadam.Beta1;
        private readonly Setting takeMean = 1 - nadam.Beta1;
        private readonly Setting keepSquare = nadam.Beta2;
        private readonly Setting takeSquare = 1 - nadam.Beta2;
        private readonly Setting ahead = -rate * nadam.MomentumAt(t + 1) / (1 - nadam.MomentumProduct(t + 1));
        private readonly Setting fresh = -rate * (1 - nadam.MomentumAt(t)) / (1 - nadam.MomentumProduct(t));
        private readonly Setting correction = 1 / (1 - Math.Pow(nadam.Beta2, t));
        private readonly RootEpsilon root = new(nadam.Epsilon, EpsilonPlace.OutsideRoot);

        /// <inheritdoc/>
        public static int Moments => 2;

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<S>(S g, ref S p, ref S m, ref S v, ref S w)
            where S : struct, IReal<S>
        {
            m = S.MultiplyAdd(takeMean, g, keepMean * m);
            v = S.MultiplyAdd(takeSquare * g, g, keepSquare * v);
            p += S.MultiplyAdd(ahead, m, fresh * g) / root.Of((S)correction, v);
        }
    }
}
