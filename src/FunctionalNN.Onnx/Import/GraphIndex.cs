namespace FunctionalNN;

/// <summary>A graph's values by name: which node makes them, or which constants they are. Each name is given once, before it is used: so
/// there is no cycle.</summary>
internal sealed class GraphIndex
{
    private const long MinRoom = 1 << 16;
    private const long TimesConstants = 16;

    private readonly Dictionary<string, TensorMessage> constants = [];
    private readonly Dictionary<string, int> makers = [];
    private readonly ConstantFolding folding;
    private readonly GraphMessage graph;

    public GraphIndex(GraphMessage graph)
    {
        this.graph = graph;
        folding = new ConstantFolding(Constant, MinRoom + (TimesConstants * graph.Tensors.Sum(tensor => (long)tensor.Count)));
        foreach (var tensor in graph.Tensors)
        {
            if (tensor.Name.Length == 0 || !constants.TryAdd(tensor.Name, tensor))
            {
                throw new OnnxFault($"the initializer \"{tensor.Name}\" is there twice or has no name");
            }
        }

        // Before IR version 4 constants were listed among the inputs, too.
        ValueMessage[] inputs = [.. graph.Inputs.Where(input => !constants.ContainsKey(input.Name))];
        Input = inputs.Length == 1 && inputs[0].Name.Length > 0
            ? inputs[0]
            : throw new OnnxFault(
                $"the graph has {inputs.Length} inputs"
                    + $"{(inputs.Length > 1 ? $" ({string.Join(", ", inputs.Take(9).Select(input => input.Name))})" : "")}, expected one "
                    + $"with a name");
        makers[Input.Name] = -1;
        for (var i = 0; i < graph.Nodes.Length; i++)
        {
            Add(graph.Nodes[i], i);
        }
    }

    public ValueMessage Input { get; }

    /// <summary>The constants that a value is, or null.</summary>
    public TensorMessage? Constant(string value) => constants.GetValueOrDefault(value);

    /// <summary>Whether there is a value of this name.</summary>
    public bool Knows(string value) => makers.ContainsKey(value) || constants.ContainsKey(value);

    /// <summary>Whether a node works on constants alone, which could not be computed here.</summary>
    public bool IsOfConstants(NodeMessage node) =>
        node.Inputs.Length > 0 && node.Inputs.All(input => input.Length == 0 || constants.ContainsKey(input));

    /// <summary>The place of the node that makes a value; −1 for the graph's input.</summary>
    public int PlaceOf(string value) =>
        makers.TryGetValue(value, out var place)
            ? place
            : throw new OnnxFault($"the value \"{value}\" is made by no node, and is neither the input nor an initializer");

    /// <summary>The node that makes a value, as its first output; null where there is none.</summary>
    public NodeMessage? Maker(string value) =>
        makers.TryGetValue(value, out var place) && place >= 0 && graph.Nodes[place].Outputs[0] == value ? graph.Nodes[place] : null;

    private void Add(NodeMessage node, int place)
    {
        foreach (var input in node.Inputs)
        {
            if (input.Length > 0 && !makers.ContainsKey(input) && !constants.ContainsKey(input))
            {
                throw node.Wrong($"takes \"{input}\", which no node before it makes and which is neither the input nor an initializer");
            }
        }

        foreach (var output in node.Outputs)
        {
            if (output.Length > 0 && (constants.ContainsKey(output) || !makers.TryAdd(output, place)))
            {
                throw node.Wrong($"makes \"{output}\", which is there already");
            }
        }

        if (folding.Of(node) is { } constant)
        {
            makers.Remove(node.Outputs[0]);
            constants[node.Outputs[0]] = constant;
        }
    }
}
