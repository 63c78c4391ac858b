using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>A column of dates with its reference and the scales of its parts.</summary>
public sealed record FittedDate : FittedColumn
{
    internal FittedDate(DateColumn column) => Date = column;

    /// <inheritdoc/>
    public override Column Column => Date;

    /// <summary>What stands for a missing value, in seconds since 1970; NaN where there is no such date.</summary>
    public double Filling { get; internal init; }

    /// <summary>What ages are counted to, in seconds since 1970.</summary>
    public double Reference { get; internal init; }

    internal DateColumn Date { get; init; }

    internal ImmutableArray<NumberScale> Scales { get; init; } = [];

    internal override string Learned => Date.Parts.HasFlag(DateParts.Age) ? $"ages to {DateText.Written(Reference)}" : "";

    private protected override int OwnWidth => DateNumbers.WidthOf(Date.Parts);

    private protected override IEnumerable<string> OwnNames => DateNumbers.NamesOf(Name, Date.Parts);

    private protected override string? WriteValue(in Cell cell, CellReader reader, Span<double> inputs)
    {
        if (CellReader.Date(cell, Date, out var seconds) is { } fault)
        {
            return fault;
        }

        DateNumbers.Write(Date.Parts, seconds, Reference, Scales.AsSpan(), inputs);
        return null;
    }

    private protected override void WriteFilling(Span<double> inputs) =>
        DateNumbers.Write(Date.Parts, Filling, Reference, Scales.AsSpan(), inputs);

    /// <inheritdoc/>
    public bool Equals(FittedDate? other) =>
        other is not null && Date == other.Date && Filling.Equals(other.Filling) && Reference == other.Reference
            && Scales.Select(scale => (scale.Offset, scale.Spread)).SequenceEqual(other.Scales.Select(scale =>
                (scale.Offset, scale.Spread)));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Date, Filling, Reference);
}
