using System.Globalization;
using System.Text;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// Another optimizer for some slots: another rate for a layer, no momentum for biases. Both share the moment vectors, each using its own
/// slots' places.
/// </summary>
/// <remarks>
/// <c>LearningRate</c> is the inner optimizer's, for the slots that are not chosen. To leave slots out altogether, see
/// <see cref="Freeze"/>.
/// </remarks>
public sealed record PerSlot : Wrapper
{
    internal static Schema Schema => SchemaAround("PerSlot", new PerSlot(Sgd.Blank, Slots.Of(), Sgd.Blank))
        .With("chosen", wrapper => wrapper.Chosen, (wrapper, value) => wrapper with { Chosen = value })
        .With("other", wrapper => wrapper.Other, (wrapper, value) => wrapper with { Other = value });

    /// <summary>An optimizer, with another for some slots.</summary>
    public PerSlot(Optimizer inner, Slots chosen, Optimizer other)
        : base(inner)
    {
        Chosen = chosen;
        Other = other;
    }

    /// <summary>The slots of the other optimizer.</summary>
    public Slots Chosen { get; init; }

    /// <summary>The other optimizer.</summary>
    public Optimizer Other { get; init; }

    /// <inheritdoc/>
    public override string Kind => $"PerSlot({Inner.Kind}; {Chosen}: {Other.Kind})";

    /// <inheritdoc/>
    public override string MomentKind =>
        Inner.MomentKind == Other.MomentKind ? Inner.MomentKind : $"PerSlot({Inner.MomentKind}; {Chosen}: {Other.MomentKind})";

    /// <inheritdoc/>
    internal override bool IsFork => true;

    /// <inheritdoc/>
    internal override int InnerMoments => Math.Max(Inner.MomentCount, Other.MomentCount);

    /// <inheritdoc/>
    public override Validation<Error, Unit> Check() => base.Check() | Other.Check();

    /// <inheritdoc/>
    public override Validation<Error, Unit> Fits(Layout layout) => base.Fits(layout) | Other.Fits(layout) | RequireKnown(Chosen, layout);

    /// <inheritdoc/>
    public override Optimizer AfterEpoch(Metrics training, Option<Metrics> validation) =>
        this with { Inner = Inner.AfterEpoch(training, validation), Other = Other.AfterEpoch(training, validation) };

    /// <inheritdoc/>
    private protected override bool AdvanceAround<T>(in Transition<T> transition) =>
        Inner.Advance(transition.Without(Chosen)) & Other.Advance(transition.Only(Chosen));

    /// <inheritdoc/>
    protected internal override ParameterVector<T> InitialMoment<T>(int index, ParameterVector<T> parameters)
    {
        var moment = Start(Inner).Thaw();
        var chosen = Start(Other);
        foreach (var placement in parameters.Layout.Placements.Where(Chosen.Contains))
        {
            chosen.Values.Slice(placement.Offset, placement.Slot.Count).CopyTo(moment.Block.Span[placement.Offset..]);
        }

        return moment;

        ParameterVector<T> Start(Optimizer optimizer) =>
            index < optimizer.MomentCount ? optimizer.InitialMoment(index, parameters) : ParameterVector<T>.Zeros(parameters.Layout);
    }

    /// <inheritdoc/>
    protected override bool PrintMembers(StringBuilder builder)
    {
        builder.Append(CultureInfo.InvariantCulture, $"{Inner}; {Chosen}: {Other}");
        return true;
    }
}
