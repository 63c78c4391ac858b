using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>Gathers nodes and constants under names that are each given once, and what is wrong on the way.</summary>
/// <param name="opset">The version of the operators.</param>
/// <param name="isDouble">Whether numbers are written as double, else as float.</param>
/// <param name="taken">Names that are not to be given: the graph's inputs and outputs.</param>
internal sealed class GraphBuilder(int opset, bool isDouble, params ReadOnlySpan<string> taken)
{
    private readonly System.Collections.Generic.HashSet<string> names = [.. taken];
    private readonly List<NodeMessage> nodes = [];
    private readonly List<TensorMessage> tensors = [];

    public int Opset { get; } = opset;

    public List<string> Errors { get; } = [];

    public IReadOnlyList<TensorMessage> Tensors => tensors;

    public IReadOnlyList<NodeMessage> Nodes => nodes;

    public string Add(string type, string name, ImmutableArray<string> inputs, ImmutableArray<OnnxSetting> attributes, string domain = "")
    {
        foreach (var attribute in attributes.Where(attribute => attribute.IsReal && float.IsInfinity(attribute.RealValue)))
        {
            Errors.Add($"{name}: {attribute.Name} is too large for ONNX, which keeps settings as float");
        }

        var output = Unique(name);
        nodes.Add(new NodeMessage(type, output, inputs, [output]) { Attributes = attributes, Domain = domain });
        return output;
    }

    /// <summary>Whether a node has this output.</summary>
    public bool Makes(string value) => nodes.Exists(node => node.Outputs.Contains(value));

    /// <summary>Adds a node under a name that is one of the graph's outputs.</summary>
    public void AddAs(string output, string type, ImmutableArray<string> inputs, params ImmutableArray<OnnxSetting> attributes) =>
        nodes.Add(new NodeMessage(type, output, inputs, [output]) { Attributes = attributes });

    public string Constant(string name, ImmutableArray<long> shape, ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            if (!isDouble && double.IsFinite(value) && float.IsInfinity((float)value))
            {
                Errors.Add($"{name} holds {value}, which is too large for float: export with KeepsDouble = true");
                break;
            }
        }

        var tensor = TensorMessage.Of(Unique(name), shape, values, isDouble);
        tensors.Add(tensor);
        return tensor.Name;
    }

    /// <summary>A constant that stays double, whatever the network computes in.</summary>
    public string Double(string name, ImmutableArray<long> shape, params ReadOnlySpan<double> values)
    {
        var tensor = TensorMessage.Of(Unique(name), shape, values, isDouble: true);
        tensors.Add(tensor);
        return tensor.Name;
    }

    /// <summary>Numbers that operators take in float whatever the model's type.</summary>
    public string Single(string name, params ImmutableArray<float> values)
    {
        var tensor = TensorMessage.Of(Unique(name), [values.Length], [.. values.Select(value => (double)value)], isDouble: false);
        tensors.Add(tensor);
        return tensor.Name;
    }

    public string Constant(string name, params ReadOnlySpan<long> values)
    {
        var tensor = TensorMessage.Of(Unique(name), values);
        tensors.Add(tensor);
        return tensor.Name;
    }

    /// <summary>The nodes, in which one value has another name: the graph's output.</summary>
    public ImmutableArray<NodeMessage> NodesWith(string value, string name) =>
    [
        .. nodes.Select(node => node with
        {
            Inputs = [.. node.Inputs.Select(input => input == value ? name : input)],
            Outputs = [.. node.Outputs.Select(output => output == value ? name : output)],
        }),
    ];

    private string Unique(string name)
    {
        var unique = name;
        for (var i = 2; !names.Add(unique); i++)
        {
            unique = $"{name}_{i}";
        }

        return unique;
    }
}
