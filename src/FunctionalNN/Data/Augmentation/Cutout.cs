namespace FunctionalNN;

/// <summary>
/// Covers a square of each picture: its centre is any pixel with the same probability, and what lies beyond the edge is cut off. A network
/// then cannot rely on one part alone.
/// </summary>
/// <remarks>T. DeVries and G. Taylor, "Improved regularization of convolutional neural networks with cutout", 2017, arXiv
/// 1708.04552.</remarks>
/// <param name="Size">The pictures' size.</param>
/// <param name="Pixels">The side of the square, 0 or more; 8 to 16 for pictures of 32 × 32.</param>
public sealed record Cutout(ImageSize Size, int Pixels) : Augmentation
{
    /// <summary>What covers the square, in every channel: 0 by default; the mean of the data where that is another number.</summary>
    public double Background { get; init; }

    /// <inheritdoc/>
    public override string? ProblemWith(int width) =>
        Pixels < 0 ? $"{nameof(Cutout)} of {Pixels} pixels: give 0 or more" : Size.ProblemWith(nameof(Cutout), width);

    /// <inheritdoc/>
    public override void Apply<T>(Key key, Span<T> row)
    {
        // In 64 bits: a square may be greater than any picture.
        var (top, left) = (key.Below(Size.Height, 0) - ((long)Pixels / 2), key.Below(Size.Width, 1) - ((long)Pixels / 2));
        var (first, last) = (Math.Max(0, left), Math.Min(Size.Width, left + Pixels));
        for (var y = Math.Max(0, top); y < Math.Min(Size.Height, top + Pixels) && first < last; y++)
        {
            row.Slice((int)((y * Size.Width) + first) * Size.Channels, (int)(last - first) * Size.Channels)
                .Fill(T.CreateSaturating(Background));
        }
    }
}
