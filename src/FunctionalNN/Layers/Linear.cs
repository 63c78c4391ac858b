using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>y = x: states that a network ends without an activation, as regression does.</summary>
public sealed record Linear : Activation<Linear.Rule>
{
    internal static Schema Schema => SchemaOf("Linear", new Linear());

    /// <inheritdoc/>
    public override bool IsIdentity => true;

    /// <inheritdoc/>
    public override OutputRange RangeFor(OutputRange input) => input;

    /// <inheritdoc/>
    protected override void Differentiate<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx) => dy.CopyTo(dx);

    /// <summary>y = x.</summary>
    public readonly struct Rule : IFormula
    {
        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public S Of<S>(S x)
            where S : struct, IReal<S> => x;
    }
}
