using System.Numerics;

namespace FunctionalNN;

/// <summary>
/// The functions of emitted code over images: what <see cref="ConvolutionProduct"/> and <see cref="Pooling"/> compute for one image, with
/// every sum in the same order.
/// </summary>
internal static class EmittedImages<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>A function by name, or null where there is none of this kind.</summary>
    public static string? SourceOf(string name) => name switch
    {
        "Convolve" => Convolve,
        "Greatest" => Greatest,
        "Means" => Means,
        "Enlarge" => Enlarge,
        _ => null,
    };

    /// <summary>How a window goes over images, in the order of the functions' parameters.</summary>
    public static string Numbers(in Window window) => string.Join(", ", window.Height, window.Width, window.Channels, window.KernelHeight,
        window.KernelWidth, window.StrideHeight, window.StrideWidth, window.DilationHeight, window.DilationWidth, window.Top, window.Left,
        window.OutputHeight, window.OutputWidth);

    private const string Parameters = "int height, int width, int channels, int kernelHeight, int kernelWidth, int strideHeight, "
        + "int strideWidth,\n        int dilationHeight, int dilationWidth, int top, int left, int outputHeight, int outputWidth";

    private static string Type => EmittedNumber.TypeOf<T>();

    private static string Zero => EmittedNumber.Rounded<T>(0);

    private static string Convolve => $$"""
            /// <summary>y = x convolved with W, + b. Each sum is one chain of fused multiply-adds in the order of the window; what lies
            /// around the image is 0.</summary>
            private static void Convolve(
                ReadOnlySpan<{{Type}}> x, ReadOnlySpan<{{Type}}> weights, ReadOnlySpan<{{Type}}> bias, int groups, {{Parameters}},
                Span<{{Type}}> y)
            {
                var (filters, depth) = (bias.Length, channels / groups);
                for (var place = 0; place < outputHeight * outputWidth; place++)
                {
                    var (firstRow, firstColumn) = ((place / outputWidth * strideHeight) - top, (place % outputWidth * strideWidth) - left);
                    var output = y.Slice(place * filters, filters);
                    output.Clear();
                    for (var pixel = 0; pixel < kernelHeight * kernelWidth; pixel++)
                    {
                        var row = firstRow + (pixel / kernelWidth * dilationHeight);
                        var column = firstColumn + (pixel % kernelWidth * dilationWidth);
                        var isInside = row >= 0 && row < height && column >= 0 && column < width;
                        for (var group = 0; group < groups; group++)
                        {
                            var sums = output.Slice(group * (filters / groups), filters / groups);
                            for (var channel = 0; channel < depth; channel++)
                            {
                                var factor = isInside ? x[(((row * width) + column) * channels) + (group * depth) + channel] : {{Zero}};
                                var first = (((pixel * depth) + channel) * filters) + (group * (filters / groups));
                                var line = weights.Slice(first, sums.Length);
                                var i = 0;
                                for (; i <= sums.Length - Vector<{{Type}}>.Count; i += Vector<{{Type}}>.Count)
                                {
                                    var sum = sums.Slice(i, Vector<{{Type}}>.Count);
                                    Vector.FusedMultiplyAdd(new Vector<{{Type}}>(factor), new Vector<{{Type}}>(line.Slice(i)),
                                        new Vector<{{Type}}>(sum)).CopyTo(sum);
                                }

                                for (; i < sums.Length; i++)
                                {
                                    sums[i] = {{Type}}.FusedMultiplyAdd(factor, line[i], sums[i]);
                                }
                            }
                        }
                    }

                    for (var i = 0; i < filters; i++)
                    {
                        output[i] += bias[i];
                    }
                }
            }
        """;

    private static string Greatest => $$"""
            /// <summary>The greatest number of each window, for each channel; a NaN stays.</summary>
            private static void Greatest(ReadOnlySpan<{{Type}}> x, {{Parameters}}, Span<{{Type}}> y)
            {
                y.Fill({{Type}}.NegativeInfinity);
                for (var place = 0; place < outputHeight * outputWidth; place++)
                {
                    var (row, column) = ((place / outputWidth * strideHeight) - top, (place % outputWidth * strideWidth) - left);
                    for (var i = Math.Max(0, row); i < Math.Min(height, row + kernelHeight); i++)
                    {
                        for (var j = Math.Max(0, column); j < Math.Min(width, column + kernelWidth); j++)
                        {
                            for (var channel = 0; channel < channels; channel++)
                            {
                                var value = x[(((i * width) + j) * channels) + channel];
                                ref var best = ref y[(place * channels) + channel];
                                best = value <= best ? best : best == best ? value : best;
                            }
                        }
                    }
                }
            }
        """;

    private static string Means => $$"""
            /// <summary>The mean of each window, for each channel: of its pixels in the image, or of all with those around it, which are
            /// 0.</summary>
            private static void Means(ReadOnlySpan<{{Type}}> x, bool countsPadding, {{Parameters}}, Span<{{Type}}> y)
            {
                y.Clear();
                for (var place = 0; place < outputHeight * outputWidth; place++)
                {
                    var (row, column) = ((place / outputWidth * strideHeight) - top, (place % outputWidth * strideWidth) - left);
                    var (firstRow, lastRow) = (Math.Max(0, row), Math.Min(height, row + kernelHeight));
                    var (firstColumn, lastColumn) = (Math.Max(0, column), Math.Min(width, column + kernelWidth));
                    for (var channel = 0; channel < channels; channel++)
                    {
                        var sum = {{Zero}};
                        for (var i = firstRow; i < lastRow; i++)
                        {
                            for (var j = firstColumn; j < lastColumn; j++)
                            {
                                sum += x[(((i * width) + j) * channels) + channel];
                            }
                        }

                        var inside = Math.Max(1, (lastRow - firstRow) * (lastColumn - firstColumn));
                        var count = countsPadding ? kernelHeight * kernelWidth : inside;
                        y[(place * channels) + channel] = sum * ({{Type}})(1.0 / count);
                    }
                }
            }
        """;

    private static string Enlarge => $$"""
            /// <summary>Each pixel as a square of pixels.</summary>
            private static void Enlarge(ReadOnlySpan<{{Type}}> x, int width, int channels, int factor, Span<{{Type}}> y)
            {
                for (var pixel = 0; pixel < y.Length / channels; pixel++)
                {
                    var (row, column) = (pixel / (width * factor) / factor, pixel % (width * factor) / factor);
                    x.Slice(((row * width) + column) * channels, channels).CopyTo(y.Slice(pixel * channels, channels));
                }
            }
        """;
}
