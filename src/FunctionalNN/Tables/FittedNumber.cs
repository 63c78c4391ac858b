using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>A column of numbers with its filling, bounds, scale or edges of bins.</summary>
public sealed record FittedNumber : FittedColumn
{
    internal FittedNumber(NumberColumn column) => Number = column;

    /// <inheritdoc/>
    public override Column Column => Number;

    /// <summary>What stands for a missing value; NaN where there is no such number.</summary>
    public double Filling { get; internal init; }

    /// <summary>What lesser numbers become, after the logarithm; −∞ where nothing is clipped.</summary>
    public double Low { get; internal init; }

    /// <summary>What greater numbers become, after the logarithm; ∞ where nothing is clipped.</summary>
    public double High { get; internal init; }

    /// <summary>What is taken off.</summary>
    public double Offset => Scale.Offset;

    /// <summary>What is divided by.</summary>
    public double Spread => Scale.Spread;

    /// <summary>The quantiles of <see cref="Scaling.Quantile"/>, in order; else empty.</summary>
    public ImmutableArray<double> Quantiles => Scale.Quantiles;

    /// <summary>The edges between bins, in order: a number that is an edge is in the bin above. Empty without bins.</summary>
    public ImmutableArray<double> Edges { get; internal init; } = [];

    internal NumberColumn Number { get; init; }

    internal NumberScale Scale { get; init; } = NumberScale.Identity;

    internal override bool ComparesNumbers => true;

    internal override string Learned =>
        Number.Bins is not null ? $"edges {string.Join(", ", Edges.Take(4).Select(edge => $"{edge:G4}"))}{(Edges.Length > 4 ? ", …" : "")}"
        : Number.Scaling == Scaling.None ? ""
        : Quantiles.IsEmpty ? $"(x − {Offset:G4})/{Spread:G4}"
        : $"{Quantiles.Length} quantiles, {Quantiles[0]:G4} … {Quantiles[^1]:G4}";

    private protected override int OwnWidth => Number.Bins is null ? 1 : Edges.Length + 1;

    private protected override IEnumerable<string> OwnNames =>
        Number.Bins is null ? [Name]
        : Edges.IsEmpty ? [$"{Name} in one bin"]
        : [$"{Name} < {Edges[0]:G6}", .. Edges.Skip(1).Zip(Edges, (high, low) =>
            $"{low:G6} ≤ {Name} < {high:G6}"), $"{Name} ≥ {Edges[^1]:G6}"];

    private protected override string? WriteValue(in Cell cell, CellReader reader, Span<double> inputs)
    {
        if (reader.Number(cell, out var x) is { } fault)
        {
            return fault;
        }

        if (Number.Log && x <= -1)
        {
            return NoLog(x);
        }

        Write(x, inputs);
        return null;
    }

    private protected override void WriteFilling(Span<double> inputs) => Write(Filling, inputs);

    internal static string NoLog(double x) => $"found {x}, and ln(1 + x) asks for numbers above -1: set Log = false, or correct the value";

    private void Write(double x, Span<double> inputs)
    {
        x = Math.Clamp(Number.Log ? double.LogP1(x) : x, Low, High);
        if (Number.Bins is null)
        {
            inputs[0] = Scale.Apply(x);
            return;
        }

        inputs.Clear();
        var bin = 0;
        while (bin < Edges.Length && x >= Edges[bin])
        {
            bin++;
        }

        inputs[bin] = 1;
    }

    /// <inheritdoc/>
    public bool Equals(FittedNumber? other) =>
        other is not null && Number == other.Number && Filling.Equals(other.Filling) && Low == other.Low && High == other.High
            && Offset == other.Offset && Spread == other.Spread && Quantiles.SequenceEqual(other.Quantiles)
                && Edges.SequenceEqual(other.Edges);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Number, Filling, Offset, Spread, Edges.Length);
}
