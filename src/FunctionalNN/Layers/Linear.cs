namespace FunctionalNN;

/// <summary>y = x: says in so many words that a network ends without an activation, as regression does.</summary>
public sealed record Linear : Activation
{
    /// <inheritdoc/>
    public override OutputRange RangeFor(OutputRange input) => input;

    /// <inheritdoc/>
    protected override void Apply<T>(ReadOnlySpan<T> x, Span<T> y) => x.CopyTo(y);

    /// <inheritdoc/>
    protected override void Differentiate<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx) => dy.CopyTo(dx);
}
