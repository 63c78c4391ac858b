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
        for (var start = 0; key.Below(2, 0) == 1 && start < row.Length; start += Size.Width)
        {
            row.Slice(start, Size.Width).Reverse();
        }
    }
}
