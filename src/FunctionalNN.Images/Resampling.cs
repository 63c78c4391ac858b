namespace FunctionalNN;

/// <summary>
/// Changes the size of a picture of bytes, rows, columns, channels: first each row, then each column, by a triangle as wide as two pixels
/// of the coarser picture. Smaller pictures are means, without the patterns that picking pixels gives.
/// </summary>
/// <remarks>The same bytes as Pillow's <c>Image.resize(size, Image.BILINEAR, box)</c>: weights in fixed point with 22 bits, the box in
/// floats.</remarks>
internal static class Resampling
{
    private const int Bits = 22;

    /// <summary>Makes a picture of another size from a part of one.</summary>
    /// <param name="source">The picture: height · width · channels bytes.</param>
    /// <param name="from">Its size.</param>
    /// <param name="box">The part, in pixels.</param>
    /// <param name="to">The size to make; the channels are those of the source.</param>
    public static byte[] Resize(byte[] source, ImageSize from, (float Left, float Top, float Right, float Bottom) box, ImageSize to)
    {
        var channels = from.Channels;
        var across = Weights(from.Width, box.Left, box.Right, to.Width);
        var down = Weights(from.Height, box.Top, box.Bottom, to.Height);
        if (across is not null)
        {
            var rows = new byte[from.Height * to.Width * channels];
            for (var y = 0; y < from.Height; y++)
            {
                Line(across, source.AsSpan(y * from.Width * channels), channels, channels, rows.AsSpan(y * to.Width * channels), channels);
            }

            source = rows;
        }

        if (down is not null)
        {
            var (stride, columns) = (to.Width * channels, new byte[to.Height * to.Width * channels]);
            for (var x = 0; x < to.Width; x++)
            {
                Line(down, source.AsSpan(x * channels), stride, channels, columns.AsSpan(x * channels), stride);
            }

            source = columns;
        }

        return source;
    }

    /// <summary>One line of pixels to another.</summary>
    private static void Line((int First, int[] Factors)[] weights, ReadOnlySpan<byte> source, int step, int channels, Span<byte> to,
        int stride)
    {
        for (var i = 0; i < weights.Length; i++)
        {
            var (first, factors) = weights[i];
            for (var channel = 0; channel < channels; channel++)
            {
                var sum = 1L << (Bits - 1);
                for (var k = 0; k < factors.Length; k++)
                {
                    sum += (long)source[((first + k) * step) + channel] * factors[k];
                }

                to[(i * stride) + channel] = (byte)Math.Clamp(sum >> Bits, 0, 255);
            }
        }
    }

    /// <summary>For each pixel of the new line the first pixel that counts and the factors from there; null where nothing
    /// changes.</summary>
    private static (int First, int[] Factors)[]? Weights(int count, float start, float end, int wanted)
    {
        if (wanted == count && start == 0 && end == count)
        {
            return null;
        }

        var scale = (double)(end - start) / wanted;
        var reach = Math.Max(scale, 1);
        var weights = new (int, int[])[wanted];
        for (var i = 0; i < wanted; i++)
        {
            var centre = start + ((i + 0.5) * scale);
            var first = Math.Max(0, (int)(centre - reach + 0.5));
            var last = Math.Min(count, (int)(centre + reach + 0.5));
            var factors = new double[last - first];
            var total = 0.0;
            for (var k = 0; k < factors.Length; k++)
            {
                factors[k] = Math.Max(0, 1 - Math.Abs((k + first - centre + 0.5) / reach));
                total += factors[k];
            }

            weights[i] = (first, Array.ConvertAll(factors, factor => (int)(0.5 + (factor / total * (1 << Bits)))));
        }

        return weights;
    }
}
