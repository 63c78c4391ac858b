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
    private static readonly string[] Layers = ["Relu", "Sigmoid", "Tanh", "Softplus"];

    private static readonly string[] Parts =
        [.. Layers, "Add", "Sub", "Mul", "Div", "Neg", "Abs", "Sqrt", "Exp", "Log", "Erf", "Reciprocal", "Pow", "Max", "Min", "Where",
            "Less", "LessOrEqual", "Greater", "GreaterOrEqual", "Equal"];

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
            foreach (var input in graph.Maker(last)!.Inputs.Where(input => graph.Constant(input) is null))
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

    private static bool IsPart(GraphIndex graph, string value) =>
        graph.Maker(value) is { Domain: "", Attributes.IsEmpty: true } node && Parts.Contains(node.Operator)
        && node.Inputs.All(input => input.Length > 0
            && (graph.Constant(input) is not { } constant || constant is { IsReadable: true, IsReal: true, Count: 1, Shape.Length: <= 1 }));

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
            known.Add(value, node = graph.Constant(value) is { } constant ? FormulaNode.Constant(constant[0]) : Node(graph.Maker(value)!));
        }

        return node;
    }

    private FormulaNode Node(NodeMessage node)
    {
        FormulaNode One(FormulaOperation operation) => FormulaNode.Of(operation, Node(node.Inputs[0]));
        FormulaNode Two(FormulaOperation operation) => FormulaNode.Of(operation, Node(node.Inputs[0]), Node(node.Inputs[1]));
        return (node.Operator, node.Inputs.Length) switch
        {
            ("Add", 2) => Two(FormulaOperation.Add),
            ("Sub", 2) => Two(FormulaOperation.Subtract),
            ("Mul", 2) => Two(FormulaOperation.Multiply),
            ("Div", 2) => Two(FormulaOperation.Divide),
            ("Max", 2) => Two(FormulaOperation.Max),
            ("Min", 2) => Two(FormulaOperation.Min),
            ("Where", 3) => Choice(node),
            ("Pow", 2)
                when graph.Constant(node.Inputs[1]) is { } two && two[0] == 2 =>
                    FormulaNode.Of(FormulaOperation.Multiply, Node(node.Inputs[0]), Node(node.Inputs[0])),
            ("Relu", 1) => FormulaNode.Of(FormulaOperation.Max, Node(node.Inputs[0]), FormulaNode.Constant(0)),
            ("Reciprocal", 1) => FormulaNode.Of(FormulaOperation.Divide, FormulaNode.Constant(1), Node(node.Inputs[0])),

            // erf x = 2·Φ(√2·x) − 1.
            ("Erf", 1) =>
                FormulaNode.Of(FormulaOperation.Subtract, FormulaNode.Of(FormulaOperation.Multiply, FormulaNode.Constant(2),
                FormulaNode.Of(
                FormulaOperation.NormalCumulative,
                FormulaNode.Of(FormulaOperation.Multiply, FormulaNode.Constant(Math.Sqrt(2)), Node(node.Inputs[0])))),
                    FormulaNode.Constant(1)),
            ("Neg", 1) => One(FormulaOperation.Negate),
            ("Abs" or "Sqrt" or "Exp" or "Log" or "Sigmoid" or "Tanh" or "Softplus", 1) => One(Enum.Parse<FormulaOperation>(node.Operator)),
            _ => throw new NotSupportedException(node.Operator),
        };
    }

    private FormulaNode Choice(NodeMessage node)
    {
        var condition = graph.Maker(node.Inputs[0]) is { Inputs.Length: 2 } maker ? maker : throw new NotSupportedException(node.Operator);
        var (a, b) = (Node(condition.Inputs[0]), Node(condition.Inputs[1]));
        var (operation, left, right) = condition.Operator switch
        {
            "Less" => (FormulaOperation.IfLess, a, b),
            "Greater" => (FormulaOperation.IfLess, b, a),
            "LessOrEqual" => (FormulaOperation.IfLessOrEqual, a, b),
            "GreaterOrEqual" => (FormulaOperation.IfLessOrEqual, b, a),
            "Equal" => (FormulaOperation.IfEqual, a, b),
            _ => throw new NotSupportedException(condition.Operator),
        };
        return FormulaNode.Of(operation, left, right, Node(node.Inputs[1]), Node(node.Inputs[2]));
    }
}
