using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>Between images as they lie here (rows, columns, channels) and in ONNX (channels, rows, columns).</summary>
internal static class ImageLayout
{
    private static readonly ImmutableArray<long> ToLast = [0, 2, 3, 1];
    private static readonly ImmutableArray<long> ToFirst = [0, 3, 1, 2];

    /// <summary>The place here of each number there.</summary>
    public static int[] Places(ImageSize image) =>
    [
        .. from channel in Enumerable.Range(0, image.Channels)
           from pixel in Enumerable.Range(0, image.Plane)
           select (pixel * image.Channels) + channel,
    ];

    /// <summary>Whether the numbers lie in the same order here and there.</summary>
    public static bool IsSame(ImageSize image) => image.Channels == 1 || image.Plane == 1;

    /// <summary>Nodes that bring channels to the end.</summary>
    public static string ChannelsLast(GraphBuilder graph, string layer, string x) =>
        graph.Add("Transpose", $"{layer}/Transpose", [x], [OnnxSetting.Wholes("perm", ToLast)]);

    /// <summary>Nodes that bring channels to the front.</summary>
    public static string ChannelsFirst(GraphBuilder graph, string layer, string x) =>
        graph.Add("Transpose", $"{layer}/Transpose", [x], [OnnxSetting.Wholes("perm", ToFirst)]);

    /// <summary>A value as rows of numbers, in the order of here.</summary>
    public static string Rows(GraphBuilder graph, string layer, OnnxValue value) =>
        value.Image is not { } image ? value.Name : Flat(graph, layer, IsSame(image) ? value.Name : ChannelsLast(graph, layer, value.Name));

    /// <summary>Images as rows of numbers, in the order of there.</summary>
    public static string Flat(GraphBuilder graph, string layer, string x) =>
        graph.Add("Flatten", $"{layer}/Flatten", [x], [OnnxSetting.Whole("axis", 1)]);
}
