namespace FunctionalNN;

/// <summary>Mirrors every second picture, by chance, left to right: for things, not for digits.</summary>
/// <param name="Size">The pictures' size.</param>
public sealed record RandomFlip(ImageSize Size) : Augmentation
{
    /// <inheritdoc/>
    public override string? ProblemWith(int width) => Size.ProblemWith(nameof(RandomFlip), width);

    /// <inheritdoc/>
    public override void Apply<T>(Key key, Span<T> row)
    {
        var stride = Size.Width * Size.Channels;
        for (var start = 0; key.Below(2, 0) == 1 && start < row.Length; start += stride)
        {
            // All of the line backwards, then each pixel's channels again forwards.
            row.Slice(start, stride).Reverse();
            for (var pixel = start; Size.Channels > 1 && pixel < start + stride; pixel += Size.Channels)
            {
                row.Slice(pixel, Size.Channels).Reverse();
            }
        }
    }
}
