namespace FunctionalNN;

/// <summary>
/// Reads nodes that work number by number and start from one value as one formula: what the export of an activation of one's own is, and
/// what other systems compose. It reaches back to the nearest value that all of it comes from and that a layer makes.
/// </summary>
internal sealed class FormulaReader(GraphIndex graph)
{
    private const string Name = "Formula";
    private const int MaxNodes = 512;

    /// <summary>Operators that are layers by themselves, and parts of formulas.</summary>
    private static readonly string[] Layers = ["Relu", "Sigmoid", "Tanh", "Softplus", "HardSigmoid"];

    private readonly Dictionary<string, FormulaNode> known = [];

    /// <summary>The activation that a value is the output of, and the value that goes in; null where it is none.</summary>
    public static (ImportedLayer Layer, string Input)? Of(GraphIndex graph, NodeMessage node, string value) =>
        !Layers.Contains(node.Operator) && InputOf(graph, value) is { } input && !IsAffine(graph, value, input)
        && new FormulaReader(graph).Read(value, input) is { } formula
            ? (new ImportedLayer(node, new GraphActivation(Name, formula)), input)
            : null;

    /// <summary>Whether there are only steps with constants between two values: those go into dense layers, see
    /// <see cref="AffineStep"/>.</summary>
    private static bool IsAffine(GraphIndex graph, string value, string input)
    {
        while (value != input)
        {
            if (graph.Maker(value) is not { Operator: "Add" or "Sub" or "Mul" or "Div" or "Neg" } node
                || node.Inputs.Where(operand => graph.Constant(operand) is null).ToArray() is not [var only]
                || (node.Operator == "Div" && node.Inputs[0] != only))
            {
                return false;
            }

            value = only;
        }

        return true;
    }

    /// <summary>The value that a formula starts from; null where there are two, or a node that does not work number by number.</summary>
    private static string? InputOf(GraphIndex graph, string value)
    {
        // By the places of the nodes that make them: what is made last is looked into first.
        var open = new SortedSet<(int Place, string Value)> { (graph.PlaceOf(value), value) };
        string? sum = null;
        for (var i = 0; i < MaxNodes; i++)
        {
            var (_, last) = open.Max;
            if (i > 0 && open.Count == 1 && graph.Maker(value) is { Operator: "Add" } whole && whole.Inputs.Contains(last))
            {
                return null; // x + f(x), a residual.
            }

            if (i > 0 && open.Count == 1 && IsLayer(graph, last))
            {
                return last;
            }

            if (!IsPart(graph, last))
            {
                return sum;
            }

            // A sum is part of the formula, or a residual's where one of its terms is none.
            sum ??= i > 0 && open.Count == 1 && graph.Maker(last)!.Operator == "Add" ? last : null;

            open.Remove(open.Max);
            foreach (var input in graph.Maker(last)!.Inputs.Where(input => input.Length > 0 && graph.Constant(input) is null))
            {
                open.Add((graph.PlaceOf(input), input));
            }

            if (open.Count == 0)
            {
                return sum;
            }
        }

        return sum;
    }

    private static bool IsPart(GraphIndex graph, string value) => graph.Maker(value) is { } node && FormulaOperators.IsPart(graph, node);

    private static bool IsLayer(GraphIndex graph, string value) =>
        !IsPart(graph, value) || Layers.Contains(graph.Maker(value)!.Operator)
            || Compositions.Of(graph, graph.Maker(value)!, value) is not null;

    private FormulaGraph? Read(string value, string input)
    {
        known[input] = FormulaNode.X;
        try
        {
            return FormulaGraph.Of(Node(value));
        }
        catch (Exception fault) when (fault is NotSupportedException or ArgumentException)
        {
            return null;
        }
    }

    private FormulaNode Node(string value)
    {
        if (!known.TryGetValue(value, out var node))
        {
            known.Add(value, node = graph.Constant(value) is { } constant ? FormulaNode.Constant(constant[0])
                : FormulaOperators.Of(graph, graph.Maker(value)!, Node));
        }

        return node;
    }
}
