namespace FunctionalNN;

/// <summary>
/// A column of a CSV file, by name or by position: <c>"species"</c>, <c>4</c> (counted from 0) or <c>^1</c> (the last). Made by conversion
/// from any of the three.
/// </summary>
public readonly record struct CsvColumn
{
    /// <summary>A column by name.</summary>
    public CsvColumn(string name) => Name = name;

    /// <summary>A column by position.</summary>
    public CsvColumn(Index position) => Position = position;

    /// <summary>The name, or null for a column by position.</summary>
    public string? Name { get; }

    /// <summary>The position, where there is no name.</summary>
    public Index Position { get; }

    /// <summary>A column by name.</summary>
    public static implicit operator CsvColumn(string name) => new(name);

    /// <summary>A column by position, counted from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The position is negative: count from the end with ^1.</exception>
    public static implicit operator CsvColumn(int position) => new(new Index(position));

    /// <summary>A column by position, also counted from the end.</summary>
    public static implicit operator CsvColumn(Index position) => new(position);

    /// <summary>As it is written in code.</summary>
    public override string ToString() => Name is null ? Position.ToString() : $"\"{Name}\"";
}
