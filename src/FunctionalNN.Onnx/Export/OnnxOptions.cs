using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>The nodes for a layer.</summary>
/// <param name="layer">A layer of the network, also one of the library's own.</param>
/// <param name="nodes">Takes the nodes, and has the layer's numbers.</param>
/// <param name="input">The name of the value that comes in: [n × in], of images [n × channels × rows × columns].</param>
/// <returns>The name of the value that goes out, of the same form, or null to leave the layer to the rules that follow.</returns>
public delegate string? OnnxRule(Layer layer, OnnxNodes nodes, string input);

/// <summary>How a model is written as ONNX.</summary>
public sealed record OnnxOptions
{
    /// <summary>
    /// The version of ONNX's operators, 13 to 17; 13 by default, which runtimes since 2020 load. From 17 on layer normalisation
    /// is one operator, before it is composed of nine.
    /// </summary>
    public int Opset { get; init; } = 13;

    /// <summary>
    /// Whether a <see cref="BatchNormalization"/> behind a <see cref="Dense"/> or <see cref="Convolution"/> goes into its weights, computed
    /// in double; else it stays an operator of its own. Runtimes such as ONNX Runtime fold it themselves when they load the file.
    /// <see cref="Rules"/> are not asked for the two then.
    /// </summary>
    public bool FoldsBatchNormalization { get; init; }

    /// <summary>
    /// Whether a model in double stays one; else it is rounded to float. ONNX Runtime 1.31 has no Elu, Selu, LeakyRelu, PRelu, HardSigmoid,
    /// Softplus and Erf (the exact Gelu) in double. Settings such as ε and slopes are float in ONNX either way.
    /// </summary>
    public bool KeepsDouble { get; init; }

    /// <summary>The name of the input: [n × inputs], of a network for images [n × channels × rows × columns]; n is free.</summary>
    public string InputName { get; init; } = "input";

    /// <summary>The name of the output: [n × outputs], of a network that ends in images [n × channels × rows × columns].</summary>
    public string OutputName { get; init; } = "output";

    /// <summary>
    /// Whether there is a second output "label", whole numbers [n]: for each row what
    /// <see cref="Model{T}.PredictClasses(Matrix{T}, Parallelism?)"/> gives.
    /// </summary>
    public bool AddsLabel { get; init; }

    /// <summary>The classes' names, one an output (two where there is one output), those of the model by default; kept among the
    /// file's metadata under "labels" as a JSON array.</summary>
    public ImmutableArray<string> Labels { get; init; } = [];

    /// <summary>More metadata, by key.</summary>
    public ImmutableSortedDictionary<string, string> Metadata { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>What the model is, in words; the network's table stands in the graph's description in any case.</summary>
    public string Description { get; init; } = "";

    /// <summary>The nodes for layers of your own. Each layer goes to the first rule that gives an output; without one, to the
    /// library's.</summary>
    public ImmutableArray<OnnxRule> Rules { get; init; } = [];

    /// <summary>The settings that differ from those unsaid.</summary>
    public override string ToString() => $"OnnxOptions {{ {string.Join(", ", Words())} }}";

    private IEnumerable<string> Words()
    {
        yield return $"Opset = {Opset}";
        yield return $"{InputName} → {OutputName}{(AddsLabel ? " and label" : "")}";
        if (FoldsBatchNormalization)
        {
            yield return "folds batch normalisation";
        }

        if (KeepsDouble)
        {
            yield return "keeps double";
        }

        if (!Labels.IsDefaultOrEmpty)
        {
            yield return $"labels {string.Join(" ", Labels)}";
        }

        if (!Metadata.IsEmpty)
        {
            yield return $"metadata {string.Join(", ", Metadata.Select(entry => $"{entry.Key} = {entry.Value}"))}";
        }

        if (!Rules.IsDefaultOrEmpty)
        {
            yield return $"{Rules.Length} rules";
        }
    }
}
