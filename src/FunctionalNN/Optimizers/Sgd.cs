using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
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

/// <summary>Stochastic gradient descent: p ← p − η·g, or with momentum one of the forms of <see cref="MomentumForm"/>; v starts at 0.</summary>
public sealed record Sgd : Optimizer
{
    /// <summary>Descent at a rate.</summary>
    public Sgd(Schedule learningRate)
        : base(learningRate)
    {
    }

    /// <summary>0 ≤ m &lt; 1: the weight of what came before; 0 remembers nothing.</summary>
    public double Momentum { get; init; }

    /// <summary>How momentum is meant.</summary>
    public MomentumForm Form { get; init; } = MomentumForm.Velocity;

    /// <inheritdoc/>
    public override int MomentCount => Momentum == 0 ? 0 : 1;

    /// <inheritdoc/>
    public override string MomentKind => $"{Kind} {Form}";

    /// <inheritdoc/>
    public override Validation<Error, Unit> Check() =>
        base.Check() | Require(Momentum is >= 0 and < 1, string.Create(CultureInfo.InvariantCulture, $"the momentum is {Momentum}, expected 0 ≤ momentum < 1"));

    /// <inheritdoc/>
    protected override bool Update<T>(in ParameterUpdate<T> update) => (Momentum, Form) switch
    {
        (0, _) => UpdateLoop.Run(new Plain<T>(update.Rate), update),
        (_, MomentumForm.Velocity) => UpdateLoop.Run(new Velocity<T>(update.Rate, Momentum), update),
        (_, MomentumForm.Accumulated) => UpdateLoop.Run(new Weighted<T>(update.Rate, Momentum, 1), update),
        _ => UpdateLoop.Run(new Weighted<T>(update.Rate, Momentum, 1 - Momentum), update),
    };

    private readonly struct Plain<T>(double rate) : IUpdateRule<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly Vector512<T> descent = Lanes<T>.Of(-rate);

        public static int Moments => 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(Vector512<T> g, ref Vector512<T> p, ref Vector512<T> m, ref Vector512<T> v) =>
            p = Lanes<T>.MultiplyAdd(descent, g, p);
    }

    private readonly struct Velocity<T>(double rate, double momentum) : IUpdateRule<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly Vector512<T> descent = Lanes<T>.Of(-rate);
        private readonly Vector512<T> keep = Lanes<T>.Of(momentum);

        public static int Moments => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(Vector512<T> g, ref Vector512<T> p, ref Vector512<T> m, ref Vector512<T> v)
        {
            m = Lanes<T>.MultiplyAdd(descent, g, keep * m);
            p += m;
        }
    }

    private readonly struct Weighted<T>(double rate, double momentum, double weight) : IUpdateRule<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly Vector512<T> descent = Lanes<T>.Of(-rate);
        private readonly Vector512<T> keep = Lanes<T>.Of(momentum);
        private readonly Vector512<T> take = Lanes<T>.Of(weight);

        public static int Moments => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(Vector512<T> g, ref Vector512<T> p, ref Vector512<T> m, ref Vector512<T> v)
        {
            m = Lanes<T>.MultiplyAdd(take, g, keep * m);
            p = Lanes<T>.MultiplyAdd(descent, m, p);
        }
    }
}
