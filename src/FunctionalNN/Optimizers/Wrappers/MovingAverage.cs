using System.Numerics;
using System.Runtime.CompilerServices;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// Keeps a moving average of the parameters beside them: a ← d·a + (1 − d)·p after each update, a starting as p. Often the average predicts
/// better than the parameters themselves (Polyak and Juditsky, 1992). Keras' use_ema; optax' ema. The training is what it is without.
/// </summary>
/// <remarks><see cref="MovingAverages.Averaged"/> gives the model with the averaged parameters.</remarks>
public sealed record MovingAverage : Wrapper
{
    internal static Schema Schema => SchemaAround("MovingAverage", new MovingAverage(Sgd.Blank))
        .With("keep", wrapper => wrapper.Keep, (wrapper, value) => wrapper with { Keep = value });

    /// <summary>An optimizer with an average beside it.</summary>
    public MovingAverage(Optimizer inner, double keep = 0.999)
        : base(inner) => Keep = keep;

    /// <summary>d, 0 ≤ d &lt; 1: how long parameters are remembered.</summary>
    public double Keep { get; init; }

    /// <inheritdoc/>
    internal override int OwnMoments => 1;

    /// <inheritdoc/>
    internal override bool KeepsAverage => true;

    /// <inheritdoc/>
    public override Validation<Error, Unit> Check() =>
        base.Check() | Require(Keep is >= 0 and < 1, $"the average keeps {Keep}, expected 0 or more and below 1") | RequireNoAccumulation();

    /// <inheritdoc/>
    private protected override bool AdvanceAround<T>(in Transition<T> transition)
    {
        var isFinite = Inner.Advance(transition.After(OwnMoments));
        return AdvanceOwn(transition) & isFinite;
    }

    /// <inheritdoc/>
    protected internal override ParameterVector<T> InitialMoment<T>(int index, ParameterVector<T> parameters) =>
        index == 0 ? parameters : base.InitialMoment(index, parameters);

    /// <inheritdoc/>
    protected override bool Update<T>(in ParameterUpdate<T> update) => UpdateLoop.Run(new Rule(Keep), update);

    private readonly struct Rule(double keep) : IUpdateRule
    {
        private readonly Setting keep = keep;
        private readonly Setting take = 1 - keep;

        public static int Moments => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<S>(S g, ref S p, ref S average, ref S v, ref S w)
            where S : struct, IReal<S> =>
            average = S.MultiplyAdd(take, p, keep * average);
    }
}
