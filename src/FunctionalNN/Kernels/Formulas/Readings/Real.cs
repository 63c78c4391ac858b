namespace FunctionalNN;

/// <summary>
/// A number in a formula that is given as a function, as in <c>Activation.Of("softsign", x => x / (1 + Real.Abs(x)))</c>: what the function
/// does to it is written down once as a <see cref="FormulaGraph"/>, and computed, differentiated, saved and exported from there.
/// The function sees no numbers, so it cannot branch on them: choose with <see cref="IfLess"/>, <see cref="Max"/> and their like.
/// </summary>
/// <remarks>F#'s own <c>exp</c>, <c>log</c>, <c>sqrt</c>, <c>tanh</c> and <c>abs</c> work on it.</remarks>
public readonly record struct Real
{
    private readonly FormulaNode? node;

    internal Real(FormulaNode node) => this.node = node;

    /// <summary>What was computed; 0 by default.</summary>
    internal FormulaNode Node => node ?? FormulaNode.Zero;

    /// <summary>A constant.</summary>
    public static implicit operator Real(double value) => new(FormulaNode.Constant(value));

    /// <summary>a + b.</summary>
    public static Real operator +(Real a, Real b) => Of(FormulaOperation.Add, a, b);

    /// <summary>a − b.</summary>
    public static Real operator -(Real a, Real b) => Of(FormulaOperation.Subtract, a, b);

    /// <summary>a·b.</summary>
    public static Real operator *(Real a, Real b) => Of(FormulaOperation.Multiply, a, b);

    /// <summary>a/b.</summary>
    public static Real operator /(Real a, Real b) => Of(FormulaOperation.Divide, a, b);

    /// <summary>a + b.</summary>
    public static Real operator +(double a, Real b) => (Real)a + b;

    /// <summary>a − b.</summary>
    public static Real operator -(double a, Real b) => (Real)a - b;

    /// <summary>a·b.</summary>
    public static Real operator *(double a, Real b) => (Real)a * b;

    /// <summary>a/b.</summary>
    public static Real operator /(double a, Real b) => (Real)a / b;

    /// <summary>a + b.</summary>
    public static Real operator +(Real a, double b) => a + (Real)b;

    /// <summary>a − b.</summary>
    public static Real operator -(Real a, double b) => a - (Real)b;

    /// <summary>a·b.</summary>
    public static Real operator *(Real a, double b) => a * (Real)b;

    /// <summary>a/b.</summary>
    public static Real operator /(Real a, double b) => a / (Real)b;

    /// <summary>−a.</summary>
    public static Real operator -(Real a) => Of(FormulaOperation.Negate, a);

    /// <summary>a·b + c, rounded once.</summary>
    public static Real MultiplyAdd(Real a, Real b, Real c) => Of(FormulaOperation.MultiplyAdd, a, b, c);

    /// <summary><paramref name="then"/> where a &lt; b, else <paramref name="otherwise"/>.</summary>
    public static Real IfLess(Real a, Real b, Real then, Real otherwise) => Of(FormulaOperation.IfLess, a, b, then, otherwise);

    /// <summary><paramref name="then"/> where a ≤ b, else <paramref name="otherwise"/>.</summary>
    public static Real IfLessOrEqual(Real a, Real b, Real then, Real otherwise) =>
        Of(FormulaOperation.IfLessOrEqual, a, b, then, otherwise);

    /// <summary><paramref name="then"/> where a = b, else <paramref name="otherwise"/>.</summary>
    public static Real IfEqual(Real a, Real b, Real then, Real otherwise) => Of(FormulaOperation.IfEqual, a, b, then, otherwise);

    /// <summary>The greater of two; a where a is NaN.</summary>
    public static Real Max(Real a, Real b) => Of(FormulaOperation.Max, a, b);

    /// <summary>The smaller of two; a where a is NaN.</summary>
    public static Real Min(Real a, Real b) => Of(FormulaOperation.Min, a, b);

    /// <summary>|a|.</summary>
    public static Real Abs(Real a) => Of(FormulaOperation.Abs, a);

    /// <summary>1, −1, or a itself where it is neither above nor below 0.</summary>
    public static Real Sign(Real a) => Of(FormulaOperation.Sign, a);

    /// <summary>√a, correctly rounded.</summary>
    public static Real Sqrt(Real a) => Of(FormulaOperation.Sqrt, a);

    /// <summary>eᵃ.</summary>
    public static Real Exp(Real a) => Of(FormulaOperation.Exp, a);

    /// <summary>ln a.</summary>
    public static Real Log(Real a) => Of(FormulaOperation.Log, a);

    /// <summary>eᵃ − 1, with all digits near 0.</summary>
    public static Real ExpMinusOne(Real a) => Of(FormulaOperation.ExpMinusOne, a);

    /// <summary>ln(1 + a), with all digits near 0.</summary>
    public static Real LogOnePlus(Real a) => Of(FormulaOperation.LogOnePlus, a);

    /// <summary>1/(1 + e⁻ᵃ).</summary>
    public static Real Sigmoid(Real a) => Of(FormulaOperation.Sigmoid, a);

    /// <summary>tanh a.</summary>
    public static Real Tanh(Real a) => Of(FormulaOperation.Tanh, a);

    /// <summary>ln(1 + eᵃ).</summary>
    public static Real Softplus(Real a) => Of(FormulaOperation.Softplus, a);

    /// <summary>ln cosh a.</summary>
    public static Real LogCosh(Real a) => Of(FormulaOperation.LogCosh, a);

    /// <summary>Φ(a), the integral of the normal distribution from −∞.</summary>
    public static Real NormalCumulative(Real a) => Of(FormulaOperation.NormalCumulative, a);

    /// <summary>φ(a), the density of the normal distribution.</summary>
    public static Real NormalDensity(Real a) => Of(FormulaOperation.NormalDensity, a);

    /// <summary>The formula so far.</summary>
    public override string ToString() => FormulaGraph.Of(Node).ToString();

    private static Real Of(FormulaOperation operation, params ReadOnlySpan<Real> operands)
    {
        var nodes = new FormulaNode[operands.Length];
        for (var i = 0; i < nodes.Length; i++)
        {
            nodes[i] = operands[i].Node;
        }

        return new(FormulaNode.Of(operation, nodes));
    }
}
