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
        var rented = ArrayPool<T>.Shared.Rent(Size.Plane);
        var before = rented.AsSpan(0, Size.Plane);
        for (var channel = 0; channel < Size.Channels; channel++)
        {
            var plane = row.Slice(channel * Size.Plane, Size.Plane);
            plane.CopyTo(before);
            for (var i = 0; i < plane.Length; i++)
            {
                var (x, y) = ((i % Size.Width) - middleX, (i / Size.Width) - middleY);
                plane[i] = At(before, (cosine * x) + (sine * y) + middleX, (cosine * y) - (sine * x) + middleY);
            }
        }

        ArrayPool<T>.Shared.Return(rented);
    }

    private T At<T>(ReadOnlySpan<T> plane, double x, double y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // A point that rounding puts just beside a pixel is on it.
        (x, y) = (Snapped(x), Snapped(y));
        var (left, top) = ((int)Math.Floor(x), (int)Math.Floor(y));
        var (right, down) = (T.CreateTruncating(x - left), T.CreateTruncating(y - top));
        var upper = Pixel(plane, left, top) + (right * (Pixel(plane, left + 1, top) - Pixel(plane, left, top)));
        var lower = Pixel(plane, left, top + 1) + (right * (Pixel(plane, left + 1, top + 1) - Pixel(plane, left, top + 1)));
        return upper + (down * (lower - upper));
    }

    private T Pixel<T>(ReadOnlySpan<T> plane, int x, int y)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        (uint)x < (uint)Size.Width && (uint)y < (uint)Size.Height ? plane[(y * Size.Width) + x] : T.CreateSaturating(Background);

    private static double Snapped(double place) => Math.Abs(place - Math.Round(place)) < 1e-9 ? Math.Round(place) : place;
}
