using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// A layer that takes images. It is part of a network for images: <c>new Network(new ImageSize(28, 28), [new Convolution(32, 3), …])</c>,
/// or of layers of such a network. Images lie row after row, in each pixel after pixel, in each channel after channel.
/// </summary>
public abstract record ImageLayer : Layer
{
    private protected ImageLayer()
    {
    }

    /// <summary>The images that come in, once the layer is part of a network.</summary>
    internal ImageSize? Image { get; private init; }

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <inheritdoc/>
    public sealed override Validation<Error, int> Width(int inputs) => OutputShape(inputs).Map(shape => shape.Width);

    /// <inheritdoc/>
    public sealed override Validation<Error, Shape> OutputShape(Shape input) =>
        (Image ?? input.Image) is not { } image
            ? Failed($"it takes images, and gets rows of {input.Width} numbers: begin the network with the size of the images, as in new "
                + $"Network(new ImageSize(28, 28), …), and put it before what makes rows of them, such as Dense or Flatten")
        : image.Count != input.Width
            ? Failed($"it was made for images of {image}, {image.Count} numbers each, and gets rows of {input.Width}")
        : ShapeFor(image);

    /// <inheritdoc/>
    protected internal override Layer Placed(Shape input) => this with { Image = input.Image };

    /// <inheritdoc/>
    public virtual bool Equals(ImageLayer? other) => base.Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => base.GetHashCode();

    /// <summary>The shape of the output for images of a size, or what is wrong.</summary>
    private protected abstract Validation<Error, Shape> ShapeFor(ImageSize image);

    /// <summary>The size of the images of a layer that is part of a network.</summary>
    private protected ImageSize Size => Image ?? throw new InvalidOperationException($"{Kind} is not part of a network for images yet");

    /// <summary>A shape.</summary>
    private protected static Validation<Error, Shape> Found(Shape shape) => Validation<Error, Shape>.Success(shape);

    /// <summary>One error.</summary>
    private protected static Validation<Error, Shape> Failed(string message) =>
        Validation<Error, Shape>.Fail(LanguageExt.Seq.create(Error.New(message)));
}
