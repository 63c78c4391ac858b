using System.Collections.Immutable;

namespace FunctionalNN.Tests;

/// <summary>Files put together by hand, also such as no exporter would write.</summary>
internal static class GraphOf
{
    public static ModelMessage Nodes(params NodeMessage[] nodes) => new()
    {
        IrVersion = 8,
        Opset = 17,
        Graph = new GraphMessage([.. nodes],
            [Tensor("w", 2, 3), Tensor("v", 2, 2), Tensor("b", 3), Tensor("c", 2), Tensor("one"), Whole("flat", -1, 2)],
            [Value("x", null, 2)], [Value("y", null, 3)]),
    };

    public static NodeMessage Node(string type, string inputs, string outputs, params OnnxSetting[] settings) =>
        new(type, $"the {type}", [.. Split(inputs)], [.. Split(outputs)]) { Attributes = [.. settings] };

    /// <summary>The numbers 0.5, 1.5, 2.5 …</summary>
    public static TensorMessage Tensor(string name, params long[] shape) =>
        TensorMessage.Of(name, [.. shape],
            [.. Enumerable.Range(0, (int)shape.Aggregate(1L, (product, length) => product * length)).Select(i => i + 0.5)],
            isDouble: false);

    public static TensorMessage Whole(string name, params long[] values) => TensorMessage.Of(name, values);

    public static ValueMessage Value(string name, params long?[] shape) =>
        new(name, TensorMessage.FloatType, [.. shape.Select(length => new OnnxDimension(length, length is null ? "n" : ""))]);

    public static ModelMessage With(this ModelMessage model, Func<GraphMessage, GraphMessage> change) =>
        model with { Graph = change(model.Graph!) };

    public static ModelMessage With(this ModelMessage model, params TensorMessage[] more) =>
        model.With(graph => graph with { Tensors = [.. graph.Tensors, .. more] });

    public static byte[] Bytes(this IMessage message)
    {
        using var stream = new MemoryStream();
        FieldWriter.Measure(message).Write(stream);
        return stream.ToArray();
    }

    private static string[] Split(string names) => [.. names.Split(' ').Select(name => name == "-" ? "" : name)];
}
