namespace FunctionalNN;

/// <summary>
/// What one row of a layer's input or output is: so many numbers, or an image. Layers that do not care see the width. An image lies as
/// <see cref="ImageSize"/> says: rows, in each pixels, in each channels.
/// </summary>
public readonly record struct Shape
{
    /// <summary>A row of numbers.</summary>
    /// <param name="width">How many, 1 or more.</param>
    public Shape(int width) => Width = width;

    /// <summary>An image.</summary>
    /// <param name="image">Its size.</param>
    public Shape(ImageSize image) => (Width, Image) = ((int)Math.Min(int.MaxValue, image.Count), image);

    /// <summary>The numbers of a row.</summary>
    public int Width { get; }

    /// <summary>The size of the image, where it is one.</summary>
    public ImageSize? Image { get; }

    /// <summary>A row of numbers.</summary>
    public static implicit operator Shape(int width) => new(width);

    /// <summary>An image.</summary>
    public static implicit operator Shape(ImageSize image) => new(image);

    /// <summary>784, or 28 × 28, or 32 × 32 × 3.</summary>
    public override string ToString() => Image is { } image ? $"{image}" : $"{Width}";
}
