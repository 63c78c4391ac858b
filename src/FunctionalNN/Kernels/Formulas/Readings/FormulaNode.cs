namespace FunctionalNN;

/// <summary>An operation, and where its operands come from, as <see cref="Traced{T}"/> writes it down.</summary>
/// <param name="operation">What is done.</param>
/// <param name="number">Which variable, which constant or which offset; else 0.</param>
/// <param name="operands">What it is done to.</param>
internal sealed class FormulaNode(FormulaOperation operation, double number, params FormulaNode[] operands)
{
    public FormulaOperation Operation { get; } = operation;

    public double Number { get; } = number;

    public FormulaNode[] Operands { get; } = operands;

    public static FormulaNode X { get; } = new(FormulaOperation.Variable, 0);

    public static FormulaNode Y { get; } = new(FormulaOperation.Variable, 1);

    public static FormulaNode Zero { get; } = new(FormulaOperation.Constant, 0);

    public static FormulaNode Of(double constant) => new(FormulaOperation.Constant, constant);

    public static FormulaNode Of(FormulaOperation operation, params FormulaNode[] operands) => new(operation, 0, operands);
}
