using System.Numerics;

namespace FunctionalNN;

/// <summary>
/// The reading that writes a formula down: each operation becomes a node of a <see cref="FormulaGraph"/>, from which C#, ONNX, text and
/// files are made. The functions of <see cref="IReal{S}"/> stay what they are called.
/// </summary>
/// <typeparam name="T">float or double: which of the two a formula that asks is told.</typeparam>
/// <param name="node">What was computed; nothing is 0.</param>
internal readonly struct Traced<T>(FormulaNode? node) : IReal<Traced<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public FormulaNode Node => node ?? FormulaNode.Zero;

    public static bool IsSingle => typeof(T) == typeof(float);

    public static implicit operator Traced<T>(double value) => new(FormulaNode.Constant(value));

    public static implicit operator Traced<T>(Setting value) => value.Double;

    public static Traced<T> operator +(Traced<T> left, Traced<T> right) => Of(FormulaOperation.Add, left, right);

    public static Traced<T> operator -(Traced<T> left, Traced<T> right) => Of(FormulaOperation.Subtract, left, right);

    public static Traced<T> operator *(Traced<T> left, Traced<T> right) => Of(FormulaOperation.Multiply, left, right);

    public static Traced<T> operator /(Traced<T> left, Traced<T> right) => Of(FormulaOperation.Divide, left, right);

    public static Traced<T> operator -(Traced<T> value) => Of(FormulaOperation.Negate, value);

    public static Traced<T> MultiplyAdd(Traced<T> a, Traced<T> b, Traced<T> c) => Of(FormulaOperation.MultiplyAdd, a, b, c);

    public static Traced<T> IfLess(Traced<T> a, Traced<T> b, Traced<T> then, Traced<T> otherwise) =>
        Of(FormulaOperation.IfLess, a, b, then, otherwise);

    public static Traced<T> IfLessOrEqual(Traced<T> a, Traced<T> b, Traced<T> then, Traced<T> otherwise) =>
        Of(FormulaOperation.IfLessOrEqual, a, b, then, otherwise);

    public static Traced<T> IfEqual(Traced<T> a, Traced<T> b, Traced<T> then, Traced<T> otherwise) =>
        Of(FormulaOperation.IfEqual, a, b, then, otherwise);

    public static Traced<T> PowerOfTwo(Traced<T> shifted, int offset) =>
        new(new FormulaNode(FormulaOperation.PowerOfTwo, offset, shifted.Node));

    public static Traced<T> Abs(Traced<T> x) => Of(FormulaOperation.Abs, x);

    public static Traced<T> Sqrt(Traced<T> x) => Of(FormulaOperation.Sqrt, x);

    public static Traced<T> Exponent(Traced<T> x) => Of(FormulaOperation.Exponent, x);

    public static Traced<T> Mantissa(Traced<T> x) => Of(FormulaOperation.Mantissa, x);

    public static Traced<T> Max(Traced<T> x, Traced<T> y) => Of(FormulaOperation.Max, x, y);

    public static Traced<T> Min(Traced<T> x, Traced<T> y) => Of(FormulaOperation.Min, x, y);

    public static Traced<T> Sign(Traced<T> x) => Of(FormulaOperation.Sign, x);

    public static Traced<T> Exp(Traced<T> x) => Of(FormulaOperation.Exp, x);

    public static Traced<T> Log(Traced<T> x) => Of(FormulaOperation.Log, x);

    public static Traced<T> Sigmoid(Traced<T> x) => Of(FormulaOperation.Sigmoid, x);

    public static Traced<T> ExpMinusOne(Traced<T> x) => Of(FormulaOperation.ExpMinusOne, x);

    public static Traced<T> LogOnePlus(Traced<T> x) => Of(FormulaOperation.LogOnePlus, x);

    public static Traced<T> Tanh(Traced<T> x) => Of(FormulaOperation.Tanh, x);

    public static Traced<T> Softplus(Traced<T> x) => Of(FormulaOperation.Softplus, x);

    public static Traced<T> LogCosh(Traced<T> x) => Of(FormulaOperation.LogCosh, x);

    public static Traced<T> NormalCumulative(Traced<T> x) => Of(FormulaOperation.NormalCumulative, x);

    public static Traced<T> NormalDensity(Traced<T> x) => Of(FormulaOperation.NormalDensity, x);

    private static Traced<T> Of(FormulaOperation operation, params ReadOnlySpan<Traced<T>> operands)
    {
        var nodes = new FormulaNode[operands.Length];
        for (var i = 0; i < nodes.Length; i++)
        {
            nodes[i] = operands[i].Node;
        }

        return new(FormulaNode.Of(operation, nodes));
    }
}
