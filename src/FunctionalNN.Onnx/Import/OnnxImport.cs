using System.Collections.Immutable;
using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>Makes a model of a message.</summary>
internal static class OnnxImport
{
    private const long MinOpset = 7;
    private const long GreatestOpset = 25;
    private const int MaxBefore = 8;
    private const long MinIrVersion = 3;
    private const long GreatestIrVersion = 13;

    /// <summary>The message in a file's bytes.</summary>
    public static ModelMessage Parse(byte[] bytes)
    {
        using var reader = new WireReader(bytes);
        try
        {
            var message = ModelMessage.Read(reader);
            return message.Graph is null ? throw new OnnxFault("there is no graph in it: it is no ONNX model")
                : message.IrVersion is < MinIrVersion or > GreatestIrVersion
                    ? throw new OnnxFault($"the format's version is {message.IrVersion}, expected {MinIrVersion} to {GreatestIrVersion}")
                : message.Opset is < MinOpset or > GreatestOpset
                    ? throw new OnnxFault(
                        $"the operators' version is {message.Opset}, expected {MinOpset} to {GreatestOpset}: the file is cut off, or was "
                            + $"made for other operators")
                : message;
        }
        catch (Google.Protobuf.InvalidProtocolBufferException)
        {
            throw reader.Wrong("the bytes here are no protocol buffer: the file is truncated, damaged or no ONNX model");
        }
    }

    /// <param name="message">The file.</param>
    /// <param name="output">The output to be read, or a value inside the graph; null for the first of real numbers.</param>
    public static Model<T> Model<T>(ModelMessage message, string? output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var index = new GraphIndex(message.Graph!);
        string[] outputs = [.. message.Graph!.Outputs.Select(value => value.Name)];
        if (outputs.Length == 0 || (output is not null && !outputs.Contains(output) && index.Maker(output) is null))
        {
            throw new OnnxFault(
                $"the graph has no output{(output is null ? "" : $" \"{output}\"; it has {string.Join(", ", outputs.Take(9))}")}");
        }

