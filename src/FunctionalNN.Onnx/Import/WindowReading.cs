using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>What nodes mean that move a window over images.</summary>
internal static class WindowReading
{
    private const int GreatestSetting = 1 << 20;

    /// <summary>W there: [filters × channels of a group × rows × columns]; here: [rows·columns·channels × filters].</summary>
    public static ImportedLayer Convolution(GraphIndex graph, NodeMessage node)
    {
        var settings = new NodeSettings(node, "auto_pad", "dilations", "group", "kernel_shape", "pads", "strides");
        var weights = NodeRules.Constant(graph, node, 1, "the weights");
        if (weights.Shape is not [> 0, > 0, > 0, > 0])
        {
            throw node.Wrong($"the weights \"{weights.Name}\" are {weights.ShapeText}, expected filters × channels × rows × columns: only "
                + $"convolutions of images are read");
        }

        var (filters, channels, height, width) =
            ((int)weights.Shape[0], (int)weights.Shape[1], (int)weights.Shape[2], (int)weights.Shape[3]);
        var (group, dilation) = (settings.Whole("group", 1), Pair(node, settings, "dilations"));
        if (group < 1 || group * channels > int.MaxValue || filters % group != 0)
        {
            throw node.Wrong($"group is {group} with {filters} filters: expected a number that divides them");
        }

        var layer = Windowed(node, settings, new Convolution(filters, 1) { Groups = (int)group }, (height, width)) with
        {
            DilationHeight = dilation.Height,
            DilationWidth = dilation.Width,
        };
        var hasBias = node.Inputs.Length > 2 && node.Inputs[2].Length > 0;
        var bias = hasBias ? NodeRules.Constant(graph, node, 2, "the bias") : null;
        if (bias is not null)
        {
            NodeRules.Row(node, "the bias", bias, filters);
        }

        var pixels = height * width;
        return new ImportedLayer(node, layer)
        {
            Channels = channels * (int)group,
            Parameters =
            [
                new Numbers(weights.Count, i =>
                {
                    var (row, filter) = (i / filters, i % filters);
                    return weights[(((filter * channels) + (row % channels)) * pixels) + (row / channels)];
                }),
                bias is null ? Numbers.Filled(filters, 0) : Numbers.Of(bias),
            ],
        };
    }

    public static ImportedLayer MaxPooling(NodeMessage node)
    {
        var settings = new NodeSettings(node, "auto_pad", "ceil_mode", "dilations", "kernel_shape", "pads", "storage_order", "strides");
        settings.Require("storage_order", 0, "places of maxima are not read", 0);
        if (node.Outputs.Count(output => output.Length > 0) > 1)
        {
            throw node.Wrong("has a second output, the places of the maxima, which is not read");
        }

        return new ImportedLayer(node, Pooled(node, settings, new MaxPooling(1)));
    }

    public static ImportedLayer AveragePooling(NodeMessage node)
    {
        var settings =
            new NodeSettings(node, "auto_pad", "ceil_mode", "count_include_pad", "dilations", "kernel_shape", "pads", "strides");
        settings.Require("count_include_pad", 0, "it says whether the padding counts", 0, 1);
        var layer = Pooled(node, settings, new AveragePooling(1));
        var counts = settings.Whole("count_include_pad", 0) == 1 && layer.Padding != Padding.Valid;
        return counts && layer.IncludesPartialWindows
            ? throw node.Wrong("counts the padding (count_include_pad = 1) and has partial windows (ceil_mode = 1), whose count is not the "
                + "same everywhere: export it with one of them 0")
            : new ImportedLayer(node, layer with { CountsPadding = counts });
    }

    /// <summary>Zeros around images, which go into the convolution or the mean behind them.</summary>
    public static ImportedLayer Pad(GraphIndex graph, NodeMessage node)
    {
        var settings = new NodeSettings(node, "mode", "pads", "value");
        var isZero = settings.Real("value", 0) == 0 && (node.Inputs.Length < 3 || node.Inputs[2].Length == 0
            || graph.Constant(node.Inputs[2]) is { IsReadable: true, Count: 1 } value && value[0] == 0);
        var pads = node.Inputs.Length > 1 && node.Inputs[1].Length > 0
            ? ShapeVector.Of(graph, node.Inputs[1])
            : [.. settings.Wholes("pads").Select(pad => (long?)pad)];
        return settings.Word("mode", "constant") != "constant" || !isZero
                ? throw node.Wrong("pads with something other than zeros: only zeros in front of a convolution or a mean are read")
            : pads is not [0, 0, { } top, { } left, 0, 0, { } bottom, { } right]
                || new[] { top, left, bottom, right }.Any(pad => pad is < 0 or > GreatestSetting)
                ? throw node.Wrong("pads other than rows and columns of images, or by what is no constant of 0 or more")
            : new ImportedLayer(node, null) { Around = Padding.Of((int)top, (int)bottom, (int)left, (int)right) };
    }

