namespace FunctionalNN;

/// <summary>One operation of a <see cref="FormulaGraph"/>.</summary>
/// <param name="Operation">What is done.</param>
/// <param name="Bits">Those of <see cref="Number"/>: 0 and −0 are two constants.</param>
/// <param name="A">The step that gives the first operand.</param>
/// <param name="B">The second.</param>
/// <param name="C">The third.</param>
/// <param name="D">The fourth.</param>
public readonly record struct FormulaStep(FormulaOperation Operation, long Bits, int A, int B, int C, int D)
{
    /// <summary>Which variable, which constant or which offset; else 0.</summary>
    public double Number => BitConverter.Int64BitsToDouble(Bits);

    /// <summary>One of the operands: the number of an earlier step.</summary>
    public int this[int operand] => operand switch { 0 => A, 1 => B, 2 => C, _ => D };

    /// <summary>The step from operands of any count.</summary>
    internal static FormulaStep Of(FormulaOperation operation, double number, ReadOnlySpan<int> operands) => new(
        operation, BitConverter.DoubleToInt64Bits(number), At(operands, 0), At(operands, 1), At(operands, 2), At(operands, 3));

    /// <summary>The operation with its number or operands, such as Add 2 3.</summary>
    public override string ToString()
    {
        var step = this;
        return string.Join(" ", [
            $"{Operation}", .. Operation.HasNumber ? [$"{Number}"] : System.Array.Empty<string>(),
            .. Enumerable.Range(0, Operation.Operands).Select(operand => $"{step[operand]}")]);
    }

    private static int At(ReadOnlySpan<int> operands, int index) => index < operands.Length ? operands[index] : 0;
}
