using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// g ← g·c/‖g‖ where ‖g‖ &gt; c, the norm being that of the whole gradient: it keeps the direction (Pascanu, Mikolov and Bengio, 2012,
/// arXiv 1211.5063). Keras' global_clipnorm; PyTorch's clip_grad_norm_ adds 1e-6 to ‖g‖.
/// </summary>
public sealed record ClipByGlobalNorm : Wrapper
{
    internal static Schema Schema => SchemaAround("ClipByGlobalNorm", new ClipByGlobalNorm(Sgd.Blank, 1))
        .With("limit", wrapper => wrapper.Limit, (wrapper, value) => wrapper with { Limit = value });

    /// <summary>An optimizer with its gradient clipped.</summary>
    public ClipByGlobalNorm(Optimizer inner, double limit)
        : base(inner) => Limit = limit;

    /// <summary>c, above 0.</summary>
    public double Limit { get; init; }

    /// <inheritdoc/>
    public override Validation<Error, Unit> Check() =>
        base.Check() | Require(Limit > 0, $"gradients are clipped at the norm {Limit}, expected a number above 0");

    /// <inheritdoc/>
    private protected override bool AdvanceAround<T>(in Transition<T> transition)
    {
        var squares = 0.0;
        foreach (var (start, count) in transition.Stretches())
        {
            squares += VectorPass.SumOfSquares(transition.Team, transition.Gradient.Values.Slice(start, count));
        }

        if (!(Math.Sqrt(squares) <= Limit))
        {
            transition.Zip(new Scale(Scale.ToNorm(Limit, squares)), transition.Gradient, transition.Gradient, transition.Gradient);
        }

        return Inner.Advance(transition);
    }
}