    /// <summary>Each pixel as a square of pixels.</summary>
    public static ImportedLayer Resize(GraphIndex graph, NodeMessage node)
    {
        var settings = new NodeSettings(node, "coordinate_transformation_mode", "cubic_coeff_a", "exclude_outside", "extrapolation_value",
            "mode", "nearest_mode", "antialias", "axes", "keep_aspect_ratio_policy", "scales");
        var (mode, place, nearest) = (settings.Word("mode", "nearest"), settings.Word("coordinate_transformation_mode", "half_pixel"),
            settings.Word("nearest_mode", "round_prefer_floor"));
        double[] scales = node.Inputs.Skip(1).Select(input => input.Length == 0 ? null : graph.Constant(input))
            .FirstOrDefault(constant => constant is { IsReadable: true, IsReal: true, Count: 4 }) is { } found
                ? [found[0], found[1], found[2], found[3]]
                : [];
        var isOld = node.Operator == "Upsample";
        return scales is [1, 1, var factor, var same] && factor == same && factor is >= 1 and <= 1024 && factor == Math.Floor(factor)
            && mode == "nearest" && (isOld || place == "asymmetric" ? isOld || nearest == "floor" : place == "half_pixel" && factor <= 2)
                ? new ImportedLayer(node, new Upsampling((int)factor))
                : throw node.Wrong(
                    $"resizes by {(scales.Length == 0 ? "what is no constant" : string.Join(" × ", scales))} ({mode}, {place}, "
                    + $"{nearest}): only nearest neighbours by one whole factor, asymmetric and floor, are read");
    }

    private static TPooling Pooled<TPooling>(NodeMessage node, NodeSettings settings, TPooling blank)
        where TPooling : PoolingLayer
    {
        settings.Require("ceil_mode", 0, "it says whether partial windows count", 0, 1);
        if (Pair(node, settings, "dilations") != (1, 1))
        {
            throw node.Wrong("has dilations, which poolings here do not have: expected 1");
        }

        if (settings.Wholes("kernel_shape") is not [var height, var width] || height is < 1 or > GreatestSetting
            || width is < 1 or > GreatestSetting)
        {
            throw node.Wrong("kernel_shape is missing or is not rows and columns: only poolings of images are read");
        }

        return Windowed(node, settings, blank with { IncludesPartialWindows = settings.Whole("ceil_mode", 0) == 1 },
            ((int)height, (int)width));
    }

    private static TLayer Windowed<TLayer>(NodeMessage node, NodeSettings settings, TLayer blank, (int Height, int Width) kernel)
        where TLayer : WindowLayer
    {
        var given = settings.Wholes("kernel_shape");
        if (!given.IsEmpty && !given.SequenceEqual([(long)kernel.Height, kernel.Width]))
        {
            throw node.Wrong($"kernel_shape is {string.Join(" × ", given)}, the weights are for {kernel.Height} × {kernel.Width}");
        }

        var stride = Pair(node, settings, "strides");
        return (TLayer)(blank with
        {
            KernelHeight = kernel.Height,
            KernelWidth = kernel.Width,
            StrideHeight = stride.Height,
            StrideWidth = stride.Width,
            Padding = PaddingOf(node, settings),
        });
    }

    private static Padding PaddingOf(NodeMessage node, NodeSettings settings)
    {
        var pads = settings.Wholes("pads");
        return settings.Word("auto_pad", "NOTSET") switch
        {
            "SAME_UPPER" => Padding.Same,
            "VALID" => Padding.Valid,
            "NOTSET" when pads.IsEmpty || pads.All(pad => pad == 0) => Padding.Valid,
            "NOTSET" when pads is [var top, var left, var bottom, var right] && pads.All(pad => pad is >= 0 and <= GreatestSetting) =>
                Padding.Of((int)top, (int)bottom, (int)left, (int)right),
            "NOTSET" => throw node.Wrong($"pads are {string.Join(", ", pads)}, expected four numbers of 0 or more"),
            var other => throw node.Wrong($"auto_pad is \"{other}\", expected NOTSET, VALID or SAME_UPPER: export it with pads in numbers"),
        };
    }

    private static (int Height, int Width) Pair(NodeMessage node, NodeSettings settings, string name) => settings.Wholes(name) switch
    {
        [] => (1, 1),
        [>= 1 and <= GreatestSetting and var height, >= 1 and <= GreatestSetting and var width] => ((int)height, (int)width),
        var other => throw node.Wrong($"{name} are {string.Join(", ", other)}, expected two numbers of 1 or more, for rows and columns"),
    };
}
