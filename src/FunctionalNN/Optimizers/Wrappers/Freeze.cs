using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>Leaves some slots exactly as they are, and the moments with them: for fine-tuning. What is inside does not see them, so they do
/// not count in a norm.</summary>
public sealed record Freeze : Wrapper
{
    internal static Schema Schema => SchemaAround("Freeze", new Freeze(Sgd.Blank, Slots.Of()))
        .With("frozen", wrapper => wrapper.Frozen, (wrapper, value) => wrapper with { Frozen = value });

    /// <summary>An optimizer that leaves some slots alone.</summary>
    public Freeze(Optimizer inner, Slots frozen)
        : base(inner) => Frozen = frozen;

    /// <summary>What stays as it is.</summary>
    public Slots Frozen { get; init; }

    /// <inheritdoc/>
    public override Validation<Error, Unit> Fits(Layout layout) => base.Fits(layout) | RequireKnown(Frozen, layout);

    /// <inheritdoc/>
    private protected override bool AdvanceAround<T>(in Transition<T> transition) => Inner.Advance(transition.Without(Frozen));
}
