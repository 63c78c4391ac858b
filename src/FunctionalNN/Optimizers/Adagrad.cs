using System.Runtime.CompilerServices;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// Adagrad (Duchi, Hazan and Singer, 2011): each number's rate falls with the squares of all its gradients.
/// c ← c + g², p ← p − η·g/(√c + ε).
/// </summary>
public sealed record Adagrad : Optimizer<Adagrad.Rule>
{
    internal static Schema Schema => SchemaOf("Adagrad", new Adagrad())
        .With("epsilon", adagrad => adagrad.Epsilon, (adagrad, value) => adagrad with { Epsilon = value })
        .With("epsilonPlace", adagrad => adagrad.EpsilonPlace, (adagrad, value) => adagrad with { EpsilonPlace = value })
        .With("initialAccumulator", adagrad => adagrad.InitialAccumulator,
            (adagrad, value) => adagrad with { InitialAccumulator = value });

    /// <summary>Adagrad at a rate, 0.01 by default.</summary>
    public Adagrad(LearningRateSchedule? learningRate = null)
        : base(learningRate ?? 0.01)
    {
    }

    /// <summary>ε ≥ 0: keeps the division finite.</summary>
    public double Epsilon { get; init; } = 1e-7;

    /// <summary>Where ε stands.</summary>
    public EpsilonPlace EpsilonPlace { get; init; } = EpsilonPlace.OutsideRoot;

    /// <summary>What c starts from, 0 or more.</summary>
    public double InitialAccumulator { get; init; }

    /// <summary>
    /// A system's Adagrad with its defaults. Keras: rate 0.001, √(c + 1e-7), c from 0.1. PyTorch: rate 0.01, √c + 1e-10. Book: rate 1,
    /// √c + 1e-7.
    /// </summary>
    /// <exception cref="ArgumentException">scikit-learn has none.</exception>
    public static Adagrad Like(Dialect dialect) => dialect switch
    {
        Dialect.Keras => new Adagrad(1e-3) { EpsilonPlace = EpsilonPlace.InsideRoot, InitialAccumulator = 0.1 },
        Dialect.PyTorch => new Adagrad(0.01) { Epsilon = 1e-10 },
        Dialect.Book => new Adagrad(1),
        _ => throw Dialects.Without(dialect, nameof(Adagrad)),
    };

    /// <inheritdoc/>
    public override Validation<Error, Unit> Check() =>
        base.Check()
        | Require(Epsilon >= 0 && double.IsFinite(Epsilon), $"ε is {Epsilon}, expected a finite number of 0 or more")
        | Require(InitialAccumulator >= 0 && double.IsFinite(InitialAccumulator),
            $"the initial accumulator is {InitialAccumulator}, expected a finite number of 0 or more");

    /// <inheritdoc/>
    protected internal override ParameterVector<T> InitialMoment<T>(int index, ParameterVector<T> parameters) =>
        parameters.Map(_ => T.CreateTruncating(InitialAccumulator));

    /// <inheritdoc/>
    protected override Rule RuleAt(double rate, long age) => new(this, rate);

    /// <summary>The formula above, for one update.</summary>
    public readonly struct Rule(Adagrad adagrad, double rate) : IUpdateRule
    {
        private readonly Setting descent = -rate;
        private readonly RootEpsilon root = new(adagrad.Epsilon, adagrad.EpsilonPlace);

        /// <inheritdoc/>
        public static int Moments => 1;

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<S>(S g, ref S p, ref S c, ref S v, ref S w)
            where S : struct, IReal<S>
        {
            c = S.MultiplyAdd(g, g, c);
            p += (descent * g) / root.Of(c);
        }
    }
}
