namespace FunctionalNN;

/// <summary>What a step of a formula does: the members of <see cref="IReal{S}"/>.</summary>
public enum FormulaOperation
{
    /// <summary>x, or y of a formula of two.</summary>
    Variable,

    /// <summary>A number.</summary>
    Constant,

    /// <summary>a + b.</summary>
    Add,

    /// <summary>a − b.</summary>
    Subtract,

    /// <summary>a·b.</summary>
    Multiply,

    /// <summary>a/b.</summary>
    Divide,

    /// <summary>−a.</summary>
    Negate,

    /// <summary>a·b + c, rounded once.</summary>
    MultiplyAdd,

    /// <summary>|a|.</summary>
    Abs,

    /// <summary>√a.</summary>
    Sqrt,

    /// <summary>c where a &lt; b, else d.</summary>
    IfLess,

    /// <summary>c where a ≤ b, else d.</summary>
    IfLessOrEqual,

    /// <summary>c where a = b, else d.</summary>
    IfEqual,

    /// <summary>2ⁿ of a whole number n = a + offset, put together from its bits.</summary>
    PowerOfTwo,

    /// <summary>The exponent of a, as in its bits.</summary>
    Exponent,

    /// <summary>The mantissa of a, as in its bits.</summary>
    Mantissa,

    /// <summary>The greater of a and b.</summary>
    Max,

    /// <summary>The lesser of a and b.</summary>
    Min,

    /// <summary>−1, 0 or 1; NaN of NaN.</summary>
    Sign,

    /// <summary>eᵃ.</summary>
    Exp,

    /// <summary>ln a.</summary>
    Log,

    /// <summary>1/(1 + e⁻ᵃ).</summary>
    Sigmoid,

    /// <summary>eᵃ − 1.</summary>
    ExpMinusOne,

    /// <summary>ln(1 + a).</summary>
    LogOnePlus,

    /// <summary>tanh a.</summary>
    Tanh,

    /// <summary>ln(1 + eᵃ).</summary>
    Softplus,

    /// <summary>ln cosh a.</summary>
    LogCosh,

    /// <summary>The distribution function of the standard normal distribution.</summary>
    NormalCumulative,

    /// <summary>The density of the standard normal distribution.</summary>
    NormalDensity,
}

/// <summary>What is known of operations.</summary>
public static class FormulaOperations
{
    extension(FormulaOperation operation)
    {
        /// <summary>How many numbers it works on.</summary>
        public int Operands => operation switch
        {
            FormulaOperation.Variable or FormulaOperation.Constant => 0,
            FormulaOperation.Add or FormulaOperation.Subtract or FormulaOperation.Multiply or FormulaOperation.Divide
                or FormulaOperation.Max or FormulaOperation.Min => 2,
            FormulaOperation.MultiplyAdd => 3,
            FormulaOperation.IfLess or FormulaOperation.IfLessOrEqual or FormulaOperation.IfEqual => 4,
            _ => 1,
        };

        /// <summary>Whether it has a number of its own: which variable, which constant, which offset.</summary>
        public bool HasNumber => operation is FormulaOperation.Variable or FormulaOperation.Constant or FormulaOperation.PowerOfTwo;
    }

    /// <summary>The formula in x that a function is computed by; null where the operation is none.</summary>
    public static FormulaGraph? Definition(FormulaOperation operation) =>
        Body<double>(operation, new(FormulaNode.X)) is { } body ? FormulaGraph.Of(body.Node) : null;

    /// <summary>The formula that a function is computed by; null where the operation is none.</summary>
    internal static Traced<T>? Body<T>(FormulaOperation operation, Traced<T> x)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => operation switch
        {
            FormulaOperation.Exp => Exponential.Exp(x),
            FormulaOperation.Log => Exponential.Log(x),
            FormulaOperation.Sigmoid => Exponential.Sigmoid(x),
            FormulaOperation.ExpMinusOne => NearZero.ExpMinusOne(x),
            FormulaOperation.LogOnePlus => NearZero.LogOnePlus(x),
            FormulaOperation.Tanh => NearZero.Tanh(x),
            FormulaOperation.Softplus => NearZero.Softplus(x),
            FormulaOperation.LogCosh => NearZero.LogCosh(x),
            FormulaOperation.NormalCumulative => NormalDistribution.Cumulative(x),
            FormulaOperation.NormalDensity => NormalDistribution.Density(x),
            _ => null,
        };
}
