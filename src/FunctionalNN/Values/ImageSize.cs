namespace FunctionalNN;

/// <summary>How a row of numbers is a picture: row after row, in each pixel after pixel, in each channel after channel.</summary>
/// <param name="Height">Rows of pixels, 1 or more.</param>
/// <param name="Width">Pixels of a row, 1 or more.</param>
/// <param name="Channels">Numbers of a pixel: 1 for grey, 3 for red, green and blue.</param>
public readonly record struct ImageSize(int Height, int Width, int Channels = 1)
{
    /// <summary>The pixels of a picture.</summary>
    public int Plane => Height * Width;

    /// <summary>The numbers of a picture.</summary>
    public long Count => (long)Height * Width * Channels;

    /// <summary>What is wrong with pictures of this size in rows of a width; null where nothing is.</summary>
    /// <param name="kind">What takes the pictures, for the message.</param>
    /// <param name="width">The width of the rows.</param>
    public string? ProblemWith(string kind, int width) =>
        Height >= 1 && Width >= 1 && Channels >= 1 && Count == width
            ? null
            : $"{kind} takes pictures of {this}, the rows are {width} wide: give the size of yours";

    /// <summary>28 × 28, or 32 × 32 × 3.</summary>
    public override string ToString() => Channels == 1 ? $"{Height} × {Width}" : $"{Height} × {Width} × {Channels}";
}
