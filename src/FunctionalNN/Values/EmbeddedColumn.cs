namespace FunctionalNN;

/// <summary>A column of inputs that holds numbers of categories, 0, 1, 2 …, and no quantity; a row of a trained table stands for
/// each.</summary>
/// <param name="Position">The column among the inputs, from 0.</param>
/// <param name="Categories">How many categories there are, 1 to 16,777,216, up to which float has every whole number.</param>
/// <param name="Width">How many numbers stand for a category, 1 or more.</param>
public sealed record EmbeddedColumn(int Position, int Categories, int Width)
{
    internal static Schema Schema => Schema.Of("EmbeddedColumn", new EmbeddedColumn(0, 1, 1))
        .With("position", column => column.Position, (column, value) => column with { Position = value })
        .With("categories", column => column.Categories, (column, value) => column with { Categories = value })
        .With("width", column => column.Width, (column, value) => column with { Width = value })
        .With("name", column => column.Name, (column, value) => column with { Name = value })
        .With("takesUnknown", column => column.TakesUnknown, (column, value) => column with { TakesUnknown = value });

    internal const int MaxCategories = 1 << 24;

    /// <summary>What messages call it; its position where it is empty, the default.</summary>
    public string Name { get; init; } = "";

    /// <summary>Whether −1 is taken too, for a category without a row: zeros stand for it. False by default.</summary>
    public bool TakesUnknown { get; init; }

    /// <summary>Name or position.</summary>
    internal string Title => Name.Length > 0 ? $"column \"{Name}\"" : $"column {Position}";

    /// <summary>"plan, 4 → 2".</summary>
    public override string ToString() => $"{(Name.Length > 0 ? Name : $"column {Position}")}, {Categories} → {Width}";
}
