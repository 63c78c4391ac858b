namespace FunctionalNN;

/// <summary>What operators that work number by number are as formulas.</summary>
internal static class FormulaOperators
{
    private static readonly string[] Plain =
    [
        "Relu", "Sigmoid", "Tanh", "Softplus", "Add", "Sub", "Mul", "Div", "Neg", "Abs", "Sqrt", "Exp", "Log", "Erf", "Reciprocal", "Pow",
        "Max", "Min", "Where", "Less", "LessOrEqual", "Greater", "GreaterOrEqual", "Equal", "HardSwish", "Softsign", "Mish",
    ];

    /// <summary>Whether a node can be a part of a formula: known settings, and single numbers for constants.</summary>
    public static bool IsPart(GraphIndex graph, NodeMessage node) =>
        node.Domain.Length == 0 && node.Outputs.Length == 1 && HasKnownSettings(node)
        && node.Inputs.Index().All(input => input.Item.Length == 0
            ? node.Operator == "Clip" && input.Index > 0
            : graph.Constant(input.Item) is not { } constant
                || constant is { IsReadable: true, IsReal: true, Count: 1, Shape.Length: <= 1 });

    /// <summary>Whether the operator is one of those that work number by number.</summary>
    public static bool Knows(NodeMessage node) => node.Domain.Length == 0 && Plain.Contains(node.Operator);

    /// <summary>The formula of a node from those of its inputs.</summary>
    /// <exception cref="NotSupportedException">The operator with these inputs and settings is none of those known here.</exception>
    public static FormulaNode Of(GraphIndex graph, NodeMessage node, Func<string, FormulaNode> formula)
    {
        FormulaNode Input(int i) => formula(node.Inputs[i]);
        FormulaNode One(FormulaOperation operation) => FormulaNode.Of(operation, Input(0));
        FormulaNode Two(FormulaOperation operation) => FormulaNode.Of(operation, Input(0), Input(1));
        return (node.Operator, node.Inputs.Length) switch
        {
            ("Add", 2) => Two(FormulaOperation.Add),
            ("Sub", 2) => Two(FormulaOperation.Subtract),
            ("Mul", 2) => Two(FormulaOperation.Multiply),
            ("Div", 2) => Two(FormulaOperation.Divide),
            ("Max", 2) => Two(FormulaOperation.Max),
            ("Min", 2) => Two(FormulaOperation.Min),
            ("Where", 3) => Choice(graph, node, formula),
            ("Pow", 2) when graph.Constant(node.Inputs[1]) is { } two && two[0] == 2 => Product(Input(0), Input(0)),
            ("Relu", 1) => FormulaNode.Of(FormulaOperation.Max, Input(0), FormulaNode.Constant(0)),
            ("Reciprocal", 1) => Quotient(FormulaNode.Constant(1), Input(0)),
            ("Erf", 1) => Erf(Input(0)),
            ("Neg", 1) => One(FormulaOperation.Negate),
            ("Abs" or "Sqrt" or "Exp" or "Log" or "Sigmoid" or "Tanh" or "Softplus", 1) => One(Enum.Parse<FormulaOperation>(node.Operator)),
            ("Clip", >= 1 and <= 3) => Clip(node, Input),
            ("HardSigmoid", 1) => HardSigmoid(Input(0), Setting(node, "alpha", 0.2), Setting(node, "beta", 0.5)),
            ("HardSwish", 1) => Product(Input(0), HardSigmoid(Input(0), 1.0 / 6, 0.5)),
            ("Softsign", 1) => Quotient(Input(0), Sum(FormulaNode.Constant(1), One(FormulaOperation.Abs))),
            ("Mish", 1) => Product(Input(0), FormulaNode.Of(FormulaOperation.Tanh, One(FormulaOperation.Softplus))),
            ("ThresholdedRelu", 1) =>
                FormulaNode.Of(FormulaOperation.IfLess, FormulaNode.Constant(Setting(node, "alpha", 1)), Input(0), Input(0),
                    FormulaNode.Constant(0)),
            ("Celu", 1) => Celu(node, Input(0), Setting(node, "alpha", 1)),
            _ => throw new NotSupportedException(node.Operator),
        };
    }

