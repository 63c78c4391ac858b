using System.Collections.Immutable;
using System.Text;

namespace FunctionalNN;

/// <summary>A column of yes and no as one input, 1 and 0.</summary>
/// <param name="Name">The name in the table.</param>
public sealed record FlagColumn(string Name) : Column(Name)
{
    /// <summary>The texts that become 1, in any case: true, yes, y, t and 1 by default.</summary>
    public ImmutableArray<string> True { get; init; } = ["true", "yes", "y", "t", "1"];

    /// <summary>The texts that become 0, in any case: false, no, n, f and 0 by default.</summary>
    public ImmutableArray<string> False { get; init; } = ["false", "no", "n", "f", "0"];

    internal override string Description => "flag, 0 or 1";

    internal override IEnumerable<string> Faults()
    {
        if (True.IsDefaultOrEmpty || False.IsDefaultOrEmpty || True.Intersect(False, StringComparer.OrdinalIgnoreCase).Any())
        {
            yield return "True and False are to name one text or more each, and none in both";
        }

        if (Gaps is Gaps.Mean or Gaps.Median)
        {
            yield return $"Gaps is {Gaps}, and a flag has none: set Gaps.MostFrequent or Gaps.Zeros";
        }
    }

    internal override FittedColumn Fit(ColumnReading rows)
    {
        double[] present = [.. rows.Flags(this).Where(flag => !double.IsNaN(flag))];
        return present.Length == 0
            ? throw new ColumnFault($"there is no value in any of the {rows.Count} rows: leave the column out")
            : new FittedFlag(this) { Filling = Statistics.Filling(present, Gaps) };
    }

    /// <inheritdoc/>
    public bool Equals(FlagColumn? other) =>
        other is not null && base.Equals(other) && True.SequenceEqual(other.True) && False.SequenceEqual(other.False);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), True.Length, False.Length);

    /// <inheritdoc/>
    protected override bool PrintMembers(StringBuilder builder)
    {
        base.PrintMembers(builder);
        builder.Append(", True = [").AppendJoin(", ", True).Append("], False = [").AppendJoin(", ", False).Append(']');
        return true;
    }
}

/// <summary>A column of yes and no with what stands for a gap.</summary>
public sealed record FittedFlag : FittedColumn
{
    internal FittedFlag(FlagColumn column) => Flag = column;

    /// <inheritdoc/>
    public override Column Column => Flag;

    /// <summary>What stands for a missing value; NaN where there is no such flag.</summary>
    public double Filling { get; internal init; }

    internal FlagColumn Flag { get; init; }

    internal override string Learned => "";

    private protected override int OwnWidth => 1;

    private protected override IEnumerable<string> OwnNames => [Name];

    private protected override string? WriteValue(in Cell cell, CellReader reader, Span<double> inputs) =>
        CellReader.Flag(cell, Flag, out inputs[0]);

    private protected override void WriteFilling(Span<double> inputs) => inputs[0] = Filling;

    /// <inheritdoc/>
    public bool Equals(FittedFlag? other) => other is not null && Flag == other.Flag && Filling.Equals(other.Filling);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Flag, Filling);
}
