namespace FunctionalNN;

/// <summary>
/// What a slot's numbers are brought back to after each update: a projection. A weight matrix is [in × out], so a column holds the weights
/// of one output unit, and norms are taken column by column: Keras' axis = 0. Bias columns are single numbers.
/// </summary>
public abstract record Constraint
{
    /// <summary>No constraint.</summary>
    public static Constraint None { get; } = new Free();

    /// <summary>Columns of norm 1; a column of zeros stays.</summary>
    public static Constraint UnitNorm { get; } = new Norm("UnitNorm", 1, 1);

    /// <summary>No number below 0: those that are become 0.</summary>
    public static Constraint NonNegative { get; } = new NoNegatives();

    /// <summary>Columns of a norm of at most so much (Srivastava et al., 2014, section 5.1); those within stay as they are, to the last
    /// bit.</summary>
    /// <param name="limit">Above 0.</param>
    public static Constraint MaxNorm(double limit) => new Norm($"MaxNorm({limit})", 0, limit);

    internal bool IsNone => this is Free;

    internal virtual bool IsValid => true;

    /// <summary>The least and the greatest norm of a column; null where norms are free.</summary>
    internal virtual (double Least, double Greatest)? Norms => null;

    /// <summary>Whether numbers below 0 become 0.</summary>
    internal virtual bool RemovesNegatives => false;

    private sealed record Free : Constraint
    {
        public override string ToString() => "none";
    }

    internal sealed record Norm(string Name, double Least, double Most) : Constraint
    {
        internal override bool IsValid => Most > 0 && double.IsFinite(Most);

        internal override (double Least, double Greatest)? Norms => (Least, Most);

        public override string ToString() => Name;
    }

    private sealed record NoNegatives : Constraint
    {
        internal override bool RemovesNegatives => true;

        public override string ToString() => "NonNegative";
    }
}
