using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>
/// y = tanh x, between −1 and 1. dx = dy · (1 − y²). Computed from e^(−2|x|) − 1, so that no input overflows and small inputs keep their
/// digits.
/// </summary>
public sealed record Tanh : Activation<Tanh.Rule>
{
    internal static Schema Schema => SchemaOf("Tanh", new Tanh());

    /// <inheritdoc/>
    public override OutputRange RangeFor(OutputRange input) => OutputRange.Symmetric;

    /// <inheritdoc/>
    public override NamedOperator KnownOperator => new("Tanh");

    private protected override double NanosecondsEach => 0.4;

    /// <inheritdoc/>
    protected override void Differentiate<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx) =>
        Elementwise.Zip(default(Slope), y, dy, dx);

    /// <summary>y = tanh x.</summary>
    public readonly struct Rule : IFormula
    {
        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public S Of<S>(S x)
            where S : struct, IReal<S> => S.Tanh(x);
    }

    private readonly struct Slope : IBinaryFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public S Of<S>(S y, S dy)
            where S : struct, IReal<S> => dy * (1 - (y * y));
    }
}
