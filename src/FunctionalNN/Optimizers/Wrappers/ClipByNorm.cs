using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>g ← g·c/‖g‖ where ‖g‖ &gt; c, for each slot by itself: Keras' clipnorm.</summary>
public sealed record ClipByNorm : Wrapper
{
    internal static Schema Schema => SchemaAround("ClipByNorm", new ClipByNorm(Sgd.Blank, 1))
        .With("limit", wrapper => wrapper.Limit, (wrapper, value) => wrapper with { Limit = value });

    /// <summary>An optimizer with its gradient clipped.</summary>
    public ClipByNorm(Optimizer inner, double limit)
        : base(inner) => Limit = limit;

    /// <summary>c, above 0.</summary>
    public double Limit { get; init; }

    /// <inheritdoc/>
    public override Validation<Error, Unit> Check() =>
        base.Check() | Require(Limit > 0, $"gradients are clipped at the norm {Limit}, expected a number above 0");

    /// <inheritdoc/>
    private protected override bool AdvanceAround<T>(in Transition<T> transition)
    {
        foreach (var (_, slot, offset) in transition.Placements)
        {
            var gradient = transition.Gradient.Block.Slice(offset, slot.Count).Span;
            var squares = VectorPass.SumOfSquares<T>(transition.Team, gradient);
            if (!(Math.Sqrt(squares) <= Limit))
            {
                VectorPass.Zip(transition.Team, new Scale(Scale.ToNorm(Limit, squares)), gradient, gradient, gradient);
            }
        }

        return Inner.Advance(transition);
    }
}
