using System.Collections.Immutable;
using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// A layer of columns on images: each pixel of each image is a row, each channel a column. As images lie channel next to channel, the
/// numbers stay where they are, [n × h·w·c] is read as [n·h·w × c].
/// </summary>
/// <param name="Inner">What works on the columns.</param>
/// <param name="Image">The size of the images.</param>
internal sealed record PerChannel(Layer Inner, ImageSize Image) : Layer, IFittedLayer
{
    public override string Kind => Inner.Kind;

    protected internal override string Details => Inner.Details;

    /// <summary>Enough images for the pixels that the inner layer wants as rows.</summary>
    public override int MinRows => (Inner.MinRows + Image.Plane - 1) / Image.Plane;

    public override bool IsRowwise => Inner.IsRowwise;

    public override bool KeepsShape => true;

    public override bool IsIdentity => Inner.IsIdentity;

    bool IFittedLayer.IsRunning => Inner is IFittedLayer { IsRunning: true };

    /// <summary>What is not fitted does not count as fitted here either.</summary>
    internal IFittedLayer? Fitted => Inner as IFittedLayer;

    public override OutputRange RangeFor(OutputRange input) => Inner.RangeFor(input);

    public override Validation<Error, int> Width(int inputs) => Inner.Width(Image.Channels).Map(_ => inputs);

    public override ImmutableArray<Slot> Parameters(int inputs) => Inner.Parameters(Image.Channels);

    public override ImmutableArray<Slot> Statistics(int inputs) => Inner.Statistics(Image.Channels);

    public override Cache<T> Forward<T>(in Pass<T> pass, Matrix<T> input)
    {
        var inner = Inner.Forward(pass, Pixels(input));
        return new PerChannelCache<T>(this, inner, Images(inner.Output));
    }

    public override Matrix<T> Infer<T>(in Pass<T> pass, Matrix<T> input) => Images(Inner.Infer(pass, Pixels(input)));

    bool IFittedLayer.Scales<T>(ReadOnlySpan<T> first, ReadOnlySpan<T> second) => Fitted?.Scales(first, second) ?? false;

    void IFittedLayer.Fit<T>(ColumnSummary summary, Span<T> first, Span<T> second) =>
        Fitted?.Fit(summary.Folded(Image.Channels), first, second);

    /// <summary>The inner layer's, for each pixel.</summary>
    public override ColumnScaling<T>? PredictedScaling<T>(IReadOnlyList<Matrix<T>> parameters, IReadOnlyList<Matrix<T>> statistics) =>
        Inner.PredictedScaling(parameters, statistics) is { } scaling
            ? new ColumnScaling<T>(ForEachPixel(scaling.Centers), ForEachPixel(scaling.Factors), ForEachPixel(scaling.Shifts))
            : null;

    protected internal override Layer AsInference() => this with { Inner = Inner.AsInference() };

    internal override Layer WithoutNoise() => this with { Inner = Inner.WithoutNoise() };

    private ImmutableArray<T> ForEachPixel<T>(ImmutableArray<T> channels) =>
        [.. Enumerable.Range(0, channels.IsEmpty ? 0 : Image.Plane).SelectMany(_ => channels)];

    private Matrix<T> Pixels<T>(Matrix<T> images)
        where T : unmanaged, IFloatingPointIeee754<T> => new(images.Block, images.Rows * Image.Plane, Image.Channels);

    private Matrix<T> Images<T>(Matrix<T> pixels)
        where T : unmanaged, IFloatingPointIeee754<T> => new(pixels.Block, pixels.Rows / Image.Plane, (int)Image.Count);

    private sealed record PerChannelCache<T>(PerChannel Layer, Cache<T> Inner, Matrix<T> Output) : Cache<T>(Output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public override Matrix<T> Backward(in Pass<T> pass, Matrix<T> outputGradient, Span<T> parameterGradient) =>
            Layer.Images(Inner.Backward(pass, Layer.Pixels(outputGradient), parameterGradient));
    }
}
