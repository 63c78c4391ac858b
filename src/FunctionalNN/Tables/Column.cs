using System.Text;

namespace FunctionalNN;

/// <summary>
/// What one column of a table becomes: a description without numbers, which <see cref="TableRecipe.Fit"/> fits on training rows. Found
/// by its name, never by its position.
/// </summary>
public abstract record Column
{
    private protected Column(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
    }

    /// <summary>The name in the table.</summary>
    public string Name { get; internal init; }

    /// <summary>What is done where a value is missing: <see cref="Gaps.Error"/> by default.</summary>
    public Gaps Gaps { get; init; }

    /// <summary>Whether one more input is 1 where the value was missing and 0 elsewhere, named "age was missing". False by
    /// default.</summary>
    public bool MarksGaps { get; init; }

    /// <summary>What it becomes, in a few words.</summary>
    internal abstract string Description { get; }

    /// <summary>The options that differ from the defaults, in a few words.</summary>
    internal string GapText => this switch
    {
        { Gaps: Gaps.Error } => "an error",
        { MarksGaps: true } => $"{GapName}, marked",
        _ => GapName,
    };

    private string GapName => Gaps switch
    {
        Gaps.DropRow => "row left out",
        Gaps.Mean => "mean",
        Gaps.Median => "median",
        Gaps.MostFrequent => "most frequent",
        Gaps.Zeros => "zeros",
        _ => "an error",
    };

    /// <summary>Everything that is wrong with the description; nothing where it is sound.</summary>
    internal virtual IEnumerable<string> Faults() => [];

    /// <summary>Takes from training rows what the column needs.</summary>
    /// <exception cref="ColumnFault">The rows do not hold what the description says.</exception>
    internal abstract FittedColumn Fit(ColumnReading rows);

    /// <summary>Kind, name and settings.</summary>
    public sealed override string ToString() => RecordText.Of(GetType().Name, PrintMembers);

    /// <summary>Writes the name and what is done about gaps.</summary>
    protected virtual bool PrintMembers(StringBuilder builder)
    {
        builder.Append("Name = ").Append(Name).Append(", Gaps = ").Append(Gaps).Append(", MarksGaps = ").Append(MarksGaps);
        return true;
    }
}

/// <summary>What is wrong with a column, on its way to an error value.</summary>
internal sealed class ColumnFault(string reason) : Exception(reason);
