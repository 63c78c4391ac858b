using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace FunctionalNN;

/// <summary>How categories become inputs.</summary>
public enum CategoryEncoding
{
    /// <summary>One input a category: 1 for its own and 0 elsewhere.</summary>
    OneHot,

    /// <summary>One input: 1/k, 2/k, … 1 for k categories in their order, for such as small, medium, large.</summary>
    Ordinal,

    /// <summary>One input, the number of the category from 0 on, or −1 for one without a row: a row of a table that is trained stands for
    /// it. The network begins with a layer Embedding, which Pipeline.Of puts there. For columns of many categories.</summary>
    Embedding,
}

/// <summary>What is done with a category that the training rows do not have.</summary>
public enum UnseenCategory
{
    /// <summary>An error that names the column and the known categories.</summary>
    Error,

    /// <summary>0 in all inputs of the column.</summary>
    Zeros,

    /// <summary>A class of its own, "(other)", which rare categories come into too.</summary>
    Other,
}

/// <summary>A column of categories: texts, or numbers that are names, each text as it is written ("1" and "01" are two).</summary>
/// <param name="Name">The name in the table.</param>
public sealed record CategoryColumn(string Name) : Column(Name)
{
    private const int DefaultLimit = 100;

    /// <summary>What they become: <see cref="CategoryEncoding.OneHot"/> by default.</summary>
    public CategoryEncoding Encoding { get; init; }

    /// <summary>How many numbers stand for a category where <see cref="Encoding"/> is <see cref="CategoryEncoding.Embedding"/>, 1 or more.
    /// Null, the default, for 1.6·n^0.56 of n classes, rounded, at most 600 (fastai's rule; J. Howard and S. Gugger, 2020,
    /// arXiv 2002.04688): 3 of 3, 6 of 10, 21 of 100.</summary>
    public int? EmbeddingWidth { get; init; }

    /// <summary>What is done with a category that the training rows do not have: <see cref="UnseenCategory.Error"/> by default.</summary>
    public UnseenCategory Unseen { get; init; }

    /// <summary>Categories of fewer training rows than this come together into "(other)"; 0, the default, for none. An unseen category goes
    /// there with <see cref="UnseenCategory.Other"/> alone.</summary>
    public int RareBelow { get; init; }

