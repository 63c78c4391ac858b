using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>A column with what was taken from the training rows: it makes inputs of a cell.</summary>
public abstract record FittedColumn
{
    private protected FittedColumn()
    {
    }

    /// <summary>What it was fitted as.</summary>
    public abstract Column Column { get; }

    /// <summary>The name in the table.</summary>
    public string Name => Column.Name;

    /// <summary>How many inputs it becomes.</summary>
    public int Width => OwnWidth + (Column.MarksGaps ? 1 : 0);

    /// <summary>The names of the inputs, in order: "age", "plan=basic", "signup: age in days", "age was missing".</summary>
    public ImmutableArray<string> InputNames => [.. OwnNames, .. Column.MarksGaps ? [$"{Name} was missing"] : Array.Empty<string>()];

    /// <summary>Whether a mark of missing values that is a number stands for every way to write it.</summary>
    internal virtual bool ComparesNumbers => false;

    /// <summary>What was learned, for tables.</summary>
    internal abstract string Learned { get; }

    /// <summary>The inputs without the mark of gaps.</summary>
    private protected abstract int OwnWidth { get; }

    private protected abstract IEnumerable<string> OwnNames { get; }

    /// <summary>Writes the inputs of a cell; null, or what is wrong with it.</summary>
    internal string? Write(in Cell cell, CellReader reader, Span<double> inputs)
    {
        var isGap = reader.IsGap(cell, ComparesNumbers);
        if (Column.MarksGaps)
        {
            inputs[^1] = isGap ? 1 : 0;
        }

        var own = Column.MarksGaps ? inputs[..^1] : inputs;
        if (!isGap)
        {
            return WriteValue(cell, reader, own);
        }

        if (Column.Gaps is Gaps.Error or Gaps.DropRow)
        {
            return Column.Gaps == Gaps.Error
                ? "the value is missing: give one, or say in the recipe what stands for it, such as Gaps = Gaps.Median"
                : "the value is missing, and such rows were left out of the training: give one";
        }

        if (Column.Gaps == Gaps.Zeros)
        {
            WriteZeros(own);
        }
        else
        {
            WriteFilling(own);
        }

        return null;
    }

    /// <summary>The name, what it becomes, and what was learned.</summary>
    public sealed override string ToString() => $"{Name}: {Column.Description}{(Learned.Length > 0 ? $"; {Learned}" : "")}";

    private protected abstract string? WriteValue(in Cell cell, CellReader reader, Span<double> inputs);

    private protected abstract void WriteFilling(Span<double> inputs);

    private protected virtual void WriteZeros(Span<double> inputs) => inputs.Clear();
}
