namespace FunctionalNN;

/// <summary>
/// The greatest number of each window, for each channel. x: [n × h·w·c], y: [n × oh·ow·c]. dx = dy where the window's greatest number is,
/// the first of several, else 0. What lies around the image counts as −∞.
/// </summary>
public sealed record MaxPooling : PoolingLayer
{
    internal static Schema Schema => SchemaOf("MaxPooling", new MaxPooling(1))
        .With("kernelHeight", layer => layer.KernelHeight, (layer, value) => layer with { KernelHeight = value })
        .With("kernelWidth", layer => layer.KernelWidth, (layer, value) => layer with { KernelWidth = value })
        .With("strideHeight", layer => layer.StrideHeight, (layer, value) => layer with { StrideHeight = value })
        .With("strideWidth", layer => layer.StrideWidth, (layer, value) => layer with { StrideWidth = value })
        .With("padding", layer => layer.Padding, (layer, value) => layer with { Padding = value })
        .With("includesPartialWindows", layer => layer.IncludesPartialWindows,
            (layer, value) => layer with { IncludesPartialWindows = value });

    /// <summary>A pooling of square windows that lie side by side: <c>new MaxPooling(2)</c> halves each side.</summary>
    /// <param name="kernel">The window's side in pixels, 1 or more, and the stride, until <see cref="WindowLayer.Stride"/> gives
    /// another.</param>
    public MaxPooling(int kernel)
        : base(kernel)
    {
    }

    /// <inheritdoc/>
    public override OutputRange RangeFor(OutputRange input) => input is OutputRange.Distribution ? OutputRange.Probabilities : input;

    private protected override bool IsMaximum => true;
}
