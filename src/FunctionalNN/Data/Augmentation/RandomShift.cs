using System.Numerics;

namespace FunctionalNN;

/// <summary>Moves each picture by whole pixels, −p … p both across and down, each as likely as the others.</summary>
/// <param name="Size">The pictures' size.</param>
/// <param name="Pixels">p, 0 or more.</param>
public sealed record RandomShift(ImageSize Size, int Pixels) : Augmentation
{
    /// <summary>What comes in at the edge: the number that black has, 0 unless the data is scaled otherwise.</summary>
    public double Background { get; init; }

    /// <inheritdoc/>
    public override string? ProblemWith(int width) =>
        Pixels < 0 ? $"{nameof(RandomShift)} by {Pixels} pixels: give 0 or more" : Size.ProblemWith(nameof(RandomShift), width);

    /// <inheritdoc/>
    public override void Apply<T>(Key key, Span<T> row)
    {
        var (height, width) = (Size.Height, Size.Width);
        var (right, down) = (key.Below((2 * Pixels) + 1, 0) - Pixels, key.Below((2 * Pixels) + 1, 1) - Pixels);
        for (var channel = 0; channel < Size.Channels; channel++)
        {
            // Lines in the order in which none is overwritten before it has been moved.
            var plane = row.Slice(channel * Size.Plane, Size.Plane);
            for (var i = 0; i < height; i++)
            {
                var y = down > 0 ? height - 1 - i : i;
                Move(y - down is var from && (uint)from < (uint)height ? plane.Slice(from * width, width) : [],
                    plane.Slice(y * width, width), right);
            }
        }
    }

    private void Move<T>(ReadOnlySpan<T> from, Span<T> to, int right)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var background = T.CreateSaturating(Background);
        var kept = Math.Max(0, from.Length - Math.Abs(right));
        if (kept == 0)
        {
            to.Fill(background);
            return;
        }

        from.Slice(Math.Max(0, -right), kept).CopyTo(to[Math.Max(0, right)..]);
        to[..Math.Max(0, right)].Fill(background);
        to[(Math.Max(0, right) + kept)..].Fill(background);
    }
}
