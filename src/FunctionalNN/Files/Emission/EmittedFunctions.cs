using System.Numerics;
using System.Text;

namespace FunctionalNN;

/// <summary>The scalar functions of emitted code. Each is read from the formula that the kernels compute in every lane.</summary>
internal static class EmittedFunctions<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const string Chains = "AcrossLanes";

    private static string Type => EmittedNumber.TypeOf<T>();

    /// <summary>Whether an operation is written as a call.</summary>
    public static bool IsFunction(FormulaOperation operation) => Body(operation) is not null;

    /// <summary>A function by name.</summary>
    public static string SourceOf(string name)
    {
        if (name == Chains)
        {
            return AcrossLanes;
        }

        var formula = Formula(name);
        var text = new StringBuilder($$"""
                /// <summary>{{Meaning(Enum.Parse<FormulaOperation>(name))}}</summary>
                private static {{Type}} {{name}}({{Type}} x)
                {

            """);
        foreach (var statement in formula.Statements)
        {
            text.Append("        ").Append(statement).Append('\n');
        }

        return text.Append("        return ").Append(formula.Result).Append(";\n    }").ToString();
    }

    /// <summary>A function and all that it calls.</summary>
    public static IEnumerable<string> With(string name) => name == Chains ? [name] : [.. Formula(name).Functions.SelectMany(With), name];

    private static EmittedFormula<T> Formula(string name) => new(FormulaGraph.Of(Body(Enum.Parse<FormulaOperation>(name))!.Value.Node));

    private static Traced<T>? Body(FormulaOperation operation) => FormulaOperations.Body(operation, new Traced<T>(FormulaNode.X));

    private static string Meaning(FormulaOperation operation) => operation switch
    {
        FormulaOperation.Exp => "e to the power of x.",
        FormulaOperation.Log => "The natural logarithm.",
        FormulaOperation.Sigmoid => "1 / (1 + e to the power of −x).",
        FormulaOperation.ExpMinusOne => "e to the power of x, less 1, with all digits near 0.",
        FormulaOperation.LogOnePlus => "The natural logarithm of 1 + x, with all digits near 0.",
        FormulaOperation.Tanh => "The hyperbolic tangent.",
        FormulaOperation.Softplus => "The natural logarithm of 1 + e to the power of x.",
        FormulaOperation.LogCosh => "The natural logarithm of the hyperbolic cosine.",
        FormulaOperation.NormalCumulative => "The integral of the normal density up to x.",
        _ => "The normal density.",
    };

    /// <summary>Sums run in as many chains as 512 bits have lanes.</summary>
    private static string AcrossLanes => $$"""
            /// <summary>The sum of all chains, put together in halves.</summary>
            private static {{Type}} AcrossLanes(Span<{{Type}}> chains)
            {
                for (var half = chains.Length / 2; half >= {{(typeof(T) == typeof(float) ? 4 : 2)}}; half /= 2)
                {
                    for (var i = 0; i < half; i++)
                    {
                        chains[i] += chains[i + half];
                    }
                }

                return {{(typeof(T) == typeof(float) ? "chains[0] + chains[1] + (chains[2] + chains[3])" : "chains[0] + chains[1]")}};
            }
        """;
}
