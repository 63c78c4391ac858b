using System.Collections.Immutable;
using System.Text;

namespace FunctionalNN;

/// <summary>
/// How a CSV file is to be understood. A column of numbers becomes one input, a column of texts one input a category (one-hot, with
/// names such as <c>sex=male</c>). Numbers have a decimal point and nothing between thousands, by default; what looks like a
/// number in another notation, a date or a mark of a missing value is an error, never a category. Blanks around a field do not count.
/// </summary>
public sealed record CsvOptions
{
    private const int DefaultLimit = 100;

    private readonly bool? isHeader;

    /// <summary>The column of the classes, for classification: texts or whole numbers.</summary>
    public CsvColumn? Label { get; init; }

    /// <summary>The columns of numbers to predict, for regression. Give these or <see cref="Label"/>.</summary>
    public ImmutableArray<CsvColumn> Targets { get; init; } = [];

    /// <summary>Columns that are not read.</summary>
    public ImmutableArray<CsvColumn> Ignore { get; init; } = [];

    /// <summary>Columns whose numbers are names, such as a passenger's class or a postcode: they are read as categories. Each text is one:
    /// 0101, 101 and 101.0 are three.</summary>
    public ImmutableArray<CsvColumn> Categories { get; init; } = [];

    /// <summary>
    /// The names of the classes in the order of their numbers. Without them they are those in the file, in order: by number where all are
    /// numbers, by code of the characters otherwise (the order of scikit-learn).
    /// </summary>
    public ImmutableArray<string> Classes { get; init; } = [];

    /// <summary>What stands before the fraction of a number: a point, or a comma as in <c>1,5</c>.</summary>
    public char DecimalMark { get; init; } = '.';

    /// <summary>What may stand between thousands, as in <c>1,234,567</c> or <c>1'234</c>; without it nothing may. A blank stands for every
    /// kind of blank.</summary>
    public char? ThousandsMark { get; init; }

    /// <summary>
    /// What may stand before or behind a number and does not change it: <c>"$"</c>, <c>"%"</c>, <c>"kg"</c>. 5 % is read as 5. A column in
    /// which some numbers bear a unit and others none or another is refused.
    /// </summary>
    public ImmutableArray<string> Units { get; init; } = [];

    /// <summary>What to do where a value is missing.</summary>
    public Missing Missing { get; init; } = Missing.Error;

    /// <summary>
    /// The texts that mean a missing value, besides an empty field: <c>"NA"</c>, <c>"?"</c>, <c>"nan"</c>. One that is a number,
    /// <c>"-200"</c>, stands for every way to write it, <c>-200.0</c> too; in a column of <see cref="Categories"/> for this text alone.
    /// </summary>
    public ImmutableArray<string> MissingValues { get; init; } = [];

    /// <summary>What to do with a category that was not there when the encoding was fitted.</summary>
    public UnknownCategory UnknownCategory { get; init; } = UnknownCategory.Error;

    /// <summary>The most categories or classes that a column may have: a guard against names and numbers taken for categories.</summary>
    public int CategoryLimit
    {
        get; init =>
        field = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), $"the category limit is {value}, expected 1 or more");
    } = DefaultLimit;

    /// <summary>
    /// Whether the first line names the columns. Without it they are column0, column1, and so on. Where a column of numbers has a number
    /// for a name, the file may have no header, and that is an error; set to true the names are taken as they are.
    /// </summary>
    public bool HasHeader { get => isHeader ?? true; init => isHeader = value; }

    /// <summary>What stands between two fields: an ASCII character. A run of blanks and tabs is one separator where it is a
    /// blank.</summary>
    public char Separator { get; init; } = ',';

    /// <summary>The encoding of the text; without one a byte order mark decides, and UTF-8 is expected otherwise.</summary>
    public Encoding? Encoding { get; init; }

    /// <summary>Whether it was said that there is a header.</summary>
    internal bool IsHeaderSure => isHeader is not null;

    /// <summary>What differs from the defaults, as it is written in code.</summary>
    public override string ToString()
    {
        string?[] parts =
            [
                Label is { } label ? $"Label = {label}" : null,
                Listed(nameof(Targets), Targets), Listed(nameof(Ignore), Ignore), Listed(nameof(Categories), Categories),
                Quoted(nameof(Classes), Classes),
                Missing == Missing.Error ? null : $"Missing = Missing.{Missing}",
                Quoted(nameof(MissingValues), MissingValues),
                UnknownCategory == UnknownCategory.Error ? null : $"UnknownCategory = UnknownCategory.{UnknownCategory}",
                CategoryLimit == DefaultLimit ? null : $"CategoryLimit = {CategoryLimit}",
                isHeader switch { true => "HasHeader = true", false => "HasHeader = false", null => null },
                Separator == ',' ? null : $"Separator = {InCode(Separator)}",
                DecimalMark == '.' ? null : $"DecimalMark = {InCode(DecimalMark)}",
                ThousandsMark is { } mark ? $"ThousandsMark = {InCode(mark)}" : null,
                Quoted(nameof(Units), Units),
                Encoding is null ? null : $"Encoding = {Encoding.WebName}",
            ];
        return $"CsvOptions {{ {string.Join(", ", parts.Where(part => part is not null))} }}";
    }

    private static string InCode(char letter) => letter switch { '\t' => @"'\t'", '\'' => @"'\''", _ => $"'{letter}'" };

    private static string? Listed<T>(string name, ImmutableArray<T> values) =>
        values.IsDefaultOrEmpty ? null : $"{name} = [{string.Join(", ", values)}]";

    private static string? Quoted(string name, ImmutableArray<string> values) =>
        values.IsDefaultOrEmpty ? null : Listed(name, [.. values.Select(value => $"\"{value}\"")]);
}
