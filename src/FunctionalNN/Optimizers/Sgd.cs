using System.Numerics;
using System.Runtime.CompilerServices;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>What stochastic gradient descent remembers of earlier gradients, with the momentum m and the rate η.</summary>
public enum MomentumForm
{
    /// <summary>v ← m·v − η·g, p ← p + v: Keras, scikit-learn, "Neural Networks from Scratch".</summary>
    Velocity,

    /// <summary>v ← m·v + g, p ← p − η·v: PyTorch. The same as <see cref="Velocity"/> while the rate stays the same.</summary>
    Accumulated,

    /// <summary>v ← m·v + (1 − m)·g, p ← p − η·v, without bias correction: an exponential moving average.</summary>
    Average,
}

/// <summary>Stochastic gradient descent: p ← p − η·g, or with momentum one of the forms of <see cref="MomentumForm"/>; v starts at
/// 0.</summary>
/// <remarks>
/// With <see cref="Nesterov"/> the step looks ahead by one more momentum step (Nesterov, 1983; Sutskever et al., 2013): what is added to p
/// is m·v + a where without it is v, and a is what v has just taken in of the gradient (−η·g in <see cref="MomentumForm.Velocity"/>).
/// </remarks>
public sealed record Sgd : Optimizer
{
    /// <summary>What stands for an optimizer in the blank of a schema.</summary>
    internal static Optimizer Blank { get; } = new Sgd(0);

    internal static Schema Schema => SchemaOf("Sgd", new Sgd(0))
        .With("momentum", sgd => sgd.Momentum, (sgd, value) => sgd with { Momentum = value })
        .With("form", sgd => sgd.Form, (sgd, value) => sgd with { Form = value })
        .With("nesterov", sgd => sgd.Nesterov, (sgd, value) => sgd with { Nesterov = value })
        .With("dampening", sgd => sgd.Dampening, (sgd, value) => sgd with { Dampening = value });

    /// <summary>Descent at a rate.</summary>
    public Sgd(LearningRateSchedule learningRate)
        : base(learningRate)
    {
    }

    /// <summary>0 ≤ m &lt; 1: the weight of what came before; 0 remembers nothing.</summary>
    public double Momentum { get; init; }

    /// <summary>How momentum is meant.</summary>
    public MomentumForm Form { get; init; } = MomentumForm.Velocity;

    /// <summary>Whether the step looks ahead.</summary>
    public bool Nesterov { get; init; }

    /// <summary>0 ≤ d ≤ 1, in <see cref="MomentumForm.Accumulated"/> only: v takes (1 − d)·g, but the whole g at the first step. PyTorch's;
    /// 0 by default.</summary>
    public double Dampening { get; init; }

    /// <inheritdoc/>
    public override int MomentCount => Momentum == 0 ? 0 : 1;

    /// <inheritdoc/>
    public override string MomentKind => $"{Kind}, {Form}";

    /// <summary>
    /// A system's descent with its defaults. Keras: rate 0.01. PyTorch: rate 0.001, <see cref="MomentumForm.Accumulated"/>. Book: rate 1.
    /// scikit-learn: rate 0.001, momentum 0.9, Nesterov.
    /// </summary>
    public static Sgd Like(Dialect dialect) => dialect switch
    {
        Dialect.Keras => new Sgd(0.01),
        Dialect.PyTorch => new Sgd(1e-3) { Form = MomentumForm.Accumulated },
        Dialect.Book => new Sgd(1),
        Dialect.ScikitLearn => new Sgd(1e-3) { Momentum = 0.9, Nesterov = true },
        _ => throw Dialects.Without(dialect, "stochastic gradient descent"),
    };

    /// <inheritdoc/>
    public override Validation<Error, Unit> Check() =>
        base.Check()
        | Require(Momentum is >= 0 and < 1, $"the momentum is {Momentum}, expected 0 ≤ momentum < 1")
        | Require(Dampening is >= 0 and <= 1, $"the dampening is {Dampening}, expected 0 ≤ dampening ≤ 1")
        | Require(Dampening == 0 || Form == MomentumForm.Accumulated, $"dampening belongs to MomentumForm.Accumulated, the form is {Form}")
        | Require(!Nesterov || Momentum > 0,
            $"Nesterov looks ahead along the momentum, and the momentum is 0: set Momentum, for example to 0.9")
        | Require(!Nesterov || Dampening == 0, $"Nesterov and dampening do not go together");

    /// <inheritdoc/>
    protected override bool Update<T>(in ParameterUpdate<T> update) => (Momentum, Form) switch
    {
        (0, _) => UpdateLoop.Run(new Plain(update.Rate), update),
        (_, MomentumForm.Velocity) => UpdateLoop.Run(new Velocity(update.Rate, Momentum, Nesterov), update),
        (_, MomentumForm.Accumulated) =>
            UpdateLoop.Run(new Weighted(update.Rate, Momentum, update.Age == 0 ? 1 : 1 - Dampening, Nesterov), update),
        _ => UpdateLoop.Run(new Weighted(update.Rate, Momentum, 1 - Momentum, Nesterov), update),
    };

    internal readonly struct Plain(double rate) : IUpdateRule
    {
        private readonly Setting descent = -rate;

        public static int Moments => 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<S>(S g, ref S p, ref S m, ref S v, ref S w)
            where S : struct, IReal<S> =>
            p = S.MultiplyAdd(descent, g, p);
    }

    internal readonly struct Velocity(double rate, double momentum, bool nesterov) : IUpdateRule
    {
        private readonly Setting descent = -rate;
        private readonly Setting keep = momentum;

        public static int Moments => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<S>(S g, ref S p, ref S m, ref S v, ref S w)
            where S : struct, IReal<S>
        {
            m = S.MultiplyAdd(descent, g, keep * m);
            p += nesterov ? S.MultiplyAdd(descent, g, keep * m) : m;
        }
    }

    internal readonly struct Weighted(double rate, double momentum, double weight, bool nesterov) : IUpdateRule
    {
        private readonly Setting descent = -rate;
        private readonly Setting keep = momentum;
        private readonly Setting take = weight;

        public static int Moments => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<S>(S g, ref S p, ref S m, ref S v, ref S w)
            where S : struct, IReal<S>
        {
            m = S.MultiplyAdd(take, g, keep * m);
            p = S.MultiplyAdd(descent, nesterov ? S.MultiplyAdd(take, g, keep * m) : m, p);
        }
    }
}
