namespace FunctionalNN;

/// <summary>
/// What the function of <see cref="Optimizer.Of"/> is given and returns: one number's update. It returns what it was given with the new
/// <see cref="Parameter"/> and the new moments; a moment that it leaves alone is not kept.
/// </summary>
public readonly record struct UpdateTerms
{
    /// <summary>g = ∂L/∂p.</summary>
    public Real Gradient { get; internal init; }

    /// <summary>η, the learning rate of this update, schedule and decay included.</summary>
    public Real Rate { get; internal init; }

    /// <summary>t, the number of this update: 1 for the first.</summary>
    public Real Time { get; internal init; }

    /// <summary>p, the parameter.</summary>
    public Real Parameter { get; init; }

    /// <summary>The first moment, 0 before the first update.</summary>
    public Real First { get; init; }

    /// <summary>The second moment, 0 before the first update.</summary>
    public Real Second { get; init; }

    /// <summary>The third moment, 0 before the first update.</summary>
    public Real Third { get; init; }

    /// <summary>The variables of a formula of an update, in the order of <see cref="FormulaNode.Names"/>.</summary>
    internal static UpdateTerms Variables { get; } = new()
    {
        Gradient = new(FormulaNode.Variables[0]),
        Parameter = new(FormulaNode.Variables[1]),
        First = new(FormulaNode.Variables[2]),
        Second = new(FormulaNode.Variables[3]),
        Third = new(FormulaNode.Variables[4]),
        Rate = new(FormulaNode.Variables[5]),
        Time = new(FormulaNode.Variables[6]),
    };

    /// <summary>The same with another parameter; for F#, as <c>with</c> is for C#.</summary>
    public UpdateTerms WithParameter(Real parameter) => this with { Parameter = parameter };

    /// <summary>The same with another first moment.</summary>
    public UpdateTerms WithFirst(Real first) => this with { First = first };

    /// <summary>The same with another second moment.</summary>
    public UpdateTerms WithSecond(Real second) => this with { Second = second };

    /// <summary>The same with another third moment.</summary>
    public UpdateTerms WithThird(Real third) => this with { Third = third };
}
