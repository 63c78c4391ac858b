using System.Runtime.CompilerServices;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// y = x where x > 0, else slope·x; dx = dy where x > 0, else slope·dy, at 0 as PyTorch and Keras have it (Maas et al., 2013).
/// The slope is 0.01 in PyTorch and here; Keras takes 0.3.
/// </summary>
/// <param name="Slope">Any finite number.</param>
public sealed record LeakyRelu(double Slope = 0.01) : Activation<LeakyRelu.Rule>
{
    internal static Schema Schema => SchemaOf("LeakyRelu", new LeakyRelu())
        .With("slope", relu => relu.Slope, (relu, value) => relu with { Slope = value });

    /// <inheritdoc/>
    public override Validation<Error, int> Width(int inputs) =>
        double.IsFinite(Slope)
            ? Right(inputs)
            : Wrong($"the slope is {Slope}: give a finite number, such as 0.01");

    /// <inheritdoc/>
    protected internal override string Details => $"slope {Slope}";

    /// <inheritdoc/>
    public override NamedOperator KnownOperator => new("LeakyRelu", ("alpha", Slope));

    /// <inheritdoc/>
    protected override Rule Formula => new(Slope);

    /// <inheritdoc/>
    protected override void Differentiate<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx) =>
        Elementwise.Zip(new Gate(Slope), x, dy, dx);

    /// <summary>y = x where x > 0, else slope·x.</summary>
    public readonly struct Rule(Setting slope) : IFormula
    {
        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public S Of<S>(S x)
            where S : struct, IReal<S> => S.IfLessOrEqual(x, 0, x * slope, x);
    }

    private readonly struct Gate(Setting slope) : IBinaryFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public S Of<S>(S x, S dy)
            where S : struct, IReal<S> => S.IfLessOrEqual(x, 0, dy * slope, dy);
    }
}
