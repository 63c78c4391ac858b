using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// The mean of each window, for each channel. x: [n × h·w·c], y: [n × oh·ow·c]. dx = dy/count for each pixel of the window. By default only
/// pixels of the image are counted.
/// </summary>
public sealed record AveragePooling : PoolingLayer
{
    internal static Schema Schema => SchemaOf("AveragePooling", new AveragePooling(1))
        .With("kernelHeight", layer => layer.KernelHeight, (layer, value) => layer with { KernelHeight = value })
        .With("kernelWidth", layer => layer.KernelWidth, (layer, value) => layer with { KernelWidth = value })
        .With("strideHeight", layer => layer.StrideHeight, (layer, value) => layer with { StrideHeight = value })
        .With("strideWidth", layer => layer.StrideWidth, (layer, value) => layer with { StrideWidth = value })
        .With("padding", layer => layer.Padding, (layer, value) => layer with { Padding = value })
        .With("includesPartialWindows", layer => layer.IncludesPartialWindows,
            (layer, value) => layer with { IncludesPartialWindows = value })
        .With("countsPadding", layer => layer.CountsPadding, (layer, value) => layer with { CountsPadding = value });

    /// <summary>A pooling of square windows that lie side by side: <c>new AveragePooling(2)</c> halves each side.</summary>
    /// <param name="kernel">The window's side in pixels, 1 or more, and the stride, until <see cref="WindowLayer.Stride"/> gives
    /// another.</param>
    public AveragePooling(int kernel)
        : base(kernel)
    {
    }

    /// <summary>
    /// Whether the zeros around the image count as pixels, as PyTorch counts them by default (<c>count_include_pad=True</c>); Keras does
    /// not.
    /// </summary>
    public bool CountsPadding { get; init; }

    /// <summary>A system's average pooling. PyTorch: the padding counts. Keras: it does not, the default here too.</summary>
    /// <param name="dialect">The system.</param>
    /// <param name="kernel">The window's side in pixels.</param>
    /// <exception cref="ArgumentException">The book and scikit-learn have none.</exception>
    public static AveragePooling Like(Dialect dialect, int kernel) => dialect switch
    {
        Dialect.Keras => new AveragePooling(kernel),
        Dialect.PyTorch => new AveragePooling(kernel) { CountsPadding = true },
        _ => throw Dialects.Without(dialect, "average pooling"),
    };

    /// <inheritdoc/>
    protected internal override string Details => base.Details + (CountsPadding ? ", padding counts" : "");

    /// <summary>PyTorch counts of a partial window what lies in image and padding, not what is behind both.</summary>
    private protected override Validation<Error, Shape> ShapeFor(ImageSize image) => base.ShapeFor(image).Bind(shape =>
        CountsPadding && IncludesPartialWindows && shape.Image is { } size && !Padding.IsSame
        && (((size.Height - 1) * StrideHeight) + KernelHeight > image.Height + Padding.Top + Padding.Bottom
            || ((size.Width - 1) * StrideWidth) + KernelWidth > image.Width + Padding.Left + Padding.Right)
            ? Failed($"the last windows over images of {image} reach behind image and padding, and what lies there is no part of a mean in "
                + $"which the padding counts: set CountsPadding = false, which without padding is the same, or "
                + $"IncludesPartialWindows = false")
            : Found(shape));

    private protected override bool IsMaximum => false;

    private protected override bool DividesByPadding => CountsPadding;
}
