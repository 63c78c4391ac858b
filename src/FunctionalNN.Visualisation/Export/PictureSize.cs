
namespace FunctionalNN;

/// <summary>What a picture of a figure is like.</summary>
/// <param name="Width">In the page's pixels.</param>
/// <param name="Height">In the page's pixels.</param>
/// <param name="Scale">How many pixels of the file there are to one of the page's: 2 is sharp in print.</param>
/// <param name="IsDark">Dark instead of light.</param>
internal sealed record PictureSize(int Width, int Height, double Scale, bool IsDark)
{
    private const int Most = 8192;

    public PictureSize Checked() =>
        Width is < 50 or > Most || Height is < 50 or > Most || !(Scale is >= 0.1 and <= 10) || Width * Scale > 2 * Most
            || Height * Scale > 2 * Most
            ? throw new ArgumentOutOfRangeException(null,
                $"a picture of {Width} × {Height} pixels at scale {Scale} cannot be drawn, expected 50 … {Most} each, at 0.1 … 10, and "
                        + $"at most {2 * Most} after scaling")
            : this;
}
