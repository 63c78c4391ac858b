using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>How one column of a CSV file becomes inputs: a number as itself, a category as one input each, 1 for its own and 0
/// else.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Categories">The categories in the order of their inputs; empty for a column of numbers.</param>
/// <param name="Means">The mean of each input over the rows that it was fitted on: what takes the place of a missing value.</param>
public sealed record CsvFeature(string Name, ImmutableArray<string> Categories, ImmutableArray<double> Means)
{
    /// <summary>Whether the column holds numbers.</summary>
    public bool IsNumber => Categories.IsEmpty;

    /// <summary>How many inputs it becomes.</summary>
    public int Width => Math.Max(1, Categories.Length);

    /// <summary>The names of its inputs: <c>age</c>, or <c>sex=female</c> and <c>sex=male</c>.</summary>
    public IEnumerable<string> InputNames => IsNumber ? [Name] : Categories.Select(category => $"{Name}={category}");

    /// <summary>The name and what it holds.</summary>
    public override string ToString() => IsNumber ? $"{Name}: number" : $"{Name}: {string.Join(", ", Categories)}";
}
