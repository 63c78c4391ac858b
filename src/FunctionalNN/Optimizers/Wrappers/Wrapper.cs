using System.Globalization;
using System.Numerics;
using System.Text;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// An optimizer around another: it changes the gradient before, or the parameters before or after, and leaves the descent to the one
/// inside. The outermost comes first: in <c>new Adam().ClipByGlobalNorm(1).DecayGradient(1e-4)</c> the decay is added, then the sum is
/// clipped.
/// </summary>
/// <remarks>
/// Rate, decay and schedule are the inner optimizer's, so that <c>wrapped with { LearningRate = 1e-4 }</c> changes the one inside. A
/// wrapper that remembers nothing does not restart the inner optimizer's moments when it is put on or taken off in mid-run.
/// </remarks>
public abstract record Wrapper : Optimizer
{
    private protected Wrapper(Optimizer inner)
        : base(0) => Inner = inner;

    /// <summary>The schema of a kind of wrapper: it has <see cref="Inner"/> among its settings.</summary>
    internal static Schema<TWrapper> SchemaAround<TWrapper>(string name, TWrapper blank)
        where TWrapper : Wrapper =>
            Schema.Of(name, blank).With("inner", wrapper => wrapper.Inner, (wrapper, value) => wrapper with { Inner = value });

    /// <summary>The optimizer inside.</summary>
    public Optimizer Inner { get; init; }

    /// <summary>For example ClipByNorm(Adam).</summary>
    public override string Kind => $"{GetType().Name}({Inner.Kind})";

    /// <inheritdoc/>
    public sealed override LearningRateSchedule LearningRate
    {
        get => Inner.LearningRate; init =>
        Inner = Inner with { LearningRate = value };
    }

    /// <inheritdoc/>
    public sealed override double Decay { get => Inner.Decay; init => Inner = Inner with { Decay = value }; }

    /// <summary>Its own and the inner optimizer's.</summary>
    public sealed override int MomentCount => OwnMoments + InnerMoments;

    /// <inheritdoc/>
    public override string MomentKind => OwnMoments == 0 ? Inner.MomentKind : $"{GetType().Name}({Inner.MomentKind})";

    internal override string? MissesHeldOut => Inner.MissesHeldOut;

    /// <summary>The moments that it keeps itself; they come before the inner optimizer's.</summary>
    internal virtual int OwnMoments => 0;

    /// <summary>Whether the inner optimizer is asked for an update after several batches only.</summary>
    internal virtual bool Accumulates => false;

    /// <summary>Whether its first moment is an average of the parameters.</summary>
    internal virtual bool KeepsAverage => false;

    /// <summary>Whether the inner optimizer moves some slots only, and another the rest.</summary>
    internal virtual bool IsFork => false;

    /// <summary>The moments that the inner optimizer keeps.</summary>
    internal virtual int InnerMoments => Inner.MomentCount;

    /// <inheritdoc/>
    public override double RateAt(long updates) => Inner.RateAt(updates);

    /// <inheritdoc/>
    public override Validation<Error, Unit> Check() => Inner.Check();

    /// <inheritdoc/>
    public override Validation<Error, Unit> Fits(Layout layout) => Inner.Fits(layout);

    /// <inheritdoc/>
    public override Optimizer AfterEpoch(Metrics training, Option<Metrics> validation) =>
        this with { Inner = Inner.AfterEpoch(training, validation) };

    /// <inheritdoc/>
    protected internal override ParameterVector<T> InitialMoment<T>(int index, ParameterVector<T> parameters) =>
        index < OwnMoments ? base.InitialMoment(index, parameters) : Inner.InitialMoment(index - OwnMoments, parameters);

    /// <summary>The wrapper's own moments, where it keeps any.</summary>
    protected override bool Update<T>(in ParameterUpdate<T> update) => true;

    /// <inheritdoc/>
    internal sealed override bool Advance<T>(in Transition<T> transition) => AdvanceAround(transition);

    /// <summary>The wrapper's change and the inner optimizer's transition.</summary>
    /// <returns>Whether every number written is finite.</returns>
    private protected abstract bool AdvanceAround<T>(in Transition<T> transition)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <inheritdoc/>
    protected override bool PrintMembers(StringBuilder builder)
    {
        builder.Append(CultureInfo.InvariantCulture, $"{Inner}");
        return true;
    }

    /// <summary>An error when accumulation is further in: then this would act on every batch instead of every update.</summary>
    private protected Validation<Error, Unit> RequireNoAccumulation()
    {
        var inner = Inner;
        while (inner is Wrapper { Accumulates: false } wrapper)
        {
            inner = wrapper.Inner;
        }

        return Require(inner is not Wrapper { Accumulates: true },
            $"{GetType().Name} around Accumulate would act on every batch: put Accumulate outside, as the last word of the chain");
    }
}
