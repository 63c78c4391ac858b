using System.Collections.Frozen;
using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>A column of categories with the names of the training rows.</summary>
public sealed record FittedCategory : FittedColumn
{
    /// <summary>The class of rare and, where it is said so, of unseen categories.</summary>
    public const string Other = "(other)";

    private const int Unknown = -1;
    private const double WidthFactor = 1.6;
    private const double WidthPower = 0.56;
    private const int MostWidth = 600;

    private FrozenDictionary<string, int>? codes;

    internal FittedCategory(CategoryColumn column) => Category = column;

    private FittedCategory(FittedCategory original)
        : base(original)
    {
        (Category, Categories, Rare, Filling) = (original.Category, original.Categories, original.Rare, original.Filling);
    }

    /// <inheritdoc/>
    public override Column Column => Category;

    /// <summary>The categories in the order of their inputs, without "(other)".</summary>
    public ImmutableArray<string> Categories { get; internal init; } = [];

    /// <summary>The categories of the training rows that were put together.</summary>
    public ImmutableArray<string> Rare { get; internal init; } = [];

    /// <summary>What stands for a missing value; empty where nothing does.</summary>
    public string Filling { get; internal init; } = "";

    /// <summary>How many classes there are, "(other)" included.</summary>
    public int Classes => Categories.Length + (HasOther ? 1 : 0);

    /// <summary>How many numbers stand for a category in the network, where the column is embedded; else null.</summary>
    public int? EmbeddingWidth => !IsEmbedded ? null
        : Category.EmbeddingWidth ?? (int)Math.Min(MostWidth, Math.Round(WidthFactor * Math.Pow(Classes, WidthPower)));

    internal CategoryColumn Category { get; init; }

    internal override string Learned =>
        $"{string.Join(", ", Categories.Take(6))}{(Categories.Length > 6 ? ", …" : "")}{(HasOther ? $", {Other}" : "")}";

    private bool HasOther => !Rare.IsEmpty || Category.Unseen == UnseenCategory.Other;

    private bool IsEmbedded => Category.Encoding == CategoryEncoding.Embedding;

    /// <summary>The input as an embedding takes it.</summary>
    /// <param name="position">Where it lies.</param>
    internal EmbeddedColumn? EmbeddedAt(int position) => EmbeddingWidth is { } width
        ? new EmbeddedColumn(position, Classes, width)
        {
            Name = Name,
            TakesUnknown = Category.Unseen == UnseenCategory.Zeros || Category.Gaps == Gaps.Zeros,
        }
        : null;

    private protected override int OwnWidth => Category.Encoding == CategoryEncoding.OneHot ? Classes : 1;

    private protected override IEnumerable<string> OwnNames => Category.Encoding != CategoryEncoding.OneHot
        ? [Name]
        : [.. Categories.Select(name => $"{Name}={name}"), .. HasOther ? [$"{Name}={Other}"] : Array.Empty<string>()];

    private FrozenDictionary<string, int> Codes => codes ??= Categories.Select((name, code) => (name, code))
        .Concat(Rare.Select(name => (name, code: Categories.Length)))
        .ToFrozenDictionary(pair => pair.name, pair => pair.code, StringComparer.Ordinal);

    private protected override string? WriteValue(in Cell cell, CellReader reader, Span<double> inputs)
    {
        var code = CodeOf(cell);
        if (code == Unknown && Category.Unseen == UnseenCategory.Error)
        {
            var name = CellReader.Name(cell);
            return $"found {CellReader.Shown(name)}, expected one of {CsvText.Listed([.. Categories, .. Rare])}"
                + $"{NearestName.Hint(name, Categories)}; Unseen = UnseenCategory.Zeros or Other lets others pass";
        }

        Write(code == Unknown && Category.Unseen == UnseenCategory.Other ? Categories.Length : code, inputs);
        return null;
    }

    /// <summary>No category: 0 would be the first.</summary>
    private protected override void WriteZeros(Span<double> inputs) => Write(Unknown, inputs);

    private protected override void WriteFilling(Span<double> inputs) => Write(Codes.GetValueOrDefault(Filling,
        Category.Unseen == UnseenCategory.Other ? Categories.Length : Unknown), inputs);

    /// <summary>A number is the category of its text, or the one category that is the same number written otherwise.</summary>
    private int CodeOf(in Cell cell)
    {
        var name = CellReader.Name(cell);
        return Codes.TryGetValue(name, out var code) ? code : CodeOf(cell.Kind, name);
    }

    private int CodeOf(CellKind kind, string name)
    {
        if (kind == CellKind.Flag)
        {
            string[] same = [.. Codes.Keys.Where(known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase))];
            return same is [var flag] ? Codes[flag] : Unknown;
        }

        if (kind != CellKind.Number || CsvNumber.Canonical(name) is not { } number)
        {
            return Unknown;
        }

        string[] equal = [.. Codes.Keys.Where(known => CsvNumber.Canonical(known) == number)];
        return equal is [var one] ? Codes[one] : Unknown;
    }

    private void Write(int code, Span<double> inputs)
    {
        if (Category.Encoding != CategoryEncoding.OneHot)
        {
            inputs[0] = IsEmbedded ? code : (code + 1.0) / Classes;
            return;
        }

        inputs.Clear();
        if (code >= 0)
        {
            inputs[code] = 1;
        }
    }

    /// <inheritdoc/>
    public bool Equals(FittedCategory? other) =>
        other is not null && Category == other.Category && Categories.SequenceEqual(other.Categories) && Rare.SequenceEqual(other.Rare)
            && Filling == other.Filling;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Category, Categories.Length, Rare.Length, Filling);
}
