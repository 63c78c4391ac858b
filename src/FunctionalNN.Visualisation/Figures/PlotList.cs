using System.Collections.Immutable;
using System.Text.Json;

namespace FunctionalNN;

/// <summary>Values in order.</summary>
internal sealed record PlotList(ImmutableArray<PlotValue> Values) : PlotValue
{
    public bool Equals(PlotList? other) => other is not null && Values.SequenceEqual(other.Values);

    public override int GetHashCode() => HashCode.Combine(Values.Length, Values.FirstOrDefault());

    internal override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        foreach (var value in Values)
        {
            value.Write(writer);
        }

        writer.WriteEndArray();
    }
}

/// <summary>Numbers in order, without an object for each.</summary>
internal sealed record PlotNumbers(ImmutableArray<double> Values) : PlotValue
{
    public bool Equals(PlotNumbers? other) => other is not null && Values.AsSpan().SequenceEqual(other.Values.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Values.Length, Values.FirstOrDefault(), Values.LastOrDefault());

    internal override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        foreach (var value in Values)
        {
            PlotJson.Write(writer, value);
        }

        writer.WriteEndArray();
    }
}
