using System.Numerics;
using System.Runtime.CompilerServices;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>g ← min(max(g, −c), c), number by number: Keras' clipvalue. It changes the gradient's direction. NaN and infinities stay what
/// they are, so that a run ends there instead of going on blindly.</summary>
public sealed record ClipByValue : Wrapper
{
    internal static Schema Schema => SchemaAround("ClipByValue", new ClipByValue(Sgd.Blank, 1))
        .With("limit", wrapper => wrapper.Limit, (wrapper, value) => wrapper with { Limit = value });

    /// <summary>An optimizer with its gradient clipped.</summary>
    public ClipByValue(Optimizer inner, double limit)
        : base(inner) => Limit = limit;

    /// <summary>c, above 0.</summary>
    public double Limit { get; init; }

    /// <inheritdoc/>
    public override Validation<Error, Unit> Check() =>
        base.Check() | Require(Limit > 0, $"gradients are clipped at {Limit}, expected a number above 0");

    /// <inheritdoc/>
    private protected override bool AdvanceAround<T>(in Transition<T> transition)
    {
        transition.Zip(new Clip(Limit), transition.Gradient, transition.Gradient, transition.Gradient);
        return Inner.Advance(transition);
    }

    private readonly struct Clip(double limit) : IBinaryFormula
    {
        private readonly Setting most = limit;
        private readonly Setting least = -limit;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public S Of<S>(S g, S same)
            where S : struct, IReal<S>
        {
            var clipped = S.Max(S.Min(g, most), least);

            // g − g is 0 unless g is infinite.
            return clipped + (g - g);
        }
    }
}
