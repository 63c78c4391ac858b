namespace FunctionalNN;

/// <summary>
/// Formulas as plain text: <c>x / (1 + |x|)</c>, <c>max(x, 0)</c>, <c>x · σ(x)</c>. σ is the logistic function, Φ the normal distribution's
/// integral and φ its density. What keeps a formula finite at ±∞ is left out, and a derivative is simplified.
/// </summary>
public static class FormulaText
{
    /// <summary>f(x).</summary>
    /// <param name="formula">An activation, or a formula of your own.</param>
    public static string Of(IFormula formula) => FormulaWriter.Of(FormulaGraph.Of(Plain(formula)));

    /// <summary>f(x, y), as a loss's ℓ(ŷ, y): x is the prediction ŷ.</summary>
    /// <param name="formula">A loss of numbers, or a formula of your own.</param>
    public static string Of(IBinaryFormula formula) => FormulaWriter.Of(FormulaGraph.Of(formula), "ŷ");

    /// <summary>f′(x), by dual numbers.</summary>
    /// <param name="formula">An activation, or a formula of your own.</param>
    public static string SlopeOf(IFormula formula) => FormulaWriter.Of(FormulaGraph.SlopeOf(Plain(formula)));

    /// <summary>∂ℓ/∂ŷ, by dual numbers.</summary>
    /// <param name="formula">A loss of numbers, or a formula of your own.</param>
    public static string SlopeOf(IBinaryFormula formula) => FormulaWriter.Of(FormulaGraph.SlopeOf(formula), "ŷ");

    private static IFormula Plain(IFormula formula) => formula is Activation activation ? activation.Plain ?? formula : formula;
}
