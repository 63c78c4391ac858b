using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>
/// y = max(x, 0), the rectified linear unit. dx = dy where x > 0, else 0; at 0 the derivative is taken as 0, as in Keras and PyTorch.
/// NaN stays NaN.
/// </summary>
public sealed record Relu : Activation<Relu.Rule>
{
    internal static Schema Schema => SchemaOf("Relu", new Relu());

    /// <inheritdoc/>
    public override OutputRange RangeFor(OutputRange input) => OutputRange.NonNegative;

    /// <inheritdoc/>
    public override NamedOperator KnownOperator => new("Relu");

    /// <inheritdoc/>
    protected override void Differentiate<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx) =>
        Elementwise.Zip(default(Gate), y, dy, dx);

    /// <summary>y = max(x, 0).</summary>
    public readonly struct Rule : IFormula
    {
        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public S Of<S>(S x)
            where S : struct, IReal<S> => S.IfLessOrEqual(x, 0, 0, x);
    }

    /// <summary>The gradient where the output is positive or NaN.</summary>
    private readonly struct Gate : IBinaryFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public S Of<S>(S y, S dy)
            where S : struct, IReal<S> => S.IfLessOrEqual(y, 0, 0, dy);
    }
}
