using System.Collections.Immutable;
using System.Numerics;
using System.Text;
using System.Text.Unicode;

namespace FunctionalNN;

/// <summary>Reads the fields of one column: numbers as themselves, categories as their codes.</summary>
/// <param name="name">The column's name.</param>
/// <param name="role">What the column is for.</param>
/// <param name="kind">Whether it is known to hold numbers or categories, or the first value decides.</param>
/// <param name="fitted">The categories where they are known.</param>
/// <param name="options">How to read.</param>
internal sealed class CsvFieldReader<T>(string name, CsvRole role, CsvKind kind, ImmutableArray<string> fitted, CsvOptions options)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const string MarksGap = "if it marks a missing value, add it to MissingValues";

    private readonly CsvNumerals numerals = new(options);
    private CsvCategories? categories;
    private (string Text, long Line) first;
    private (string? Unit, long Line) unit;

    public string Name { get; } = name;

    public CsvRole Role { get; } = role;

    public CsvKind Kind { get; private set; } = kind == CsvKind.Unknown && role == CsvRole.Label ? CsvKind.Category : kind;

    /// <summary>Whether nobody has said what the column holds.</summary>
    public bool IsInferred { get; } = kind == CsvKind.Unknown;

    /// <summary>The categories so far. In a column that was said to hold them each text is one.</summary>
    public CsvCategories Categories =>
        categories ??= new CsvCategories(fitted, isByText: Role == CsvRole.Input || (kind == CsvKind.Category && fitted.IsDefaultOrEmpty));

    /// <summary>How many values were missing.</summary>
    public int MissingCount { get; set; }

    /// <summary>Whether a mark of missing values that is a number stands for every way to write it.</summary>
    public bool ComparesNumbers => Kind != CsvKind.Category || IsInferred;

    /// <summary>The value of a field that is not missing; null, or what is wrong with it.</summary>
    public string? Read(ReadOnlySpan<byte> field, long line, out T value)
    {
        if (Kind == CsvKind.Number)
        {
            return ReadNumber(field, line, out value);
        }

        if (Kind == CsvKind.Category)
        {
            return ReadCategory(field, line, out value);
        }

        Kind = numerals.TryParse<T>(field, out _, out _) || CsvNumber.IsNotFinite(field) ? CsvKind.Number : CsvKind.Category;
        first = (CsvText.Shown(field), line);
        return Read(field, line, out value);
    }

    private string? ReadNumber(ReadOnlySpan<byte> field, long line, out T value)
    {
        if (!numerals.TryParse(field, out value, out var found) || !T.IsFinite(value))
        {
            return NoNumber(field);
        }

        // 5 % and 5, or 5 € and 5 $, are not the same.
        if (unit.Line == 0)
        {
            unit = (found, line);
        }

        return found == unit.Unit ? null
            : $"found {CsvText.Shown(field)} with {Named(found)} in a column that has {Named(unit.Unit)} in line {unit.Line}: write all "
                    + $"in one unit";
    }

    private string? ReadCategory(ReadOnlySpan<byte> field, long line, out T value)
    {
        value = T.Zero;
        if (!Utf8.IsValid(field))
        {
            return CsvText.NotUtf8;
        }

        var known = Categories.Names.Count;
        var code = Categories.CodeOf(field);
        if (IsInferred && Categories.Names.Count > known && Odd(field) is { } reason)
        {
            return reason;
        }

        if (code < 0 && (Role == CsvRole.Label || options.UnknownCategory == UnknownCategory.Error))
        {
            return $"found {CsvText.Shown(field)}, expected one of "
                + $"{CsvText.Listed([.. Categories.Names.Select(category => $"\"{category}\"")])}"
                + $"{NearestName.Hint(Encoding.UTF8.GetString(field), fitted)}"
                + $"{(Role == CsvRole.Label ? "" : "; UnknownCategory.Zeros lets others pass")}";
        }

        value = T.CreateTruncating(code);
        return Categories.Names.Count <= Math.Max(options.CategoryLimit, fitted.IsDefault ? 0 : fitted.Length)
            ? null
            : $"more than {options.CategoryLimit} different "
                    + $"{(Role == CsvRole.Label ? "classes: name the column in Targets if it is a quantity" : "texts: leave the column "
                    + "out with Ignore if it names each row")}, or raise CategoryLimit";
    }

    /// <summary>What makes a text suspect in a column that nobody has said to hold categories.</summary>
    private string? Odd(ReadOnlySpan<byte> field)
    {
        if (CsvGapMarks.Contains(field))
        {
            return $"found {CsvText.Shown(field)}: {MarksGap}; if it is a name, name the column in Categories";
        }

        if (numerals.TryParse<double>(field, out var number, out _))
        {
            return Role != CsvRole.Label
                    ? $"found the number {CsvText.Shown(field)} in a column that has the text {first.Text} in line {first.Line}: if that "
                            + $"marks a missing value, add it to MissingValues; if numbers are names here, name the column in Categories"
                            + $"{(first.Line == 1 ? "; if line 1 names the columns, set HasHeader = true" : "")}"
                : number != Math.Floor(number)
                    ? $"found {CsvText.Shown(field)}, expected the name or the whole number of a class: for a quantity name the column in "
                        + $"Targets instead of Label; if it is a name, name the column in Categories"
                : null;
        }

        return CsvNotation.Of(Encoding.UTF8.GetString(field), options) is { } notation
            ? $"found {CsvText.Shown(field)}, which looks like {notation}"
                + $"{(Role == CsvRole.Label ? "; for a quantity name the column in Targets instead of Label" : "")}; if it is a name, name "
                + $"the column in Categories"
            : null;
    }

    private string NoNumber(ReadOnlySpan<byte> field)
    {
        if (CsvNumber.IsNotFinite(field))
        {
            return $"found {CsvText.Shown(field)}, expected a finite number: {MarksGap}";
        }

        if (numerals.TryParse<double>(field, out _, out _))
        {
            return $"found {CsvText.Shown(field)}, expected a number that {typeof(T).Name} can hold";
        }

        var text = $"found {CsvText.Shown(field)}, expected a number";
        return CsvGapMarks.Contains(field)
            ? $"{text}: {MarksGap}{(IsInferred ? "; if the column holds categories, name it in Categories" : "")}"
            : CsvNotation.Of(Encoding.UTF8.GetString(field), options) is { } notation ? $"{text}; it looks like {notation}"
            : IsInferred
                ? $"{text} as in line {first.Line}: {MarksGap}; if the column holds categories, name it in Categories"
            : $"{text}{(Role == CsvRole.Target ? ": for classes set Label instead of Targets" : ", as in the file that the encoding was "
                + "fitted on")}";
    }

    private static string Named(string? unit) => unit is null ? "no unit" : $"the unit \"{unit}\"";
}
