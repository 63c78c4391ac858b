namespace FunctionalNN;

/// <summary>What a step of a formula does: the members of <see cref="IReal{S}"/>.</summary>
internal enum FormulaOperation
{
    Variable,
    Constant,
    Add,
    Subtract,
    Multiply,
    Divide,
    Negate,
    MultiplyAdd,
    Abs,
    Sqrt,
    IfLess,
    IfLessOrEqual,
    IfEqual,
    PowerOfTwo,
    Exponent,
    Mantissa,
    Max,
    Min,
    Sign,
    Exp,
    Log,
    Sigmoid,
    ExpMinusOne,
    LogOnePlus,
    Tanh,
    Softplus,
    LogCosh,
    NormalCumulative,
    NormalDensity,
}

/// <summary>What is known of operations.</summary>
internal static class FormulaOperations
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

    /// <summary>The formula that a function is computed by; null where the operation is none.</summary>
    public static Traced<T>? Body<T>(FormulaOperation operation, Traced<T> x)
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
