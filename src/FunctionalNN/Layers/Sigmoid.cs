using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>
/// y = 1 / (1 + e⁻ˣ), the logistic function. dx = dy · y · (1 − y). Computed from e^(−|x|), so that no input overflows.
/// </summary>
public sealed record Sigmoid : Activation<Sigmoid.Rule>
{
    internal static Schema Schema => SchemaOf("Sigmoid", new Sigmoid());

    /// <inheritdoc/>
    public override OutputRange RangeFor(OutputRange input) => OutputRange.Probabilities;

    /// <inheritdoc/>
    public override NamedOperator KnownOperator => new("Sigmoid");

    /// <inheritdoc/>
    protected override void Differentiate<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx) =>
        Elementwise.Zip(default(Slope), y, dy, dx);

    /// <summary>y = 1/(1 + e⁻ˣ).</summary>
    public readonly struct Rule : IFormula
    {
        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public S Of<S>(S x)
            where S : struct, IReal<S> => S.Sigmoid(x);
    }

    private readonly struct Slope : IBinaryFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public S Of<S>(S y, S dy)
            where S : struct, IReal<S> => dy * y * (1 - y);
    }
}
