using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>The mean of each channel over the whole image. x: [n × h·w·c], y: [n × c]. dx = dy/(h·w) for each pixel.</summary>
public sealed record GlobalAveragePooling : ImageLayer
{
    internal static Schema Schema => SchemaOf("GlobalAveragePooling", new GlobalAveragePooling());

    /// <summary>The image as one window.</summary>
    internal Window Whole => new()
    {
        Height = Size.Height,
        Width = Size.Width,
        Channels = Size.Channels,
        KernelHeight = Size.Height,
        KernelWidth = Size.Width,
        StrideHeight = 1,
        StrideWidth = 1,
        OutputHeight = 1,
        OutputWidth = 1,
    };

    /// <inheritdoc/>
    public override Cache<T> Forward<T>(in Pass<T> pass, Matrix<T> input) => new MeanCache<T>(this, input.Rows, Infer(pass, input));

    /// <inheritdoc/>
    public override Matrix<T> Infer<T>(in Pass<T> pass, Matrix<T> input)
    {
        var output = pass.Rent(input.Rows, Size.Channels, out var y);
        Pooling.Forward(pass.Team, Whole, isMaximum: false, countsPadding: true, input.Values, y, input.Rows);
        return output;
    }

    private protected override Validation<Error, Shape> ShapeFor(ImageSize image) => Found(image.Channels);

    private sealed record MeanCache<T>(GlobalAveragePooling Layer, int Rows, Matrix<T> Output) : Cache<T>(Output)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        public override Matrix<T> Backward(in Pass<T> pass, Matrix<T> outputGradient, Span<T> parameterGradient)
        {
            var inputGradient = pass.Rent(Rows, (int)Layer.Size.Count, out var dx);
            Pooling.Backward<T>(pass.Team, Layer.Whole, isMaximum: false, countsPadding: true, [], [], outputGradient.Values, dx, Rows);
            return inputGradient;
        }
    }
}
