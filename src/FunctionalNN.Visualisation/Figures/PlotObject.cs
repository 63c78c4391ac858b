using System.Collections.Immutable;
using System.Text.Json;

namespace FunctionalNN;

/// <summary>
/// Named values in order: a trace, a layout or a part of one, with the names of Plotly's reference,
/// https://plotly.com/javascript/reference.
/// </summary>
/// <example><code>
/// PlotObject.Of(("type", "scatter"), ("x", new[] { 1.0, 2.0 }), ("line", PlotObject.Of(("color", "#0072B2"))))
/// </code></example>
public sealed record PlotObject : PlotValue
{
    private readonly ImmutableArray<(string Name, PlotValue Value)> parts;

    private PlotObject(ImmutableArray<(string Name, PlotValue Value)> parts) => this.parts = parts;

    /// <summary>No names.</summary>
    public static PlotObject Empty { get; } = new([]);

    /// <summary>The names, in order.</summary>
    public IEnumerable<string> Names => parts.Select(part => part.Name);

    /// <summary>The value of a name, or null where there is none.</summary>
    public PlotValue? this[string name] => parts.FirstOrDefault(part => part.Name == name).Value;

    /// <summary>An object of these values; one that is null is left out, and a name that comes again has its last value.</summary>
    public static PlotObject Of(params IEnumerable<(string Name, PlotValue? Value)> parts) =>
        parts.Aggregate(Empty, (whole, part) => part.Value is { } value ? whole.With(part.Name, value) : whole);

    /// <summary>The object with a value in place of the one of that name, or at the end.</summary>
    public PlotObject With(string name, PlotValue value)
    {
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i].Name == name)
            {
                return new(parts.SetItem(i, (name, value)));
            }
        }

        return new(parts.Add((name, value)));
    }

    /// <summary>The object with the values of another put into it, objects within objects likewise.</summary>
    public PlotObject Merge(PlotObject other) => other.parts.Aggregate(
        this,
        (whole, part) =>
            whole.With(part.Name, whole[part.Name] is PlotObject inner && part.Value is PlotObject more ? inner.Merge(more) : part.Value));

    /// <inheritdoc/>
    public bool Equals(PlotObject? other) => other is not null && parts.AsSpan().SequenceEqual(other.parts.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => parts.Aggregate(parts.Length, (hash, part) => HashCode.Combine(hash, part.Name));

    internal override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in parts)
        {
            writer.WritePropertyName(name);
            value.Write(writer);
        }

        writer.WriteEndObject();
    }
}
