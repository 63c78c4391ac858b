namespace FunctionalNN;

/// <summary>Mirrors every second picture, by chance, top to bottom: for pictures from above or through a microscope.</summary>
/// <param name="Size">The pictures' size.</param>
public sealed record RandomVerticalFlip(ImageSize Size) : Augmentation
{
    /// <inheritdoc/>
    public override string? ProblemWith(int width) => Size.ProblemWith(nameof(RandomVerticalFlip), width);

    /// <inheritdoc/>
    public override void Apply<T>(Key key, Span<T> row)
    {
        var stride = Size.Width * Size.Channels;
        for (var y = 0; key.Below(2, 0) == 1 && y < Size.Height / 2; y++)
        {
            var upper = row.Slice(y * stride, stride);
            var lower = row.Slice((Size.Height - 1 - y) * stride, stride);
            for (var i = 0; i < stride; i++)
            {
                (upper[i], lower[i]) = (lower[i], upper[i]);
            }
        }
    }
}
