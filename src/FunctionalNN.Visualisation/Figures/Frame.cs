using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>One picture of an animation: what differs from the figure's own traces.</summary>
/// <param name="Name">What the slider shows: the epoch.</param>
public sealed record Frame(string Name)
{
    /// <summary>For each of <see cref="Indices"/>, the attributes that differ.</summary>
    public ImmutableArray<PlotObject> Traces { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The numbers of the figure's traces that differ, from 0.</summary>
    public ImmutableArray<int> Indices { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The layout's parts that differ.</summary>
    public PlotObject Layout { get; init; } = PlotObject.Empty;

    /// <inheritdoc/>
    public bool Equals(Frame? other) =>
        other is not null && Name == other.Name && Layout == other.Layout
        && Indices.AsSpan().SequenceEqual(other.Indices.AsSpan()) && Traces.AsSpan().SequenceEqual(other.Traces.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Traces.Length);

    /// <summary>The name, and which traces differ.</summary>
    public override string ToString() => $"frame \"{Name}\" of traces {string.Join(", ", Indices)}";

    internal PlotObject ToPlot() => PlotObject.Of(
        ("name", Name),
        ("data", PlotValue.List(Traces)),
        ("traces", PlotValue.Numbers(Indices.Select(index => (double)index))),
        ("layout", Layout == PlotObject.Empty ? null : Layout));
}
