using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>The nodes for layers of images.</summary>
internal static class ImageRules
{
    /// <summary>The output, [n × channels × rows × columns]; null for a layer that is none of these.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="nodes">Takes the nodes.</param>
    /// <param name="x">Images.</param>
    /// <param name="input">Their size.</param>
    /// <param name="output">The size of the output.</param>
    public static string? Export(Layer layer, OnnxNodes nodes, string x, ImageSize input, ImageSize output) => layer switch
    {
        Convolution convolution =>
            Convolve(convolution, nodes, x, input, output, nodes.ParameterValues(0), nodes.ParameterValues(1)),
        MaxPooling pooling => nodes.Add("MaxPool", [x], [.. Window(pooling, input, output, 1, 1)]),
        AveragePooling pooling => nodes.Add("AveragePool", [x],
            [.. Window(pooling, input, output, 1, 1), OnnxSetting.Whole("count_include_pad", pooling.CountsPadding ? 1 : 0)]),
        GlobalAveragePooling => nodes.Add("GlobalAveragePool", [x]),
        Upsampling upsampling => nodes.Add("Resize",
            [x, "", nodes.Single("scales", 1, 1, upsampling.Factor, upsampling.Factor)],
            OnnxSetting.Word("mode", "nearest"), OnnxSetting.Word("coordinate_transformation_mode", "asymmetric"),
            OnnxSetting.Word("nearest_mode", "floor")),
        _ => null,
    };

    /// <summary>W here: [rows·columns·channels of the window × filters]; there: [filters × channels × rows × columns].</summary>
    public static string Convolve(Convolution layer, OnnxNodes nodes, string x, ImageSize input, ImageSize output, double[] weights,
        double[] bias)
    {
        var (filters, channels, pixels) = (layer.Filters, input.Channels / layer.Groups, layer.KernelHeight * layer.KernelWidth);
        var turned = new double[weights.Length];
        for (var i = 0; i < turned.Length; i++)
        {
            var (filter, channel, pixel) = (i / (channels * pixels), i / pixels % channels, i % pixels);
            turned[i] = weights[(((pixel * channels) + channel) * filters) + filter];
        }

        return nodes.Add("Conv",
            [x, nodes.Constant("weights", [filters, channels, layer.KernelHeight, layer.KernelWidth], turned),
                nodes.Constant("bias", bias)],
            [.. Window(layer, input, output, layer.DilationHeight, layer.DilationWidth), OnnxSetting.Whole("group", layer.Groups),
                OnnxSetting.Wholes("dilations", layer.DilationHeight, layer.DilationWidth)]);
    }

    /// <summary>A normalisation of channels, or slopes for each; null for a layer that is none of these.</summary>
    public static string? Channels(Layer layer, OnnxNodes nodes, GraphBuilder graph, string name, string x, int channels)
    {
        switch (layer)
        {
            case BatchNormalization:
                return LayerRules.Export(layer, nodes, x);
            case LayerNormalization:
                var normal = LayerRules.Export(layer, nodes, ImageLayout.ChannelsLast(graph, name, x))!;
                return ImageLayout.ChannelsFirst(graph, name, normal);
            case PRelu relu:
                return nodes.Add("PRelu",
                    [x, relu.IsShared ? nodes.ParameterRow(0) : nodes.Constant("slope", [channels, 1, 1], nodes.ParameterValues(0))]);
            default:
                return LayerRules.Scaled(layer, nodes, x, (constant, values) => nodes.Constant(constant, [channels, 1, 1], values));
        }
    }

    /// <summary>The padding in numbers, as much of it as windows see: what is rounded up here needs no rounding there.</summary>
    private static ImmutableArray<OnnxSetting> Window(WindowLayer layer, ImageSize input, ImageSize output, int dilationHeight,
        int dilationWidth)
    {
        var (top, bottom) =
            Around(layer.Padding.IsSame, input.Height, output.Height, layer.KernelHeight, layer.StrideHeight, dilationHeight,
            layer.Padding.Top);
        var (left, right) = Around(layer.Padding.IsSame, input.Width, output.Width, layer.KernelWidth, layer.StrideWidth, dilationWidth,
            layer.Padding.Left);
        return
        [
            OnnxSetting.Wholes("kernel_shape", layer.KernelHeight, layer.KernelWidth),
            OnnxSetting.Wholes("strides", layer.StrideHeight, layer.StrideWidth),
            OnnxSetting.Wholes("pads", top, left, bottom, right),
        ];
    }

    private static (long Before, long After) Around(bool isSame, int size, int windows, int kernel, int stride, int dilation, int before)
    {
        var needed = ((windows - 1L) * stride) + ((kernel - 1L) * dilation) + 1 - size;
        var first = isSame ? Math.Max(needed, 0) / 2 : before;
        return (first, Math.Max(needed - first, 0));
    }
}