        var (value, labels) = Answer(message.Graph!, index, output);
        List<ImportedLayer> layers;
        try
        {
            layers = new ChainReader(index, message.Opset).Read(value);
        }
        catch (OnnxFault fault) when (outputs.Length > 1 || fault.Unread is not null)
        {
            var way = fault.Unread is { } unread && Before(index, unread, message.Opset) is { } before
                ? $"{fault.Message}, or read what comes before it, with output: \"{before}\""
                : fault.Message;
            throw outputs.Length == 1 ? new OnnxFault(way) : new OnnxFault(
                $"{way}; the output that was read is \"{output ?? value}\", the graph also has "
                    + $"{string.Join(", ", outputs.Where(other => other != (output ?? value)).Take(9).Select(other => $"\"{other}\""))}: "
                    + $"name another with output: …");
        }

        var isOfImages = layers.Exists(layer => layer.IsOfImages)
            || (message.Producer == nameof(FunctionalNN) && index.Input.Shape is { Length: 4 });
        var network = isOfImages ? OfImages(ref layers, index.Input) : OfRows(ref layers, message, index);
        return new Model<T>(
            network,
            Filled<T>(network.ParameterLayout, [.. layers.SelectMany(layer => layer.Parameters)]),
            Filled<T>(network.StatisticLayout, [.. layers.SelectMany(layer => layer.Statistics)]))
        {
            LabelNames = Fitting(labels.IsEmpty ? OnnxSummary.WordsIn(message, Labelling.Key) : labels, Math.Max(2, network.Outputs)),
            InputNames = Fitting(OnnxSummary.WordsIn(message, Labelling.InputsKey), network.Inputs),
        };
    }

    /// <summary>A network for images, [n × channels × rows × columns] in the file.</summary>
    private static Network OfImages(ref List<ImportedLayer> layers, ValueMessage input)
    {
        var image = ImageFlow.InputOf(input);
        layers = ImageFlow.Place(layers, image);
        return Created(Network.Create(image, [.. layers.Select(layer => layer.Layer).OfType<Layer>().DefaultIfEmpty(new Linear())]));
    }

    private static Network OfRows(ref List<ImportedLayer> layers, ModelMessage message, GraphIndex index)
    {
        if (layers.Find(layer => layer.Branches is not null) is { Branches: var (inner, way) } residual)
        {
            throw (inner.Concat(way).FirstOrDefault(layer => layer.Flattens) ?? residual).Node
                .Wrong("lies in a residual: shapes change only before the first layer");
        }

        var found = layers.Find(layer => layer.Layer is not null || layer.Flattens) is { Flattens: true };
        var declared =
            Widths.Declared(index.Input, found,
                message.Graph!.Nodes.Any(node => node is { Operator: "Cast", Domain: "", Inputs: [var cast] } && cast == index.Input.Name));
        var width = declared ?? Widths.Entry(layers)
            ?? throw new OnnxFault($"the input \"{index.Input.Name}\" is {index.Input.ShapeText}, and no layer tells its width");
        layers = AffineStep.Fold(layers, width);
        Widths.Through(layers, width);
        return Created(Network.Create(width, [.. layers.Select(layer => layer.Layer).OfType<Layer>().DefaultIfEmpty(new Linear())]));
    }

    private static Network Created(Validation<Error, Network> made) => made.Match(
        network => network,
        errors => throw new OnnxFault(string.Join("; ", errors.Map(error => error.Message))));

    /// <summary>The nearest value before a node that can be read; null where there is none but the input.</summary>
    private static string? Before(GraphIndex index, NodeMessage node, long opset)
    {
        for (var i = 0; i < MaxBefore; i++)
        {
            if (node.Inputs.FirstOrDefault(input => input.Length > 0 && index.Constant(input) is null) is not { } value
                || index.Maker(value) is not { } maker)
            {
                return null;
            }

            try
            {
                var layers = new ChainReader(index, opset).Read(value);
                return AffineStep.Fold(layers, Widths.Entry(layers)).Exists(layer => layer.Layer is not null) ? value : null;
            }
            catch (OnnxFault)
            {
                node = maker;
            }
        }

        return null;
    }

    /// <summary>The value that is to be read, and the names of its classes where a ZipMap tells them. Unless an output is named it is the
    /// first of real numbers.</summary>
    private static (string Value, ImmutableArray<string> Labels) Answer(GraphMessage graph, GraphIndex index, string? output)
    {
        var named = output
            ?? graph.Outputs.FirstOrDefault(value => value.ElementType is TensorMessage.FloatType or TensorMessage.DoubleType
                or TensorMessage.HalfType)?.Name
            ?? graph.Outputs.FirstOrDefault(value => index.Knows(value.Name) && index.Maker(value.Name) is { Operator: "ZipMap" })?.Name
            ?? graph.Outputs[0].Name;
        if (index.Maker(named) is not { Domain: "ai.onnx.ml", Operator: "ZipMap", Inputs: [{ Length: > 0 } zipped] } zip)
        {
            return (named, []);
        }

        var names = zip.Attributes.FirstOrDefault(attribute => attribute.IsWords) is { } words ? words.WordValues
            : zip.Attributes.FirstOrDefault(attribute => attribute.IsWholes) is { } wholes
                && !wholes.WholeValues.SequenceEqual(Enumerable.Range(0, wholes.WholeValues.Length).Select(i => (long)i))
                    ? [.. wholes.WholeValues.Select(whole => $"{whole}")]
            : ImmutableArray<string>.Empty;
        return (zipped, names);
    }

    private static ImmutableArray<string> Fitting(ImmutableArray<string> names, int count) => names.Length == count ? names : [];

    private static ParameterVector<T> Filled<T>(Layout layout, Numbers[] numbers)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var all = new T[layout.Count];
        for (var slot = 0; slot < numbers.Length; slot++)
        {
            var (layer, wanted, offset) = layout.Placements[slot];
            var values = all.AsSpan(offset, wanted.Count);
            for (var i = 0; i < values.Length; i++)
            {
                var value = numbers[slot].At(i);
                values[i] = T.CreateTruncating(value);
                if (double.IsFinite(value) && !T.IsFinite(values[i]))
                {
                    throw new OnnxFault($"{layer}.{wanted.Name} holds {value}, which is too large for float: read the model as double");
                }
            }
        }

        return new ParameterVector<T>(layout, all);
    }
}
