using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>An operation and what it is done to: a formula is built from these, from the variables and constants up, and written down by
/// <see cref="FormulaGraph.Of(FormulaNode)"/>. For readers of formats of your own.</summary>
public sealed class FormulaNode
{
    /// <param name="operation">What is done.</param>
    /// <param name="number">Which variable, which constant or which offset; else 0.</param>
    /// <param name="operands">What it is done to.</param>
    internal FormulaNode(FormulaOperation operation, double number, params FormulaNode[] operands) =>
        (Operation, Number, Operands) = (operation, number, operands);

    /// <summary>x.</summary>
    public static FormulaNode X { get; } = new(FormulaOperation.Variable, 0);

    /// <summary>y, of a formula of two variables.</summary>
    public static FormulaNode Y { get; } = new(FormulaOperation.Variable, 1);

    /// <summary>What the variables are called in files: x and y, then the moments m, v, w, the rate and the time t of an update.</summary>
    internal static ImmutableArray<string> Names { get; } = ["x", "y", "m", "v", "w", "rate", "t"];

    /// <summary>All variables, X and Y first.</summary>
    internal static ImmutableArray<FormulaNode> Variables { get; } =
        [X, Y, .. Enumerable.Range(2, Names.Length - 2).Select(number => new FormulaNode(FormulaOperation.Variable, number))];

    internal static FormulaNode Zero { get; } = new(FormulaOperation.Constant, 0);

    internal FormulaOperation Operation { get; }

    internal double Number { get; }

    internal FormulaNode[] Operands { get; }

    /// <summary>A constant.</summary>
    public static FormulaNode Constant(double number) => new(FormulaOperation.Constant, number);

    /// <summary>An operation on other nodes.</summary>
    /// <exception cref="ArgumentException">The operation takes another number of operands, or a number of its own.</exception>
    public static FormulaNode Of(FormulaOperation operation, params FormulaNode[] operands) =>
        operation.HasNumber ? throw new ArgumentException($"{operation} has a number of its own: take FormulaNode.X, Y or Constant")
        : operands.Length != operation.Operands
            ? throw new ArgumentException($"{operation} takes {operation.Operands} operands, {operands.Length} were given")
        : new(operation, 0, [.. operands]);

    /// <summary>The operation.</summary>
    public override string ToString() => Operands.Length == 0 ? $"{Operation} {Number}" : $"{Operation} of {Operands.Length} operands";
}
