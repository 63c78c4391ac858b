using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>A pooling: one number for each window and channel.</summary>
public abstract record PoolingLayer : WindowLayer
{
    private protected PoolingLayer(int kernel)
        : base(kernel) => Stride = kernel;

    /// <summary>
    /// Whether a last window counts that lies partly behind the image and its padding, as PyTorch's <c>ceil_mode</c>; it does not by
    /// default.
    /// </summary>
    public bool IncludesPartialWindows { get; init; }

    /// <inheritdoc/>
    protected internal override string Details => WindowText + (IncludesPartialWindows ? ", partial windows" : "");

    private protected override bool RoundsUp => IncludesPartialWindows;

    /// <summary>Whether it is the greatest number that counts, else the mean.</summary>
    private protected abstract bool IsMaximum { get; }

    /// <summary>Whether a mean is divided by all pixels of the window, those of the padding too.</summary>
    private protected virtual bool DividesByPadding => false;

    /// <inheritdoc/>
    public override Cache<T> Forward<T>(in Pass<T> pass, Matrix<T> input) => new PoolingCache<T>(this, input, Infer(pass, input));

    /// <inheritdoc/>
    public override Matrix<T> Infer<T>(in Pass<T> pass, Matrix<T> input)
    {
        var window = Over();
        var output = pass.Rent(input.Rows, window.Outputs * window.Channels, out var y);
        Pooling.Forward(pass.Team, window, IsMaximum, DividesByPadding, input.Values, y, input.Rows);
        return output;
    }

    /// <summary>∂L/∂x. With a gate: ∂L/∂z of the ReLU x = max(z, 0) below a maximum.</summary>
    internal Matrix<T> Backward<T>(in Pass<T> pass, Matrix<T> input, Matrix<T> output, Matrix<T> outputGradient, bool isGated)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!pass.NeedsInputGradient)
        {
            return outputGradient;
        }

        var inputGradient = pass.Rent(input.Rows, input.Columns, out var dx);
        Pooling.Backward(pass.Team, Over(), IsMaximum, DividesByPadding, input.Values, output.Values, outputGradient.Values, dx, input.Rows,
            isGated);
        return inputGradient;
    }

    private protected override Validation<Error, Shape> ShapeFor(ImageSize image) => WindowOver(image).Bind(window =>
        !Padding.IsSame && (Math.Max(Padding.Top, Padding.Bottom) >= KernelHeight || Math.Max(Padding.Left, Padding.Right) >= KernelWidth)
            ? Failed(
                $"a padding of {Padding} is as wide as the window of {KernelHeight} × {KernelWidth}: some windows would see nothing of the "
                + $"image; take a smaller padding")
            : Found(new ImageSize(window.OutputHeight, window.OutputWidth, image.Channels)));

    private sealed record PoolingCache<T>(PoolingLayer Layer, Matrix<T> Input, Matrix<T> Output) : Cache<T>(Output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public override Matrix<T> Backward(in Pass<T> pass, Matrix<T> outputGradient, Span<T> parameterGradient) =>
            Layer.Backward(pass, Input, Output, outputGradient, isGated: false);
    }
}
