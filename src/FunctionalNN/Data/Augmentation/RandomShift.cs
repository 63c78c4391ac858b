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
        var (height, stride) = (Size.Height, Size.Width * Size.Channels);
        var (right, down) = (key.Below((2 * Pixels) + 1, 0) - Pixels, key.Below((2 * Pixels) + 1, 1) - Pixels);
        right = Math.Clamp(right, -Size.Width, Size.Width) * Size.Channels;
        for (var i = 0; i < height; i++)
        {
            // Lines in the order in which none is overwritten before it has been moved.
            var y = down > 0 ? height - 1 - i : i;
            Move(y - down is var from && (uint)from < (uint)height ? row.Slice(from * stride, stride) : [], row.Slice(y * stride, stride),
                right);
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
