using System.Buffers;
using SkiaSharp;

namespace FunctionalNN;

/// <summary>Turns the bytes of a picture file into the bytes of a row: decoded by Skia, turned upright, over the background, grey or
/// coloured, fitted.</summary>
internal static class PictureDecoder
{
    public const string Kind = "a picture";

    private const string Known = "PNG, JPEG, WebP, GIF or BMP";

    /// <summary>What is wrong with a file's first part: its kind and its size are read, its pixels are not.</summary>
    /// <exception cref="InvalidDataException">It is no picture, or too large.</exception>
    public static void Inspect(byte[] file, ImageOptions options)
    {
        using var data = SKData.CreateCopy(file);
        using var codec = Open(data, file, options);
    }

    /// <summary>The picture in a size, rows, columns, channels.</summary>
    /// <exception cref="InvalidDataException">It is no picture, too large, damaged or cut off.</exception>
    public static byte[] Decode(byte[] file, ImageSize size, ImageOptions options)
    {
        using var data = SKData.CreateCopy(file);
        using var codec = Open(data, file, options);
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        var pixels = ArrayPool<byte>.Shared.Rent(4 * width * height);
        try
        {
            var result = Pixels(codec, pixels);
            if (result != SKCodecResult.Success)
            {
                throw new InvalidDataException(result == SKCodecResult.IncompleteInput
                    ? $"the file ends before the last of its {width} × {height} pixels: it is cut off"
                    : $"its {width} × {height} pixels cannot be read ({result}): the file is damaged");
            }

            var (bytes, upright) = Upright(pixels, width, height, codec.EncodedOrigin, size.Channels, options.Background);
            return Fitted(bytes, upright, size, options);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(pixels);
        }
    }

    private static SKCodec Open(SKData data, byte[] file, ImageOptions options)
    {
        var codec = file.Length == 0 ? null : SKCodec.Create(data);
        if (codec is null)
        {
            throw new InvalidDataException(file.Length == 0
                ? $"the file is empty, expected {Known}"
                : FileErrors.OfAnotherProgram(file.AsSpan(0, Math.Min(1024, file.Length))) is { } other && !other.Contains(" picture")
                    ? $"it {other}"
                    : $"it cannot be read as {Known}: it is damaged or of another kind "
                        + $"(it begins with {Convert.ToHexString(file.AsSpan(0, Math.Min(8, file.Length)))})");
        }

        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if ((long)width * height <= options.MaxPixels)
        {
            return codec;
        }

        codec.Dispose();
        throw new InvalidDataException(
            $"it has {width} × {height} pixels, more than {nameof(ImageOptions)}.{nameof(ImageOptions.MaxPixels)} = "
                + $"{options.MaxPixels:N0}: "
                + $"raise that if the file is meant");
    }

    private static unsafe SKCodecResult Pixels(SKCodec codec, byte[] pixels)
    {
        // Without a colour space: the levels as they stand in the file.
        fixed (byte* start = pixels)
        {
            return codec.GetPixels(
                new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul), (nint)start);
        }
    }

    /// <summary>Over the background, grey or in colour, as a camera's note of its position asks (EXIF orientation, 1 to 8).</summary>
    private static (byte[] Bytes, ImageSize Size) Upright(byte[] pixels, int width, int height, SKEncodedOrigin origin, int channels,
        byte background)
    {
        var size = origin >= SKEncodedOrigin.LeftTop ? new ImageSize(width, height, channels) : new ImageSize(height, width, channels);
        var bytes = new byte[size.Count];

        // Where the first pixel goes, and how far on the next of its line and the first of the next line.
        var (start, right, down) = origin switch
        {
            SKEncodedOrigin.TopRight => (width - 1, -1, width),
            SKEncodedOrigin.BottomRight => ((width * height) - 1, -1, -width),
            SKEncodedOrigin.BottomLeft => ((height - 1) * width, 1, -width),
            SKEncodedOrigin.LeftTop => (0, height, 1),
            SKEncodedOrigin.RightTop => (height - 1, height, -1),
            SKEncodedOrigin.RightBottom => ((width * height) - 1, -height, -1),
            SKEncodedOrigin.LeftBottom => ((width - 1) * height, -height, 1),
            _ => (0, 1, width),
        };
        for (var y = 0; y < height; y++)
        {
            var line = pixels.AsSpan(4 * y * width, 4 * width);
            for (var x = 0; x < width; x++)
            {
                var pixel = line.Slice(4 * x, 4);
                var to = (start + (y * down) + (x * right)) * channels;
                var (red, green, blue) = ((int)pixel[0], (int)pixel[1], (int)pixel[2]);
                if (pixel[3] < 255)
                {
                    (red, green, blue) = (Over(red, pixel[3]), Over(green, pixel[3]), Over(blue, pixel[3]));
                }

                if (channels == 3)
                {
                    (bytes[to], bytes[to + 1], bytes[to + 2]) = ((byte)red, (byte)green, (byte)blue);
                }
                else
                {
                    // ITU-R 601, as Pillow's "L".
                    bytes[to] = (byte)(((red * 19595) + (green * 38470) + (blue * 7471) + 0x8000) >> 16);
                }
            }
        }

        return (bytes, size);

        int Over(int level, byte alpha) => ((level * alpha) + (background * (255 - alpha)) + 127) / 255;
    }

    private static byte[] Fitted(byte[] bytes, ImageSize from, ImageSize size, ImageOptions options)
    {
        var scale = options.Fit switch
        {
            ImageFit.Crop => Math.Min((double)from.Width / size.Width, (double)from.Height / size.Height),
            ImageFit.Pad => Math.Max((double)from.Width / size.Width, (double)from.Height / size.Height),
            _ => 0,
        };
        switch (options.Fit)
        {
            case ImageFit.Crop:
                var (width, height) = (size.Width * scale, size.Height * scale);
                var (left, top) = ((from.Width - width) / 2, (from.Height - height) / 2);
                return Resampling.Resize(bytes, from, ((float)left, (float)top, (float)(left + width), (float)(top + height)), size);
            case ImageFit.Pad:
                var inner = size with
                {
                    Width = Math.Clamp((int)Math.Round(from.Width / scale), 1, size.Width),
                    Height = Math.Clamp((int)Math.Round(from.Height / scale), 1, size.Height),
                };
                return Padded(Resampling.Resize(bytes, from, (0, 0, from.Width, from.Height), inner), inner, size, options.Background);
            default:
                return Resampling.Resize(bytes, from, (0, 0, from.Width, from.Height), size);
        }
    }

    private static byte[] Padded(byte[] bytes, ImageSize inner, ImageSize size, byte background)
    {
        var padded = new byte[size.Count];
        padded.AsSpan().Fill(background);
        var (left, top, line) = ((size.Width - inner.Width) / 2, (size.Height - inner.Height) / 2, inner.Width * inner.Channels);
        for (var y = 0; y < inner.Height; y++)
        {
            bytes.AsSpan(y * line, line).CopyTo(padded.AsSpan((((top + y) * size.Width) + left) * size.Channels));
        }

        return padded;
    }
}
