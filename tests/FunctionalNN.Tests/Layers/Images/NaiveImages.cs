namespace FunctionalNN.Tests;

/// <summary>Convolution and pooling in plain loops over one number at a time, as the definitions read.</summary>
internal static class NaiveImages
{
    /// <summary>Where the windows begin, in one direction, and how many there are.</summary>
    public static (int Count, int Before) Extent(int size, int kernel, int stride, int dilation, Padding padding, bool isVertical,
        bool roundsUp = false)
    {
        var reach = ((kernel - 1) * dilation) + 1;
        if (padding.IsSame)
        {
            var wanted = (int)Math.Ceiling(size / (double)stride);
            return (wanted, Math.Max(((wanted - 1) * stride) + reach - size, 0) / 2);
        }

        var (before, after) = isVertical ? (padding.Top, padding.Bottom) : (padding.Left, padding.Right);
        var room = (size + before + after - reach) / (double)stride;
        var count = room < 0 ? 0 : (int)(roundsUp ? Math.Ceiling(room) : Math.Floor(room)) + 1;
        return (roundsUp && count > 1 && (count - 1) * stride >= size + before ? count - 1 : count, before);
    }

    /// <summary>The output of a convolution for one image.</summary>
    public static double[] Convolve(Convolution layer, ImageSize size, ReadOnlySpan<double> x, Matrix<double> weights, Matrix<double> bias)
    {
        var (height, top) = Extent(size.Height, layer.KernelHeight, layer.StrideHeight, layer.DilationHeight, layer.Padding, true);
        var (width, left) = Extent(size.Width, layer.KernelWidth, layer.StrideWidth, layer.DilationWidth, layer.Padding, false);
        var y = new double[height * width * layer.Filters];
        var (channels, filters) = (size.Channels / layer.Groups, layer.Filters / layer.Groups);
        for (var i = 0; i < height; i++)
        {
            for (var j = 0; j < width; j++)
            {
                for (var f = 0; f < layer.Filters; f++)
                {
                    var sum = bias[0, f];
                    for (var u = 0; u < layer.KernelHeight; u++)
                    {
                        for (var v = 0; v < layer.KernelWidth; v++)
                        {
                            var row = (i * layer.StrideHeight) + (u * layer.DilationHeight) - top;
                            var column = (j * layer.StrideWidth) + (v * layer.DilationWidth) - left;
                            for (var c = 0; c < channels && row >= 0 && row < size.Height && column >= 0 && column < size.Width; c++)
                            {
                                sum += x[(((row * size.Width) + column) * size.Channels) + (f / filters * channels) + c]
                                    * weights[(((u * layer.KernelWidth) + v) * channels) + c, f];
                            }
                        }
                    }

                    y[(((i * width) + j) * layer.Filters) + f] = sum;
                }
            }
        }

        return y;
    }

    /// <summary>The output of a pooling for one image.</summary>
    public static double[] Pool(PoolingLayer layer, ImageSize size, ReadOnlySpan<double> x)
    {
        var roundsUp = layer.IncludesPartialWindows;
        var (height, top) = Extent(size.Height, layer.KernelHeight, layer.StrideHeight, 1, layer.Padding, true, roundsUp);
        var (width, left) = Extent(size.Width, layer.KernelWidth, layer.StrideWidth, 1, layer.Padding, false, roundsUp);
        var y = new double[height * width * size.Channels];
        for (var i = 0; i < height; i++)
        {
            for (var j = 0; j < width; j++)
            {
                for (var c = 0; c < size.Channels; c++)
                {
                    var seen = new List<double>();
                    for (var u = 0; u < layer.KernelHeight; u++)
                    {
                        for (var v = 0; v < layer.KernelWidth; v++)
                        {
                            var (row, column) = ((i * layer.StrideHeight) + u - top, (j * layer.StrideWidth) + v - left);
                            if (row >= 0 && row < size.Height && column >= 0 && column < size.Width)
                            {
                                seen.Add(x[(((row * size.Width) + column) * size.Channels) + c]);
                            }
                        }
                    }

                    y[(((i * width) + j) * size.Channels) + c] = layer is MaxPooling ? seen.Max()
                        : seen.Sum() / (layer is AveragePooling { CountsPadding: true }
                            ? layer.KernelHeight * layer.KernelWidth
                            : seen.Count);
                }
            }
        }

        return y;
    }
}
