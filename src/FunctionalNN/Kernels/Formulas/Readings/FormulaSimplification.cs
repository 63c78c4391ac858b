namespace FunctionalNN;

/// <summary>
/// A formula as one would write it: without 0·a, 1·a, a + 0 and the like, which derivatives are full of, and with max and min for the
/// choices that they are. For text alone: at ±∞ and NaN the two differ, and so may the last bit. It is never longer than the formula, its
/// products with a sum written out: where results that are used twice would be written twice, the formula stays as it is.
/// </summary>
internal static class FormulaSimplification
{
    public static FormulaGraph Of(FormulaGraph graph)
    {
        // Once more, for what the first pass makes possible: choices between two results that have become the same.
        var once = Once(graph);
        var twice = Once(once);
        return Length(twice) <= Length(graph) ? twice : Length(once) <= Length(graph) ? once : graph;
    }

    /// <summary>The steps, a product with a sum counting two.</summary>
    private static int Length(FormulaGraph graph) =>
        graph.Steps.Length + graph.Steps.Count(step => step.Operation == FormulaOperation.MultiplyAdd);

    private static FormulaGraph Once(FormulaGraph graph)
    {
        var nodes = new FormulaNode[graph.Steps.Length];
        for (var i = 0; i < nodes.Length; i++)
        {
            var step = graph.Steps[i];
            var operands = new FormulaNode[step.Operation.Operands];
            for (var operand = 0; operand < operands.Length; operand++)
            {
                operands[operand] = nodes[step[operand]];
            }

            nodes[i] = Node(step, operands);
        }

        return FormulaGraph.Of(nodes[^1]);
    }

    private static FormulaNode Node(FormulaStep step, FormulaNode[] on) => step.Operation switch
    {
        FormulaOperation.Add => Sum(on[0], on[1]),
        FormulaOperation.Subtract => Difference(on[0], on[1]),
        FormulaOperation.Multiply => Product(on[0], on[1]),
        FormulaOperation.Divide => Quotient(on[0], on[1]),
        FormulaOperation.Negate => Negative(on[0]),
        FormulaOperation.MultiplyAdd => Sum(Product(on[0], on[1]), on[2]),
        FormulaOperation.IfLess or FormulaOperation.IfLessOrEqual or FormulaOperation.IfEqual => Choice(step.Operation, on),
        _ => new FormulaNode(step.Operation, step.Number, on),
    };

    private static FormulaNode Sum(FormulaNode a, FormulaNode b) =>
        Constant(a) is { } left && Constant(b) is { } right ? FormulaNode.Constant(left + right)
        : Constant(a) == 0 ? b
        : Constant(b) == 0 ? a
        : Constant(b) == 1 && a.Operation == FormulaOperation.ExpMinusOne ? FormulaNode.Of(FormulaOperation.Exp, a.Operands)
        : Same(a, b) ? Product(FormulaNode.Constant(2), a)
        : b.Operation == FormulaOperation.Negate ? Difference(a, b.Operands[0])
        : a.Operation == FormulaOperation.Negate ? Difference(b, a.Operands[0])
        : FormulaNode.Of(FormulaOperation.Add, a, b);

    private static FormulaNode Difference(FormulaNode a, FormulaNode b) =>
        Constant(a) is { } left && Constant(b) is { } right ? FormulaNode.Constant(left - right)
        : Constant(b) == 0 ? a
        : Constant(a) == 0 ? Negative(b)
        : b.Operation == FormulaOperation.Negate ? Sum(a, b.Operands[0])
        : FormulaNode.Of(FormulaOperation.Subtract, a, b);

    private static FormulaNode Product(FormulaNode a, FormulaNode b) =>
        Constant(a) is { } left && Constant(b) is { } right ? FormulaNode.Constant(left * right)
        : Constant(b) is not null ? Product(b, a)
        : Constant(a) switch
        {
            0 => FormulaNode.Zero,
            1 => b,
            -1 => Negative(b),
            { } factor
                when b.Operation == FormulaOperation.Multiply && Constant(b.Operands[0]) is { } other =>
                    Product(FormulaNode.Constant(factor * other), b.Operands[1]),
            _ when a.Operation == FormulaOperation.Negate => Negative(Product(a.Operands[0], b)),
            _ when b.Operation == FormulaOperation.Negate => Negative(Product(a, b.Operands[0])),
            null when a.Operation == FormulaOperation.Multiply && Constant(a.Operands[0]) is not null =>
                Product(a.Operands[0], Product(a.Operands[1], b)),
            null when b.Operation == FormulaOperation.Multiply && Constant(b.Operands[0]) is not null =>
                Product(b.Operands[0], Product(a, b.Operands[1])),
            null when b.Operation == FormulaOperation.Divide && Constant(b.Operands[0]) == 1 => Quotient(a, b.Operands[1]),
            null when (a.Operation, b.Operation) is (FormulaOperation.Sign, FormulaOperation.Abs)
                or (FormulaOperation.Abs, FormulaOperation.Sign) && Same(a.Operands[0], b.Operands[0]) => a.Operands[0],
            _ => FormulaNode.Of(FormulaOperation.Multiply, a, b),
        };

    private static FormulaNode Quotient(FormulaNode a, FormulaNode b) =>
        Constant(a) == 0 ? FormulaNode.Zero
        : Constant(b) == 1 ? a
        : a.Operation == FormulaOperation.Negate ? Negative(Quotient(a.Operands[0], b))
        : FormulaNode.Of(FormulaOperation.Divide, a, b);

    private static FormulaNode Negative(FormulaNode a) =>
        Constant(a) is { } number ? FormulaNode.Constant(number == 0 ? 0 : -number)
        : a.Operation == FormulaOperation.Negate ? a.Operands[0]
        : a.Operation == FormulaOperation.Subtract ? FormulaNode.Of(FormulaOperation.Subtract, a.Operands[1], a.Operands[0])
        : FormulaNode.Of(FormulaOperation.Negate, a);

    private static FormulaNode Choice(FormulaOperation operation, FormulaNode[] on)
    {
        var (a, b, then, otherwise) = (on[0], on[1], on[2], on[3]);
        return Same(then, otherwise) ? then
            : operation != FormulaOperation.IfEqual && Same(a, then) && Same(b, otherwise)
                ? FormulaNode.Of(FormulaOperation.Min, Ordered(a, b))
            : operation != FormulaOperation.IfEqual && Same(a, otherwise) && Same(b, then)
                ? FormulaNode.Of(FormulaOperation.Max, Ordered(a, b))
            : FormulaNode.Of(operation, on);
    }

    /// <summary>A constant stands second.</summary>
    private static FormulaNode[] Ordered(FormulaNode a, FormulaNode b) => Constant(a) is null ? [a, b] : [b, a];

    /// <summary>Whether two nodes are seen to be the same without looking far: what was simplified in the same way is two nodes.</summary>
    private static bool Same(FormulaNode a, FormulaNode b, int depth = 5) =>
        ReferenceEquals(a, b)
        || (depth > 0 && a.Operation == b.Operation && a.Number == b.Number && a.Operands.Length == b.Operands.Length
            && (Enumerable.Range(0, a.Operands.Length).All(i => Same(a.Operands[i], b.Operands[i], depth - 1))
                || (a.Operation is FormulaOperation.Add or FormulaOperation.Multiply && Same(a.Operands[0], b.Operands[1], depth - 1)
                    && Same(a.Operands[1], b.Operands[0], depth - 1))));

    private static double? Constant(FormulaNode node) => node.Operation == FormulaOperation.Constant ? node.Number : null;
}
