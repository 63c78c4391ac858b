using System.Collections.Immutable;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// Writes models as ONNX, the exchange format that ONNX Runtime, OpenCV, TensorRT and others run (https://onnx.ai). The graph is that of
/// prediction: input [n × inputs], output [n × outputs], n is free; dropout and noise are gone. Images go in as everywhere in ONNX, [n ×
/// channels × rows × columns]: here they lie channel beside channel.
/// </summary>
public static class OnnxExport
{
    private const int MinOpset = 13;
    private const int GreatestOpset = 17;

    /// <summary>
    /// The model as the bytes of an ONNX file. A model in double is rounded to float unless the options say otherwise.
    /// The error names all layers that have no form in ONNX, and what is wrong with the options.
    /// </summary>
    public static Either<Error, byte[]> ToOnnx<T>(this Model<T> model, OnnxOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Build(model, options ?? new OnnxOptions()).Map(built =>
        {
            var bytes = new byte[built.Size];
            using var stream = new MemoryStream(bytes);
            built.Write(stream);
            return bytes;
        });

    /// <summary>
    /// Writes the model to an ONNX file, which appears whole or not at all; one that is there already is replaced. The error is that of
    /// <see cref="ToOnnx"/>, or says why the file cannot be written.
    /// </summary>
    public static Either<Error, Unit> SaveOnnx<T>(this Model<T> model, string path, OnnxOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Build(model, options ?? new OnnxOptions()).Bind(built => FileErrors.Writing(path, built.Write));

    private static Either<Error, (long Size, Action<Stream> Write)> Build<T>(Model<T> model, OnnxOptions options)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var isDouble = options.KeepsDouble && typeof(T) == typeof(double);
        var graph = new GraphBuilder(options.Opset, isDouble, options.InputName, options.OutputName, Labelling.Name);
        graph.Errors.AddRange(Mistakes(options, model.Network));
        if (graph.Errors.Count == 0)
        {
            var message = Message(model, options, graph, isDouble);
            if (graph.Errors.Count == 0)
            {
                var built = FieldWriter.Measure(message);
                if (built.Size <= Array.MaxLength)
                {
                    return built;
                }

                graph.Errors.Add($"the model takes {built.Size} bytes, an ONNX file holds up to {Array.MaxLength}");
            }
        }

        return Error.New($"the model cannot be written as ONNX: {string.Join(Environment.NewLine, graph.Errors)}");
    }

    private static ModelMessage Message<T>(Model<T> model, OnnxOptions options, GraphBuilder graph, bool isDouble)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var network = model.Network;
        var value = new NetworkWalk<T>(model, graph, options).Through(options.InputName);
        var output = value.Name;
        if (output == options.InputName)
        {
            output = graph.Add("Identity", "identity", [output], []);
        }

        if (options.AddsLabel)
        {
            Labelling.Add(graph, ImageLayout.Rows(graph, Labelling.Name, value with { Name = output }), network.Outputs);
        }

        var type = isDouble ? TensorMessage.DoubleType : TensorMessage.FloatType;
        var rows = new OnnxDimension(null, "n");
        ValueMessage[] outputs =
            [new(options.OutputName, type, Dimensions(rows, network.Shapes[^1])),
                new(Labelling.Name, TensorMessage.Int64Type, [rows])];
        return new ModelMessage
        {
            IrVersion = options.Opset >= 15 ? 8 : 7,
            Opset = options.Opset,
            Producer = nameof(FunctionalNN),
            ProducerVersion = typeof(OnnxExport).Assembly.GetName().Version!.ToString(3),
            Description = options.Description,
            Metadata = [.. Metadata(options, model.LabelNames, model.InputNames)],
            Graph = new GraphMessage(
                graph.NodesWith(output, options.OutputName),
                [.. graph.Tensors],
                [new ValueMessage(options.InputName, type, Dimensions(rows, network.Input))],
                [.. outputs.Take(options.AddsLabel ? 2 : 1)])
            {
                Name = "network",
                Description = network.ToString(),
            },
        };
    }

    private static ImmutableArray<OnnxDimension> Dimensions(OnnxDimension rows, Shape shape) => shape.Image is { } image
        ? [rows, new OnnxDimension(image.Channels, ""), new OnnxDimension(image.Height, ""), new OnnxDimension(image.Width, "")]
        : [rows, new OnnxDimension(shape.Width, "")];

    internal static IEnumerable<string> Mistakes(OnnxOptions options, Network network)
    {
        if (options.Opset is < MinOpset or > GreatestOpset)
        {
            yield return $"the opset is {options.Opset}, expected {MinOpset} to {GreatestOpset}";
        }

        string[] names = options.AddsLabel
            ? [options.InputName, options.OutputName, Labelling.Name]
            : [options.InputName, options.OutputName];
        if (names.Any(string.IsNullOrEmpty) || names.Distinct().Count() < names.Length)
        {
            yield return $"the input and outputs are named {string.Join(", ", names.Select(name => $"\"{name}\""))}: give each a name "
                + $"of its own";
        }

        var classes = Math.Max(2, network.Outputs);
        if (options.Labels.Length > 0 && options.Labels.Length != classes)
        {
            yield return $"{options.Labels.Length} labels were given for {classes} classes: give one a class";
        }

        if (options.Labels.Length > 0 && options.Metadata.ContainsKey(Labelling.Key))
        {
            yield return $"the metadata has the key \"{Labelling.Key}\", and Labels were given: leave one of them out";
        }
    }

    private static IEnumerable<EntryMessage> Metadata(OnnxOptions options, ImmutableArray<string> labels, ImmutableArray<string> inputs)
    {
        var names = options.Labels.IsDefaultOrEmpty ? labels : options.Labels;
        foreach (var entry in options.Metadata)
        {
            yield return new EntryMessage(entry.Key, entry.Value);
        }

        foreach (var (key, words) in new[] { (Labelling.Key, names), (Labelling.InputsKey, inputs) })
        {
            if (!words.IsEmpty && !options.Metadata.ContainsKey(key))
            {
                yield return new EntryMessage(key, JsonSerializer.Serialize([.. words], LabelJson.Default.StringArray));
            }
        }
    }
}

/// <summary>Labels in JSON, without reflection.</summary>
[JsonSerializable(typeof(string[]))]
internal sealed partial class LabelJson : JsonSerializerContext;
