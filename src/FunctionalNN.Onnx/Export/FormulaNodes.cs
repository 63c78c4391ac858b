namespace FunctionalNN;

/// <summary>
/// A formula as operators of ONNX: one for each step, or what a function is computed by. Nodes are written with it, and
/// <see cref="Pattern"/>s that find them again are built with it.
/// </summary>
/// <typeparam name="TValue">A value's name in a graph, or a pattern.</typeparam>
/// <param name="add">Adds a node.</param>
/// <param name="constant">Adds a constant.</param>
internal sealed class FormulaNodes<TValue>(Func<string, TValue[], TValue> add, Func<double, TValue> constant)
    where TValue : class
{
    private readonly Dictionary<long, TValue> constants = [];

    /// <summary>The result.</summary>
    /// <exception cref="NotSupportedException">The formula takes numbers apart into their bits, which no operator does; the message says
    /// with what.</exception>
    public TValue Add(FormulaGraph graph, TValue x)
    {
        var (steps, values) = (graph.Steps, new TValue?[graph.Steps.Length]);
        for (var i = 0; i < steps.Length; i++)
        {
            values[i] = IsPartOfProduct(graph, i) ? null : Of(graph, steps[i], values, x);
        }

        return values[^1]!;
    }

    private TValue Of(FormulaGraph graph, FormulaStep step, TValue?[] values, TValue x)
    {
        TValue A() => values[step.A]!;
        TValue B() => values[step.B]!;
        TValue If(string relation) => add("Where", [add(relation, [A(), B()]), values[step.C]!, values[step.D]!]);
        return step.Operation switch
        {
            FormulaOperation.Variable => x,
            FormulaOperation.Constant => Constant(step.Number),
            FormulaOperation.Add => add("Add", [A(), B()]),
            FormulaOperation.Subtract => add("Sub", [A(), B()]),
            FormulaOperation.Multiply
                when ProductWithCumulative(graph, step) is var (factor, normal) => Cumulative(values[factor], values[normal]!),
            FormulaOperation.Multiply => add("Mul", [A(), B()]),
            FormulaOperation.Divide => add("Div", [A(), B()]),
            FormulaOperation.Negate => add("Neg", [A()]),
            FormulaOperation.MultiplyAdd => add("Add", [add("Mul", [A(), B()]), values[step.C]!]),
            FormulaOperation.IfLess => If("Less"),
            FormulaOperation.IfLessOrEqual => If("LessOrEqual"),
            FormulaOperation.IfEqual => If("Equal"),

            // The operators give NaN where either number is, ours where the first is.
            FormulaOperation.Max or FormulaOperation.Min
                when graph.Steps[step.B].Operation == FormulaOperation.Constant => add(step.Operation.ToString(), [A(), B()]),
            FormulaOperation.Max => add("Where", [add("Less", [A(), B()]), B(), A()]),
            FormulaOperation.Min => add("Where", [add("Less", [B(), A()]), B(), A()]),

            // Sign would make 0 of NaN.
            FormulaOperation.Sign =>
                add("Where",
                    [add("Less", [A(), Constant(0)]), Constant(-1), add("Where", [add("Less", [Constant(0), A()]), Constant(1), A()])]),
            FormulaOperation.Abs or FormulaOperation.Sqrt or FormulaOperation.Exp or FormulaOperation.Log or FormulaOperation.Sigmoid
                or FormulaOperation.Tanh or FormulaOperation.Softplus =>
                add(step.Operation.ToString(), [A()]),

            // eˣ − 1 = (eˣ + 1)·tanh(x/2), with all digits near 0.
            FormulaOperation.ExpMinusOne =>
                add("Mul", [add("Add", [add("Exp", [A()]), Constant(1)]), add("Tanh", [add("Mul", [A(), Constant(0.5)])])]),
            FormulaOperation.NormalCumulative => Cumulative(null, A()),
            FormulaOperation.LogOnePlus or FormulaOperation.LogCosh or FormulaOperation.NormalDensity => Add(Body(step.Operation), A()),
            _ => throw new NotSupportedException($"its formula takes numbers apart with {step.Operation}, for which ONNX has no operator"),
        };
    }

    private static FormulaGraph Body(FormulaOperation operation) =>
        FormulaOperations.Definition(operation)!;

    /// <summary>a·Φ(x) = a·(1 + erf(x/√2))·½, in the order of PyTorch's exporter, which runtimes know as one.</summary>
    private TValue Cumulative(TValue? factor, TValue x)
    {
        var sum = add("Add", [add("Erf", [add("Div", [x, Constant(Math.Sqrt(2))])]), Constant(1)]);
        return add("Mul", [factor is null ? sum : add("Mul", [factor, sum]), Constant(0.5)]);
    }

    /// <summary>The steps of a and x in a·Φ(x), where Φ(x) is of no other use.</summary>
    private static (int Factor, int X)? ProductWithCumulative(FormulaGraph graph, FormulaStep product) =>
        product.Operation != FormulaOperation.Multiply || product.A == product.B ? null
        : IsUsedOnce(graph, product.B) ? (product.A, graph.Steps[product.B].A)
        : IsUsedOnce(graph, product.A) ? (product.B, graph.Steps[product.A].A)
        : null;

    private static bool IsUsedOnce(FormulaGraph graph, int cumulative) =>
        graph.Steps[cumulative].Operation == FormulaOperation.NormalCumulative
        && graph.Steps.Sum(step => Enumerable.Range(0, step.Operation.Operands).Count(operand => step[operand] == cumulative)) == 1;

    private static bool IsPartOfProduct(FormulaGraph graph, int step) =>
        graph.Steps[step].Operation == FormulaOperation.NormalCumulative
        && graph.Steps.Any(product => ProductWithCumulative(graph, product) is var (factor, _) && (product.A == step || product.B == step)
            && factor != step);

    private TValue Constant(double value)
    {
        if (!constants.TryGetValue(BitConverter.DoubleToInt64Bits(value), out var known))
        {
            constants.Add(BitConverter.DoubleToInt64Bits(value), known = constant(value));
        }

        return known;
    }
}
