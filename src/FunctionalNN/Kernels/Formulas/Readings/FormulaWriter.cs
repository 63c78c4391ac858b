using System.Globalization;

namespace FunctionalNN;

/// <summary>Writes a formula as text. What is used twice and long gets a name: text grows no faster than steps.</summary>
/// <param name="graph">The formula.</param>
/// <param name="x">The first variable's name.</param>
internal sealed class FormulaWriter(FormulaGraph graph, string x)
{
    private const int LongestTwice = 16;

    private const int Atom = 4;
    private const int Factor = 3;
    private const int Term = 2;
    private const int Sum = 1;
    private const int Choice = 0;

    /// <summary>A formula's text, x by the name that it has there.</summary>
    public static string Of(FormulaGraph graph, string x = "x") => new FormulaWriter(FormulaSimplification.Of(graph), x).Text();

    /// <summary>A number with up to six digits.</summary>
    public static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "∞"
        : value < 0 || double.IsNegativeInfinity(value) ? $"−{Number(-value)}"
        : value.ToString("G6", CultureInfo.InvariantCulture).Replace("E-0", "E-", StringComparison.Ordinal).Replace('-', '−');

    /// <summary>The formula, and what its names stand for.</summary>
    public string Text()
    {
        var steps = graph.Steps;
        var uses = new int[steps.Length];
        foreach (var step in steps)
        {
            for (var operand = 0; operand < step.Operation.Operands; operand++)
            {
                // A square is written once.
                uses[step[operand]] += step.Operation == FormulaOperation.Multiply && operand == 1 && step.A == step.B ? 0 : 1;
            }
        }

        var texts = new (string Text, int Binds)[steps.Length];
        var names = new List<string>();
        for (var i = 0; i < steps.Length; i++)
        {
            texts[i] = Of(steps[i], texts);
            if (uses[i] > 1 && texts[i].Text.Length > LongestTwice)
            {
                var name = ((char)('a' + (names.Count % 20))).ToString() + (names.Count < 20 ? "" : $"{names.Count / 20}");
                names.Add($"{name} = {texts[i].Text}");
                texts[i] = (name, Atom);
            }
        }

        return names.Count == 0 ? texts[^1].Text : $"{texts[^1].Text} with {string.Join(", ", names)}";
    }

    private (string Text, int Binds) Of(FormulaStep step, (string Text, int Binds)[] texts)
    {
        string At(int operand, int binds) => texts[step[operand]] is var (text, own) && own >= binds ? text : $"({text})";
        (string, int) Call(string function) => ($"{function}({At(0, Choice)})", Atom);
        (string, int) If(string relation) => ($"{At(2, Sum)} where {At(0, Sum)} {relation} {At(1, Sum)}, else {At(3, Choice)}", Choice);
        return step.Operation switch
        {
            FormulaOperation.Variable => (step.Number == 0 ? x : FormulaNode.Names[(int)step.Number], Atom),
            FormulaOperation.Constant => (Number(step.Number), step.Number < 0 ? Sum : Atom),
            FormulaOperation.Add => ($"{At(0, Sum)} + {At(1, Sum)}", Sum),
            FormulaOperation.Subtract => ($"{At(0, Sum)} − {At(1, Term)}", Sum),
            FormulaOperation.Multiply when step.A == step.B => ($"{At(0, Atom)}²", Factor),
            FormulaOperation.Multiply => ($"{At(0, Term)} · {At(1, Term)}", Term),
            FormulaOperation.Divide => ($"{At(0, Term)} / {At(1, Factor)}", Term),
            FormulaOperation.Negate => ($"−{At(0, Term)}", Sum),
            FormulaOperation.MultiplyAdd => ($"{At(0, Term)} · {At(1, Factor)} + {At(2, Sum)}", Sum),
            FormulaOperation.Abs => ($"|{At(0, Choice)}|", Atom),
            FormulaOperation.Sqrt => Call("√"),
            FormulaOperation.IfLess => If("<"),
            FormulaOperation.IfLessOrEqual => If("≤"),
            FormulaOperation.IfEqual => If("="),
            FormulaOperation.Max => ($"max({At(0, Choice)}, {At(1, Choice)})", Atom),
            FormulaOperation.Min => ($"min({At(0, Choice)}, {At(1, Choice)})", Atom),
            FormulaOperation.Sign => Call("sign"),
            FormulaOperation.Exp => Call("exp"),
            FormulaOperation.Log => Call("ln"),
            FormulaOperation.Sigmoid => Call("σ"),
            FormulaOperation.ExpMinusOne => ($"exp({At(0, Choice)}) − 1", Sum),
            FormulaOperation.LogOnePlus => ($"ln(1 + {At(0, Sum)})", Atom),
            FormulaOperation.Tanh => Call("tanh"),
            FormulaOperation.Softplus => ($"ln(1 + exp({At(0, Choice)}))", Atom),
            FormulaOperation.LogCosh => ($"ln(cosh({At(0, Choice)}))", Atom),
            FormulaOperation.NormalCumulative => Call("Φ"),
            FormulaOperation.NormalDensity => Call("φ"),
            FormulaOperation.PowerOfTwo => ($"powerOfTwo({At(0, Choice)}, {step.Number})", Atom),
            FormulaOperation.Exponent => Call("exponent"),
            _ => Call("mantissa"),
        };
    }
}