    /// <summary>The categories in their order, which <see cref="CategoryEncoding.Ordinal"/> asks for. By default those of the training
    /// rows, by number where all are numbers, by code of the characters otherwise.</summary>
    public ImmutableArray<string> Categories { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The most categories that the training rows may have, a guard against names and keys: 100 by default.</summary>
    public int Limit { get; init; } = DefaultLimit;

    internal override string Description => (Encoding switch
    {
        CategoryEncoding.OneHot => "categories, one input each",
        CategoryEncoding.Ordinal => "categories in order",
        _ => EmbeddingWidth is { } width ? $"categories, embedded in {width}" : "categories, embedded",
    })
        + (RareBelow > 0 ? $", rare below {RareBelow}" : "")
        + (Unseen switch { UnseenCategory.Error => "", UnseenCategory.Zeros => ", unseen zeros", _ => ", unseen other" });

    internal override IEnumerable<string> Faults()
    {
        if (Gaps is Gaps.Mean or Gaps.Median)
        {
            yield return $"Gaps is {Gaps}, and categories have none: set Gaps.MostFrequent or Gaps.Zeros";
        }

        if (Encoding == CategoryEncoding.Ordinal && Categories.IsEmpty)
        {
            yield return "an ordinal encoding needs an order: set Categories = [\"small\", \"medium\", …]";
        }

        if (Categories.Distinct(StringComparer.Ordinal).Count() < Categories.Length)
        {
            yield return "Categories names a category twice: give each once";
        }

        if (Encoding == CategoryEncoding.Ordinal && (RareBelow > 0 || Unseen == UnseenCategory.Other))
        {
            yield return "a class of its own has no place in an order: set RareBelow = 0 and Unseen to Error or Zeros";
        }

        if (EmbeddingWidth is { } width && (width < 1 || Encoding != CategoryEncoding.Embedding))
        {
            yield return width < 1 ? $"EmbeddingWidth is {width}, expected 1 or more, or null for a width by the number of categories"
                : $"EmbeddingWidth is {width}, but Encoding is {Encoding}: set Encoding = CategoryEncoding.Embedding";
        }

        if (RareBelow < 0 || Limit < 1)
        {
            yield return $"RareBelow is {RareBelow} and Limit is {Limit}, expected 0 or more and 1 or more";
        }
    }

    internal override FittedColumn Fit(ColumnReading rows)
    {
        var names = rows.Names();
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var row = 0; row < names.Length; row++)
        {
            if (names[row] is not { } name)
            {
                continue;
            }

            if (!counts.TryGetValue(name, out var count) && Odd(name) is { } fault)
            {
                throw rows.Fault(row, fault);
            }

            counts[name] = count + 1;
            if (counts.Count > Math.Max(Limit, Categories.Length) && RareBelow == 0)
            {
                throw rows.Fault(row, $"more than {Limit} different texts: leave the column out if it names each row, set RareBelow to put "
                    + "rare ones together, or raise Limit");
            }
        }

        if (counts.Count == 0)
        {
            throw new ColumnFault($"there is no value in any of the {names.Length} rows: leave the column out");
        }

        ImmutableArray<string> known = Categories.IsEmpty ? InOrder(counts.Keys) : Categories;
        ImmutableArray<string> kept = [.. known.Where(name => !Categories.IsEmpty || counts[name] >= RareBelow)];
        ImmutableArray<string> rare = [.. known.Except(kept)];
        var most = counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).First().Key;
        return kept.Length > Math.Max(Limit, Categories.Length)
            ? throw new ColumnFault($"{kept.Length} categories are left, more than {Limit}: raise RareBelow or Limit")
            : new FittedCategory(this) { Categories = kept, Rare = rare, Filling = Gaps == Gaps.MostFrequent ? most : "" };
    }

    /// <summary>By number where all are numbers, by code of the characters otherwise.</summary>
    internal static ImmutableArray<string> InOrder(IEnumerable<string> names)
    {
        string[] all = [.. names];
        return all.All(name => CsvNumber.Canonical(name) is not null)
            ? [.. all.OrderBy(name => double.Parse(name, CultureInfo.InvariantCulture)).ThenBy(name => name, StringComparer.Ordinal)]
            : [.. all.Order(StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public bool Equals(CategoryColumn? other) =>
        other is not null && base.Equals(other) && Encoding == other.Encoding && EmbeddingWidth == other.EmbeddingWidth
            && Unseen == other.Unseen && RareBelow == other.RareBelow
            && Limit == other.Limit && Categories.SequenceEqual(other.Categories);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Encoding, Unseen, RareBelow, Categories.Length);

    /// <inheritdoc/>
    protected override bool PrintMembers(StringBuilder builder)
    {
        base.PrintMembers(builder);
        builder.Append(", Encoding = ").Append(Encoding).Append(EmbeddingWidth is { } width ? $", EmbeddingWidth = {width}" : "")
            .Append(", Unseen = ").Append(Unseen).Append(", RareBelow = ").Append(RareBelow)
            .Append(", Categories = [").AppendJoin(", ", Categories).Append("], Limit = ").Append(Limit);
        return true;
    }

    /// <summary>What makes a text suspect that nobody has named.</summary>
    private string? Odd(string name) =>
        Categories.Contains(name) ? null
        : !Categories.IsEmpty && Unseen == UnseenCategory.Error
            ? $"found {CellReader.Shown(name)}, which is none of Categories: {CsvText.Listed(Categories)}"
        : CsvGapMarks.Contains(System.Text.Encoding.UTF8.GetBytes(name))
            ? $"found {CellReader.Shown(name)}: if it marks a missing value, add it to MissingValues; if it is a name, list all names in "
                + "Categories"
        : null;
}
