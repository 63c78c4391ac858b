using System.Numerics;
using System.Runtime.CompilerServices;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// RMSprop (Tieleman and Hinton, 2012, lecture 6.5 of "Neural Networks for Machine Learning"): the gradient over the root of its recent
/// mean square. c ← ρ·c + (1 − ρ)·g², p ← p − η·g/(√c + ε).
/// </summary>
/// <remarks>
/// <see cref="Centered"/> takes the recent variance instead (Graves, 2013, arXiv 1308.0850): a ← ρ·a + (1 − ρ)·g, and c − a² for c.
/// With <see cref="Momentum"/> the quotient q goes through a velocity, in one of two forms: v ← m·v + η·q, p ← p − v (Keras), or
/// v ← m·v + q, p ← p − η·v (PyTorch).
/// </remarks>
public sealed record RmsProp : Optimizer
{
    internal static Schema Schema => SchemaOf("RmsProp", new RmsProp())
        .With("rho", prop => prop.Rho, (prop, value) => prop with { Rho = value })
        .With("epsilon", prop => prop.Epsilon, (prop, value) => prop with { Epsilon = value })
        .With("epsilonPlace", prop => prop.EpsilonPlace, (prop, value) => prop with { EpsilonPlace = value })
        .With("momentum", prop => prop.Momentum, (prop, value) => prop with { Momentum = value })
        .With("form", prop => prop.Form, (prop, value) => prop with { Form = value })
        .With("centered", prop => prop.Centered, (prop, value) => prop with { Centered = value });

    /// <summary>RMSprop at a rate, 0.001 by default.</summary>
    public RmsProp(LearningRateSchedule? learningRate = null)
        : base(learningRate ?? 1e-3)
    {
    }

    /// <summary>ρ, 0 ≤ ρ &lt; 1: how long the mean square is remembered.</summary>
    public double Rho { get; init; } = 0.9;

    /// <summary>ε ≥ 0: keeps the division finite.</summary>
    public double Epsilon { get; init; } = 1e-7;

    /// <summary>Where ε stands.</summary>
    public EpsilonPlace EpsilonPlace { get; init; } = EpsilonPlace.OutsideRoot;

    /// <summary>0 ≤ m &lt; 1; 0 is without.</summary>
    public double Momentum { get; init; }

    /// <summary>How momentum is meant: <see cref="MomentumForm.Velocity"/> or <see cref="MomentumForm.Accumulated"/>.</summary>
    public MomentumForm Form { get; init; } = MomentumForm.Velocity;

    /// <summary>Whether the mean gradient is taken off.</summary>
    public bool Centered { get; init; }

    /// <inheritdoc/>
    public override int MomentCount => IsPlain ? 1 : 3;

    /// <inheritdoc/>
    public override string MomentKind => $"{Kind}, {Form}";

    private bool IsPlain => Momentum == 0 && !Centered;

    /// <summary>
    /// A system's RMSprop with its defaults. Keras: rate 0.001, ρ 0.9, √(c + 1e-7). PyTorch: rate 0.01, ρ 0.99 (there called α),
    /// √c + 1e-8, <see cref="MomentumForm.Accumulated"/>. Book: rate 0.001, ρ 0.9, √c + 1e-7.
    /// </summary>
    /// <exception cref="ArgumentException">scikit-learn has none.</exception>
    public static RmsProp Like(Dialect dialect) => dialect switch
    {
        Dialect.Keras => new RmsProp { EpsilonPlace = EpsilonPlace.InsideRoot },
        Dialect.PyTorch => new RmsProp(0.01) { Rho = 0.99, Epsilon = 1e-8, Form = MomentumForm.Accumulated },
        Dialect.Book => new RmsProp(),
        _ => throw Dialects.Without(dialect, "RMSprop"),
    };

    /// <inheritdoc/>
    public override Validation<Error, Unit> Check() =>
        base.Check()
        | Require(Rho is >= 0 and < 1, $"ρ is {Rho}, expected 0 ≤ ρ < 1")
        | Require(Epsilon >= 0 && double.IsFinite(Epsilon), $"ε is {Epsilon}, expected a finite number of 0 or more")
        | Require(Momentum is >= 0 and < 1, $"the momentum is {Momentum}, expected 0 ≤ momentum < 1")
        | Require(Form != MomentumForm.Average, $"the momentum of RMSprop is of the form Velocity or Accumulated");

    /// <inheritdoc/>
    protected override bool Update<T>(in ParameterUpdate<T> update) => IsPlain
        ? UpdateLoop.Run(new Plain(this, update.Rate), update)
        : UpdateLoop.Run(new Full(this, update.Rate), update);

    internal readonly struct Plain(RmsProp settings, double rate) : IUpdateRule
    {
        private readonly Setting descent = -rate;
        private readonly Setting keep = settings.Rho;
        private readonly Setting take = 1 - settings.Rho;
        private readonly RootEpsilon root = new(settings.Epsilon, settings.EpsilonPlace);

        public static int Moments => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<S>(S g, ref S p, ref S c, ref S a, ref S v)
            where S : struct, IReal<S>
        {
            c = S.MultiplyAdd(take * g, g, keep * c);
            p += (descent * g) / root.Of(c);
        }
    }

    internal readonly struct Full(RmsProp settings, double rate) : IUpdateRule
    {
        private readonly Setting keep = settings.Rho;
        private readonly Setting take = 1 - settings.Rho;
        private readonly Setting center = settings.Centered ? 1 : 0;
        private readonly Setting momentum = settings.Momentum;
        private readonly Setting intake = settings.Form == MomentumForm.Velocity ? rate : 1;
        private readonly Setting descent = settings.Form == MomentumForm.Velocity ? -1 : -rate;
        private readonly RootEpsilon root = new(settings.Epsilon, settings.EpsilonPlace);

        public static int Moments => 3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<S>(S g, ref S p, ref S c, ref S a, ref S v)
            where S : struct, IReal<S>
        {
            c = S.MultiplyAdd(take * g, g, keep * c);
            a = S.MultiplyAdd(take, g, keep * a);

            // c − a² is never below 0 but by rounding.
            var variance = S.MultiplyAdd(-(center * a), a, c);
            variance = S.Max(variance, 0);
            v = S.MultiplyAdd(momentum, v, (intake * g) / root.Of(variance));
            p = S.MultiplyAdd(descent, v, p);
        }
    }
}
