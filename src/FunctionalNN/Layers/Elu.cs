using System.Runtime.CompilerServices;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// The exponential linear unit: y = x where x > 0, else α·(eˣ − 1); dx = dy where x > 0, else dy·α·eˣ = dy·(y + α)
/// (Clevert et al., 2015, arXiv 1511.07289). α is 1 in PyTorch, Keras and here.
/// </summary>
/// <param name="Alpha">−α is where y goes for large negative x: 0 or more.</param>
public sealed record Elu(double Alpha = 1) : Activation<Elu.Rule>
{
    internal static Schema Schema => SchemaOf("Elu", new Elu()).With("alpha", elu => elu.Alpha, (elu, value) => elu with { Alpha = value });

    /// <inheritdoc/>
    public override Validation<Error, int> Width(int inputs) =>
        double.IsFinite(Alpha) && Alpha >= 0
            ? Right(inputs)
            : Wrong($"α is {Alpha}: give a finite number of 0 or more, such as 1");

    /// <inheritdoc/>
    protected internal override string Details => $"α {Alpha}";

    /// <inheritdoc/>
    public override NamedOperator KnownOperator => new("Elu", ("alpha", Alpha));

    private protected override double NanosecondsEach => 0.4;

    /// <inheritdoc/>
    protected override Rule Formula => new(Alpha);

    /// <inheritdoc/>
    protected override void Differentiate<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx) =>
        Elementwise.Zip(new Bend(Alpha), y, dy, dx);

    /// <summary>y = x where x > 0, else α·(eˣ − 1).</summary>
    public readonly struct Rule(Setting alpha) : IFormula
    {
        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public S Of<S>(S x)
            where S : struct, IReal<S> => S.IfLessOrEqual(x, 0, alpha * S.ExpMinusOne(x), x);
    }

    private readonly struct Bend(Setting alpha) : IBinaryFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public S Of<S>(S y, S dy)
            where S : struct, IReal<S> => S.IfLessOrEqual(y, 0, dy * (y + alpha), dy);
    }
}
