using System.Numerics;

namespace FunctionalNN;

/// <summary>A formula as C#: a statement for each step, in the same order and with the same roundings as the kernels have them, so that the
/// bits are the same.</summary>
internal sealed class EmittedFormula<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly bool IsSingle = typeof(T) == typeof(float);

    private readonly string[] names;

    /// <param name="graph">The formula of x, as <see cref="FormulaGraph.Of{T}(IFormula)"/> reads it for this type.</param>
    public EmittedFormula(FormulaGraph graph)
    {
        names = new string[graph.Steps.Length];
        for (var i = 0; i < names.Length; i++)
        {
            var (step, isLast) = (graph.Steps[i], i == names.Length - 1);
            var text = TextOf(step);
            if (step.Operation is FormulaOperation.Variable or FormulaOperation.Constant || isLast)
            {
                names[i] = text;
            }
            else
            {
                names[i] = $"t{Statements.Count}";
                Statements.Add($"var {names[i]} = {text};");
            }

            if (EmittedFunctions<T>.IsFunction(step.Operation))
            {
                Functions.Add(step.Operation.ToString());
            }
        }
    }

    /// <summary>What is computed first.</summary>
    public List<string> Statements { get; } = [];

    /// <summary>The result, after the statements.</summary>
    public string Result => names[^1];

    /// <summary>The functions that are called.</summary>
    public SortedSet<string> Functions { get; } = new(StringComparer.Ordinal);

    private static string Type => EmittedNumber.TypeOf<T>();

    private static string FromBits => IsSingle ? "BitConverter.Int32BitsToSingle" : "BitConverter.Int64BitsToDouble";

    private static string ToBits => IsSingle ? "BitConverter.SingleToInt32Bits" : "BitConverter.DoubleToInt64Bits";

    private static int MantissaBits => IsSingle ? 23 : 52;

    /// <summary>The bits of √½, from which mantissas begin.</summary>
    private static string RootHalf => IsSingle ? "0x3F3504F3" : "0x3FE6A09E667F3BCDL";

    private static string PowerBits(double offset) =>
        $"{(IsSingle ? 127 : 1023) + offset}{(IsSingle ? "" : "L")}";

    private static string C(double value) => EmittedNumber.Rounded<T>(value);

    private string TextOf(FormulaStep step)
    {
        string A() => names[step.A];
        string B() => names[step.B];
        string If(string relation) => $"{A()} {relation} {B()} ? {names[step.C]} : {names[step.D]}";
        return step.Operation switch
        {
            FormulaOperation.Variable => "x",
            FormulaOperation.Constant => C(step.Number),
            FormulaOperation.Add => $"{A()} + {B()}",
            FormulaOperation.Subtract => $"{A()} - {B()}",
            FormulaOperation.Multiply => $"{A()} * {B()}",
            FormulaOperation.Divide => $"{A()} / {B()}",
            FormulaOperation.Negate => $"-({A()})",
            FormulaOperation.MultiplyAdd => $"{Type}.FusedMultiplyAdd({A()}, {B()}, {names[step.C]})",
            FormulaOperation.Abs => $"{Type}.Abs({A()})",
            FormulaOperation.Sqrt => $"{Type}.Sqrt({A()})",
            FormulaOperation.IfLess => If("<"),
            FormulaOperation.IfLessOrEqual => If("<="),
            FormulaOperation.IfEqual => If("=="),
            FormulaOperation.Max => $"{A()} < {B()} ? {B()} : {A()}",
            FormulaOperation.Min => $"{B()} < {A()} ? {B()} : {A()}",
            FormulaOperation.Sign => $"{A()} < {C(0)} ? {C(-1)} : {C(0)} < {A()} ? {C(1)} : {A()}",
            FormulaOperation.PowerOfTwo =>
                $"{FromBits}(unchecked(({ToBits}({A()}) << {MantissaBits}) + ({PowerBits(step.Number)} << {MantissaBits})))",
            FormulaOperation.Exponent => $"({Type})(unchecked({ToBits}({A()}) - {RootHalf}) >> {MantissaBits})",
            FormulaOperation.Mantissa =>
                $"{FromBits}(unchecked({ToBits}({A()}) - (({ToBits}({A()}) - {RootHalf}) >> {MantissaBits} << {MantissaBits})))",
            var function => $"{function}({A()})",
        };
    }
}
