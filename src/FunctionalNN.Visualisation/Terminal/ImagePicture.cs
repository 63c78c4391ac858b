using System.Numerics;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace FunctionalNN;

/// <summary>Pixels as a picture, from black to white, in halves of characters; without colours in characters of more or less ink.</summary>
internal sealed class ImagePicture : TerminalPicture
{
    private const string Inks = " .:-=+*#%@";
    private readonly ImageSize size;
    private readonly double[] brightness;
    private readonly string caption;

    private ImagePicture(ImageSize size, double[] brightness, string caption) =>
        (this.size, this.brightness, this.caption) = (size, brightness, caption);

    public static ImagePicture Of<T>(ReadOnlySpan<T> pixels, ImageSize? given, string caption)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var size = given ?? Square(pixels.Length);
        if (size.Height < 1 || size.Width < 1 || size.Channels is not (1 or 3)
            || (long)size.Height * size.Width * size.Channels != pixels.Length)
        {
            throw new ArgumentException(
                $"{pixels.Length} numbers are no picture of {size}, in grey or of three colours: give the size of yours");
        }

        var values = new double[pixels.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = double.CreateSaturating(pixels[i]);
        }

        var finite = values.Where(double.IsFinite).DefaultIfEmpty(0).ToArray();
        var (least, greatest) = (finite.Min(), finite.Max());
        return new ImagePicture(size,
            [.. values.Select(value => greatest > least && double.IsFinite(value) ? (value - least) / (greatest - least) : 0)], caption);
    }

    private protected override IEnumerable<IEnumerable<Segment>> Lines(Surface surface)
    {
        var picture = surface.Colours is { } system ? Pixels(surface.Width, system) : Characters(surface.Width);
        return caption.Length == 0 ? picture : picture.Concat(Wrapped(surface.Width, [new Segment(caption)]));
    }

    private IEnumerable<IEnumerable<Segment>> Pixels(int room, ColorSystem system)
    {
        var (wide, tall) = Shrunk(room);
        return HalfBlocks.Lines(size.Width / wide, size.Height / tall, (x, y) => size.Channels == 1
            ? TerminalColours.Grey(Mean(0, x * wide, y * tall, wide, tall), system)
            : new Color(Level(0, x, y), Level(1, x, y), Level(2, x, y)));

        byte Level(int channel, int x, int y) => (byte)Math.Round(255 * Mean(channel, x * wide, y * tall, wide, tall));
    }

    /// <summary>Two characters a pixel where there is room; else one character for two pixels, one above the other.</summary>
    private IEnumerable<IEnumerable<Segment>> Characters(int room)
    {
        var isDouble = 2 * size.Width <= room;
        var wide = isDouble ? 1 : Shrunk(room).Wide;
        var tall = isDouble ? 1 : Math.Min(2 * wide, size.Height);
        return Enumerable.Range(0, size.Height / tall).Select(y => (IEnumerable<Segment>)[new Segment(string.Concat(
            Enumerable.Range(0, size.Width / wide).Select(x => new string(Ink(x * wide, y * tall, wide, tall), isDouble ? 2 : 1))))]);
    }

    private char Ink(int x, int y, int width, int height)
    {
        var mean = Enumerable.Range(0, size.Channels).Average(channel => Mean(channel, x, y, width, height));
        return Inks[Math.Min(Inks.Length - 1, (int)(mean * Inks.Length))];
    }

    private double Mean(int channel, int x, int y, int width, int height)
    {
        var sum = 0.0;
        for (var i = 0; i < width * height; i++)
        {
            sum += brightness[((((y + (i / width)) * size.Width) + x + (i % width)) * size.Channels) + channel];
        }

        return sum / (width * height);
    }

    /// <summary>How many pixels become one, so that the picture fits.</summary>
    private (int Wide, int Tall) Shrunk(int room) =>
        (size.Width + room - 1) / room is var factor ? (factor, Math.Min(factor, size.Height)) : default;

    private static ImageSize Square(int count)
    {
        foreach (var channels in (int[])[1, 3])
        {
            var side = (int)Math.Round(Math.Sqrt(count / (double)channels));
            if (side > 0 && side * side * channels == count)
            {
                return new ImageSize(side, side, channels);
            }
        }

        throw new ArgumentException(
            $"{count} numbers are no square picture in grey or of three colours: give its size, such as new ImageSize(Height: 24, "
                + $"Width: 32)");
    }
}
