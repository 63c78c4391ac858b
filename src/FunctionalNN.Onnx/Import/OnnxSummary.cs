using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace FunctionalNN;

/// <summary>What an ONNX file says of itself.</summary>
/// <param name="Producer">The program that made it, and its version.</param>
/// <param name="Opset">The version of the standard operators.</param>
/// <param name="Description">What the model is, in words; may be empty.</param>
/// <param name="Inputs">The inputs with their shapes, such as "input: n × 4".</param>
/// <param name="Outputs">The outputs with their shapes.</param>
/// <param name="Operators">How often each operator is in it.</param>
/// <param name="Metadata">Notes by key.</param>
/// <param name="Labels">The classes' names, from the note "labels"; empty where there is none, or it is no JSON array of words.</param>
public sealed record OnnxSummary(
    string Producer,
    long Opset,
    string Description,
    ImmutableArray<string> Inputs,
    ImmutableArray<string> Outputs,
    ImmutableSortedDictionary<string, int> Operators,
    ImmutableSortedDictionary<string, string> Metadata,
    ImmutableArray<string> Labels)
{
    /// <summary>A table of two columns.</summary>
    public override string ToString() => TextTable.Of(
        ["ONNX model", ""],
        [
            ["producer", Producer],
            ["opset", Opset.ToString(CultureInfo.InvariantCulture)],
            ["description", Description],
            .. Inputs.Select(input => new[] { "input", input }),
            .. Outputs.Select(output => new[] { "output", output }),
            ["operators", string.Join(", ", Operators.Select(pair => pair.Value == 1 ? pair.Key : $"{pair.Value} {pair.Key}"))],
            .. Metadata.Select(pair => new[] { pair.Key, pair.Value }),
        ],
        left: 2);

    internal static OnnxSummary Of(ModelMessage message)
    {
        var graph = message.Graph!;
        var constants = graph.Tensors.Select(tensor => tensor.Name).ToHashSet();
        var metadata = message.Metadata.GroupBy(entry => entry.Key, StringComparer.Ordinal)
            .ToImmutableSortedDictionary(group => group.Key,
                group => group.Count() == 1 ? group.Single().Value : throw new OnnxFault($"the metadata has the key \"{group.Key}\" twice"),
                StringComparer.Ordinal);
        return new OnnxSummary(
            $"{message.Producer} {message.ProducerVersion}".Trim(),
            message.Opset,
            message.Description,
            [.. graph.Inputs.Where(input => !constants.Contains(input.Name)).Select(Named)],
            [.. graph.Outputs.Select(Named)],
            graph.Nodes.CountBy(node => node.Operator)
                .ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal),
            metadata,
            metadata.TryGetValue(Labelling.Key, out var labels) ? Words(labels) : []);
    }

    /// <summary>The words of a note that is a JSON array of them; none where there is no such note.</summary>
    internal static ImmutableArray<string> WordsIn(ModelMessage message, string key) =>
        message.Metadata.FirstOrDefault(entry => entry.Key == key) is { } entry ? Words(entry.Value) : [];

    private static string Named(ValueMessage value) => $"{value.Name}: {value.ShapeText}";

    private static ImmutableArray<string> Words(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, LabelJson.Default.StringArray) is { } words && !words.Contains(null) ? [.. words] : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
