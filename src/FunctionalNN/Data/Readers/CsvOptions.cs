using System.Collections.Immutable;
using System.Text;

namespace FunctionalNN;

/// <summary>
/// How a CSV file is to be understood. A column of numbers becomes one input, a column of texts one input a category (one-hot, with
/// names such as <c>sex=male</c>). Numbers have a decimal point. Blanks around a field do not count.
/// </summary>
public sealed record CsvOptions
{
    private const int DefaultLimit = 100;

    /// <summary>The column of the classes, for classification: texts or whole numbers.</summary>
    public CsvColumn? Label { get; init; }

    /// <summary>The columns of numbers to predict, for regression. Give these or <see cref="Label"/>.</summary>
    public ImmutableArray<CsvColumn> Targets { get; init; } = [];

    /// <summary>Columns that are not read.</summary>
    public ImmutableArray<CsvColumn> Ignore { get; init; } = [];

    /// <summary>Columns whose numbers are names, such as a passenger's class or a postcode: they are read as categories.</summary>
    public ImmutableArray<CsvColumn> Categories { get; init; } = [];

    /// <summary>
    /// The names of the classes in the order of their numbers. Without them they are those in the file, in order: by number where all are
    /// numbers, by code of the characters otherwise (the order of scikit-learn).
    /// </summary>
    public ImmutableArray<string> Classes { get; init; } = [];

    /// <summary>What to do where a value is missing.</summary>
    public Missing Missing { get; init; } = Missing.Error;

    /// <summary>The texts that mean a missing value, besides an empty field: <c>"NA"</c>, <c>"?"</c>, <c>"nan"</c>.</summary>
    public ImmutableArray<string> MissingValues { get; init; } = [];

    /// <summary>What to do with a category that was not there when the encoding was fitted.</summary>
    public UnknownCategory UnknownCategory { get; init; } = UnknownCategory.Error;

    /// <summary>The most categories or classes that a column may have: a guard against names and numbers taken for categories.</summary>
    public int CategoryLimit { get; init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), $"the category limit is {value}, expected 1 or more"); } = DefaultLimit;

    /// <summary>Whether the first line names the columns. Without it they are column0, column1, and so on.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>What stands between two fields: an ASCII character.</summary>
    public char Separator { get; init; } = ',';

    /// <summary>The encoding of the text; without one a byte order mark decides, and UTF-8 is expected otherwise.</summary>
    public Encoding? Encoding { get; init; }

    /// <summary>What differs from the defaults, as it is written in code.</summary>
    public override string ToString()
    {
        string?[] parts =
            [
                Label is { } label ? $"Label = {label}" : null,
                Listed(nameof(Targets), Targets), Listed(nameof(Ignore), Ignore), Listed(nameof(Categories), Categories), Quoted(nameof(Classes), Classes),
                Missing == Missing.Error ? null : $"Missing = Missing.{Missing}",
                Quoted(nameof(MissingValues), MissingValues),
                UnknownCategory == UnknownCategory.Error ? null : $"UnknownCategory = UnknownCategory.{UnknownCategory}",
                CategoryLimit == DefaultLimit ? null : $"CategoryLimit = {CategoryLimit}",
                HasHeader ? null : "HasHeader = false",
                Separator == ',' ? null : Separator == '\t' ? @"Separator = '\t'" : $"Separator = '{Separator}'",
                Encoding is null ? null : $"Encoding = {Encoding.WebName}",
            ];
        return $"CsvOptions {{ {string.Join(", ", parts.Where(part => part is not null))} }}";
    }

    private static string? Listed<T>(string name, ImmutableArray<T> values) => values.IsDefaultOrEmpty ? null : $"{name} = [{string.Join(", ", values)}]";

    private static string? Quoted(string name, ImmutableArray<string> values) => values.IsDefaultOrEmpty ? null : Listed(name, [.. values.Select(value => $"\"{value}\"")]);
}