    private static bool HasKnownSettings(NodeMessage node) => node.Operator switch
    {
        "Clip" => node.Attributes.All(attribute => attribute is { Name: "min" or "max", IsReal: true }),
        "HardSigmoid" => node.Attributes.All(attribute => attribute is { Name: "alpha" or "beta", IsReal: true }),
        "Celu" or "ThresholdedRelu" => node.Attributes.All(attribute => attribute is { Name: "alpha", IsReal: true }),
        _ => node.Attributes.IsEmpty && Plain.Contains(node.Operator),
    };

    private static double Setting(NodeMessage node, string name, double otherwise) =>
        node.Attributes.FirstOrDefault(attribute => attribute.Name == name) is { } found
            ? NodeSettings.Shortest(found.RealValue)
            : otherwise;

    private static FormulaNode Sum(FormulaNode a, FormulaNode b) => FormulaNode.Of(FormulaOperation.Add, a, b);

    private static FormulaNode Product(FormulaNode a, FormulaNode b) => FormulaNode.Of(FormulaOperation.Multiply, a, b);

    private static FormulaNode Quotient(FormulaNode a, FormulaNode b) => FormulaNode.Of(FormulaOperation.Divide, a, b);

    private static FormulaNode Between(FormulaNode x, FormulaNode? least, FormulaNode? most)
    {
        x = least is null ? x : FormulaNode.Of(FormulaOperation.Max, x, least);
        return most is null ? x : FormulaNode.Of(FormulaOperation.Min, x, most);
    }

    /// <summary>erf x = 2·Φ(√2·x) − 1.</summary>
    private static FormulaNode Erf(FormulaNode x) => FormulaNode.Of(FormulaOperation.Subtract,
        Product(FormulaNode.Constant(2), FormulaNode.Of(FormulaOperation.NormalCumulative, Product(FormulaNode.Constant(Math.Sqrt(2)), x))),
        FormulaNode.Constant(1));

    /// <summary>The bounds are settings before opset 11, then inputs that may be left out.</summary>
    private static FormulaNode Clip(NodeMessage node, Func<int, FormulaNode> input)
    {
        FormulaNode? Bound(int i, string name) =>
            i < node.Inputs.Length && node.Inputs[i].Length > 0 ? input(i)
            : node.Attributes.Any(attribute => attribute.Name == name) ? FormulaNode.Constant(Setting(node, name, 0))
            : null;
        return Between(input(0), Bound(1, "min"), Bound(2, "max"));
    }

    private static FormulaNode HardSigmoid(FormulaNode x, double slope, double middle) =>
        Between(Sum(Product(FormulaNode.Constant(slope), x), FormulaNode.Constant(middle)), FormulaNode.Constant(0),
            FormulaNode.Constant(1));

    /// <summary>x above 0, α·(e^(x/α) − 1) below.</summary>
    private static FormulaNode Celu(NodeMessage node, FormulaNode x, double alpha) => alpha == 0
        ? throw new NotSupportedException(node.Operator)
        : FormulaNode.Of(FormulaOperation.IfLess, x, FormulaNode.Constant(0),
            Product(FormulaNode.Constant(alpha), FormulaNode.Of(FormulaOperation.ExpMinusOne,
                Quotient(FormulaNode.Of(FormulaOperation.Min, x, FormulaNode.Constant(0)), FormulaNode.Constant(alpha)))), x);

    private static FormulaNode Choice(GraphIndex graph, NodeMessage node, Func<string, FormulaNode> formula)
    {
        var condition = graph.Maker(node.Inputs[0]) is { Inputs.Length: 2 } maker ? maker : throw new NotSupportedException(node.Operator);
        var (a, b) = (formula(condition.Inputs[0]), formula(condition.Inputs[1]));
        var (operation, left, right) = condition.Operator switch
        {
            "Less" => (FormulaOperation.IfLess, a, b),
            "Greater" => (FormulaOperation.IfLess, b, a),
            "LessOrEqual" => (FormulaOperation.IfLessOrEqual, a, b),
            "GreaterOrEqual" => (FormulaOperation.IfLessOrEqual, b, a),
            "Equal" => (FormulaOperation.IfEqual, a, b),
            _ => throw new NotSupportedException(condition.Operator),
        };
        return FormulaNode.Of(operation, left, right, formula(node.Inputs[1]), formula(node.Inputs[2]));
    }
}
