using System.Numerics;

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

    /// <summary>The projection, in place.</summary>
    internal abstract void Apply<T>(Team team, Span<T> values, int rows, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>All slots' projections, in place.</summary>
    internal static void Apply<T>(Team team, Layout layout, ParameterVector<T> parameters)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (var (_, slot, offset) in layout.Placements)
        {
            if (!slot.Constraint.IsNone)
            {
                slot.Constraint.Apply(team, parameters.Block.Slice(offset, slot.Count).Span, slot.Rows, slot.Columns);
            }
        }
    }

    private sealed record Free : Constraint
    {
        public override string ToString() => "none";

        internal override void Apply<T>(Team team, Span<T> values, int rows, int columns)
        {
        }
    }

    internal sealed record Norm(string Name, double Least, double Most) : Constraint
    {
        internal override bool IsValid => Most > 0 && double.IsFinite(Most);

        public override string ToString() => Name;

        internal override void Apply<T>(Team team, Span<T> values, int rows, int columns) =>
            ColumnNorms.Limit(team, values, rows, columns, Least, Most);
    }

    private sealed record NoNegatives : Constraint
    {
        public override string ToString() => "NonNegative";

        internal override void Apply<T>(Team team, Span<T> values, int rows, int columns) => ColumnNorms.RemoveNegatives(team, values);
    }
}
