using System.Numerics;
using System.Runtime.CompilerServices;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// Adam (Kingma and Ba, 2014, arXiv 1412.6980). With t = 1, 2, … and m, v starting at 0:
/// m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g², p ← p − η · (m/(1 − β₁ᵗ)) / (√(v/(1 − β₂ᵗ)) + ε).
/// </summary>
/// <remarks>
/// ε is added after the bias correction, as in the paper's algorithm, PyTorch and "Neural Networks from Scratch"; Keras and scikit-learn
/// add it before, as the paper's section 2 does: <see cref="EpsilonPlace.BeforeCorrection"/>. The default ε = 1e-7 is the book's.
/// <see cref="AmsGrad"/> divides by the greatest v so far (Reddi, Kale and Kumar, 2018, arXiv 1904.09237), as PyTorch and Keras do it.
/// </remarks>
public sealed record Adam : Optimizer
{
    internal static Schema Schema => SchemaOf("Adam", new Adam())
        .With("beta1", adam => adam.Beta1, (adam, value) => adam with { Beta1 = value })
        .With("beta2", adam => adam.Beta2, (adam, value) => adam with { Beta2 = value })
        .With("epsilon", adam => adam.Epsilon, (adam, value) => adam with { Epsilon = value })
        .With("epsilonPlace", adam => adam.EpsilonPlace, (adam, value) => adam with { EpsilonPlace = value })
        .With("amsGrad", adam => adam.AmsGrad, (adam, value) => adam with { AmsGrad = value });

    /// <summary>Adam at a rate, 0.001 by default.</summary>
    public Adam(LearningRateSchedule? learningRate = null)
        : base(learningRate ?? 1e-3)
    {
    }

    /// <summary>β₁, 0 ≤ β₁ &lt; 1: how long the mean gradient is remembered.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>β₂, 0 ≤ β₂ &lt; 1: how long the mean square is remembered.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>ε ≥ 0: keeps the division finite.</summary>
    public double Epsilon { get; init; } = 1e-7;

    /// <summary>Where ε stands.</summary>
    public EpsilonPlace EpsilonPlace { get; init; } = EpsilonPlace.OutsideRoot;

    /// <summary>Whether a number's effective rate may never rise again.</summary>
    public bool AmsGrad { get; init; }

    /// <inheritdoc/>
    public override int MomentCount => AmsGrad ? 3 : 2;

    /// <summary>
    /// A system's Adam; all have rate 0.001, β₁ 0.9, β₂ 0.999. Book: ε 1e-7 after the correction. PyTorch: 1e-8 after. Keras: 1e-7 before.
    /// scikit-learn: 1e-8 before.
    /// </summary>
    public static Adam Like(Dialect dialect) => dialect switch
    {
        Dialect.Keras => new Adam { EpsilonPlace = EpsilonPlace.BeforeCorrection },
        Dialect.PyTorch => new Adam { Epsilon = 1e-8 },
        Dialect.Book => new Adam(),
        Dialect.ScikitLearn => new Adam { Epsilon = 1e-8, EpsilonPlace = EpsilonPlace.BeforeCorrection },
        _ => throw Dialects.Without(dialect, nameof(Adam)),
    };

    /// <inheritdoc/>
    public override Validation<Error, Unit> Check() =>
        base.Check()
        | Require(Beta1 is >= 0 and < 1, $"β₁ is {Beta1}, expected 0 ≤ β₁ < 1")
        | Require(Beta2 is >= 0 and < 1, $"β₂ is {Beta2}, expected 0 ≤ β₂ < 1")
        | Require(Epsilon >= 0 && double.IsFinite(Epsilon), $"ε is {Epsilon}, expected a finite number of 0 or more");

    /// <inheritdoc/>
    protected override bool Update<T>(in ParameterUpdate<T> update)
    {
        var rule = new Rule(Beta1, Beta2, Epsilon, EpsilonPlace, update.Rate, update.Age + 1);
        return AmsGrad
            ? UpdateLoop.Run(new GreatestRule(rule), update)
            : UpdateLoop.Run(rule, update);
    }

    internal readonly struct Rule(double beta1, double beta2, double epsilon, EpsilonPlace place, double rate, long t) : IUpdateRule
    {
        private readonly Setting keepMean = beta1;
        private readonly Setting takeMean = 1 - beta1;
        private readonly Setting keepSquare = beta2;
        private readonly Setting takeSquare = 1 - beta2;
        private readonly Setting descent =
            -rate / (1 - Math.Pow(beta1, t)) * (place == EpsilonPlace.BeforeCorrection ? Math.Sqrt(1 - Math.Pow(beta2, t)) : 1);

        private readonly Setting correction = place == EpsilonPlace.BeforeCorrection ? 1 : 1 / (1 - Math.Pow(beta2, t));
        private readonly RootEpsilon root = new(epsilon, place);

        public static int Moments => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<S>(S g, ref S p, ref S m, ref S v, ref S w)
            where S : struct, IReal<S>
        {
            Remember(g, ref m, ref v);
            Descend(ref p, m, v);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Remember<S>(S g, ref S m, ref S v)
            where S : struct, IReal<S>
        {
            m = S.MultiplyAdd(takeMean, g, keepMean * m);
            v = S.MultiplyAdd(takeSquare * g, g, keepSquare * v);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Descend<S>(ref S p, S m, S v)
            where S : struct, IReal<S> => p += (descent * m) / root.Of((S)correction, v);
    }

    internal readonly struct GreatestRule(Rule rule) : IUpdateRule
    {
        public static int Moments => 3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<S>(S g, ref S p, ref S m, ref S v, ref S greatest)
            where S : struct, IReal<S>
        {
            rule.Remember(g, ref m, ref v);
            greatest = S.IfLess(v, greatest, greatest, v);
            rule.Descend(ref p, m, greatest);
        }
    }
}
