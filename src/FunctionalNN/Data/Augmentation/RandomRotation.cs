using System.Buffers;
using System.Numerics;

namespace FunctionalNN;

/// <summary>
/// Turns each picture about its centre by an angle uniform on ±d degrees. Each pixel takes what was where it comes from, between four
/// pixels in proportion (bilinear), and the background from outside.
/// </summary>
/// <param name="Size">The pictures' size.</param>
/// <param name="Degrees">d, 0 or more.</param>
public sealed record RandomRotation(ImageSize Size, double Degrees) : Augmentation
{
    /// <summary>What lies outside of the picture: the number that black has, 0 unless the data is scaled otherwise.</summary>
    public double Background { get; init; }

    /// <inheritdoc/>
    public override string? ProblemWith(int width) =>
        !(Degrees >= 0 && double.IsFinite(Degrees))
            ? $"{nameof(RandomRotation)} by {Degrees} degrees: give a number of 0 or more"
            : Size.ProblemWith(nameof(RandomRotation), width);

    /// <inheritdoc/>
    public override void Apply<T>(Key key, Span<T> row)
    {
        var angle = Degrees * ((2 * key.Uniform(0)) - 1);
        Turn(row, angle * Math.PI / 180);
    }

    /// <summary>Turns a picture, by an angle in radians from the right downwards.</summary>
    internal void Turn<T>(Span<T> row, double angle)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (sine, cosine) = Math.SinCos(angle);
        var (middleX, middleY) = ((Size.Width - 1) / 2.0, (Size.Height - 1) / 2.0);
        var rented = ArrayPool<T>.Shared.Rent(row.Length);
        var before = rented.AsSpan(0, row.Length);
        row.CopyTo(before);
        for (var i = 0; i < Size.Plane; i++)
        {
            var (x, y) = ((i % Size.Width) - middleX, (i / Size.Width) - middleY);
            Write(before, (cosine * x) + (sine * y) + middleX, (cosine * y) - (sine * x) + middleY,
                row.Slice(i * Size.Channels, Size.Channels));
        }

        ArrayPool<T>.Shared.Return(rented);
    }

    /// <summary>What lies at a place of the picture, in all channels.</summary>
    private void Write<T>(ReadOnlySpan<T> picture, double x, double y, Span<T> to)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // A point that rounding puts just beside a pixel is on it.
        (x, y) = (Snapped(x), Snapped(y));
        var (left, top) = ((int)Math.Floor(x), (int)Math.Floor(y));
        var (right, down) = (T.CreateTruncating(x - left), T.CreateTruncating(y - top));
        for (var channel = 0; channel < to.Length; channel++)
        {
            var (upperLeft, lowerLeft) = (Pixel(picture, left, top, channel), Pixel(picture, left, top + 1, channel));
            var upper = upperLeft + (right * (Pixel(picture, left + 1, top, channel) - upperLeft));
            var lower = lowerLeft + (right * (Pixel(picture, left + 1, top + 1, channel) - lowerLeft));
            to[channel] = upper + (down * (lower - upper));
        }
    }

    private T Pixel<T>(ReadOnlySpan<T> picture, int x, int y, int channel)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        (uint)x < (uint)Size.Width && (uint)y < (uint)Size.Height
            ? picture[(((y * Size.Width) + x) * Size.Channels) + channel]
            : T.CreateSaturating(Background);

    private static double Snapped(double place) => Math.Abs(place - Math.Round(place)) < 1e-9 ? Math.Round(place) : place;
}
