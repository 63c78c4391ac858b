namespace FunctionalNN;

/// <summary>An expression that nodes may be: several nodes that together are one layer.</summary>
internal abstract record Pattern
{
    private static readonly string[] Commutative = ["Add", "Mul"];

    /// <summary>The value that the layer works on: the same wherever it stands.</summary>
    public static Pattern X { get; } = new Value("x");

    /// <summary>A value by name, the same wherever it stands.</summary>
    public static Pattern Any(string name) => new Value(name);

    /// <summary>Constants to be looked at under a name.</summary>
    public static Pattern Constants(string name) => new Tensor(name);

    /// <summary>A constant single number.</summary>
    public static Pattern Number(double expected) => new Scalar(expected);

    /// <summary>A node without settings.</summary>
    public static Pattern Node(string type, params Pattern[] inputs) => new Operation(type, inputs, node => node.Attributes.IsEmpty);

    /// <summary>The nodes that a formula is written as.</summary>
    public static Pattern Formula(IFormula formula) => new FormulaNodes<Pattern>(Node, Number).Add(FormulaGraph.Of(formula), X);

    /// <summary>The mean of each row, as a column.</summary>
    public static Pattern RowMean(Pattern x) => new Operation("ReduceMean", [x], node =>
        node.Attributes.All(attribute => attribute is { Name: "axes", WholeValues: [1 or -1] } or { Name: "keepdims", WholeValue: 1 })
            && node.Attributes.Any(attribute => attribute.Name == "axes"));

    /// <summary>The values and constants by name where a value is this expression, else null.</summary>
    public Dictionary<string, string>? Match(GraphIndex graph, string value)
    {
        if (this is Operation { Type: var type } && graph.Maker(value)?.Operator != type)
        {
            return null;
        }

        var found = new Dictionary<string, string>();
        return Matches(graph, value, found) ? found : null;
    }

    protected abstract bool Matches(GraphIndex graph, string value, Dictionary<string, string> found);

    private sealed record Value(string Name) : Pattern
    {
        protected override bool Matches(GraphIndex graph, string value, Dictionary<string, string> found) =>
            found.TryGetValue(Name, out var known) ? known == value : graph.Constant(value) is null && found.TryAdd(Name, value);
    }

    private sealed record Tensor(string Name) : Pattern
    {
        protected override bool Matches(GraphIndex graph, string value, Dictionary<string, string> found) =>
            graph.Constant(value) is { IsReadable: true, IsReal: true } && found.TryAdd(Name, value);
    }

    private sealed record Scalar(double Expected) : Pattern
    {
        protected override bool Matches(GraphIndex graph, string value, Dictionary<string, string> found) =>
            graph.Constant(value) is { IsReadable: true, IsReal: true, Count: 1 } constant
                && Math.Abs(constant[0] - Expected) <= 1e-6 * Math.Abs(Expected);
    }

    private sealed record Operation(string Type, Pattern[] Inputs, Func<NodeMessage, bool> IsFitting) : Pattern
    {
        protected override bool Matches(GraphIndex graph, string value, Dictionary<string, string> found)
        {
            if (graph.Maker(value) is not { Domain: "" } node || node.Operator != Type || node.Inputs.Length != Inputs.Length
                || !IsFitting(node))
            {
                return false;
            }

            // What a first attempt has found must not stay for the second.
            var kept = found.ToArray();
            if (AllMatch(graph, [.. node.Inputs], found))
            {
                return true;
            }

            found.Clear();
            foreach (var (name, one) in kept)
            {
                found.Add(name, one);
            }

            return Commutative.Contains(Type) && AllMatch(graph, [.. node.Inputs.Reverse()], found);
        }

        private bool AllMatch(GraphIndex graph, string[] values, Dictionary<string, string> found) =>
            Enumerable.Range(0, values.Length).All(i => Inputs[i].Matches(graph, values[i], found));
    }
}
