using System.Collections.Immutable;
using System.Globalization;
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
    private readonly bool isInferred = kind == CsvKind.Unknown;
    private readonly CsvCategories categories = new(fitted);
    private (string Text, long Line) first;

    public string Name { get; } = name;

    public CsvRole Role { get; } = role;

    public CsvKind Kind { get; private set; } = kind == CsvKind.Unknown && role == CsvRole.Label ? CsvKind.Category : kind;

    public CsvCategories Categories => categories;

    /// <summary>How many values were missing.</summary>
    public int MissingCount { get; set; }

    /// <summary>The value of a field that is not missing; null, or what is wrong with it.</summary>
    public string? Read(ReadOnlySpan<byte> field, long line, out T value)
    {
        if (Kind == CsvKind.Number)
        {
            return CsvNumber.TryParse(field, out value) && T.IsFinite(value) ? null : NoNumber(field);
        }

        if (Kind == CsvKind.Category)
        {
            return ReadCategory(field, line, out value);
        }

        Kind = CsvNumber.TryParse<T>(field, out _) || CsvNumber.IsNotFinite(field) ? CsvKind.Number : CsvKind.Category;
        first = (CsvText.Shown(field), line);
        return Read(field, line, out value);
    }

    private string? ReadCategory(ReadOnlySpan<byte> field, long line, out T value)
    {
        value = T.Zero;
        if (!Utf8.IsValid(field))
        {
            return "the text is not UTF-8: save the file as UTF-8, or set Encoding to what it was written in, such as Encoding.Latin1";
        }

        if (isInferred && Odd(field) is { } reason)
        {
            return reason;
        }

        var code = categories.CodeOf(field);
        if (code < 0 && (Role == CsvRole.Label || options.UnknownCategory == UnknownCategory.Error))
        {
            return $"found {CsvText.Shown(field)}, expected one of {CsvText.Listed([.. categories.Names.Select(category => $"\"{category}\"")])}{NearestName.Hint(Encoding.UTF8.GetString(field), fitted)}{(Role == CsvRole.Label ? "" : "; UnknownCategory.Zeros lets others pass")}";
        }

        value = T.CreateTruncating(code);
        return categories.Names.Count <= Math.Max(options.CategoryLimit, fitted.IsDefault ? 0 : fitted.Length)
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"more than {options.CategoryLimit} different {(Role == CsvRole.Label ? "classes: name the column in Targets if it is a quantity" : "texts: leave the column out with Ignore if it names each row")}, or raise CategoryLimit");
    }

    /// <summary>What makes a text suspect in a column that nobody has said to hold categories.</summary>
    private string? Odd(ReadOnlySpan<byte> field)
    {
        if (CsvNumber.IsNotFinite(field))
        {
            return $"found {CsvText.Shown(field)}: if it marks a missing value, add it to MissingValues; if it is a name, name the column in Categories";
        }

        if (Role == CsvRole.Label)
        {
            return CsvNumber.TryParse<double>(field, out var number) && number != Math.Floor(number)
                ? $"found {CsvText.Shown(field)}, expected the name or the whole number of a class: for a quantity name the column in Targets instead of Label"
                : null;
        }

        return CsvNumber.TryParse<T>(field, out _)
            ? string.Create(CultureInfo.InvariantCulture, $"found the number {CsvText.Shown(field)} in a column that has the text {first.Text} in line {first.Line}: if that marks a missing value, add it to MissingValues; if numbers are names here, name the column in Categories{(first.Line == 1 ? "; if line 1 names the columns, set HasHeader = true" : "")}")
            : null;
    }

    private string NoNumber(ReadOnlySpan<byte> field)
    {
        if (CsvNumber.IsNotFinite(field))
        {
            return $"found {CsvText.Shown(field)}, expected a finite number: if it marks a missing value, add it to MissingValues";
        }

        if (CsvNumber.TryParse<double>(field, out _))
        {
            return $"found {CsvText.Shown(field)}, expected a number that {typeof(T).Name} can hold";
        }

        var text = $"found {CsvText.Shown(field)}, expected a number";
        return isInferred
            ? string.Create(CultureInfo.InvariantCulture, $"{text} as in line {first.Line}: if it marks a missing value, add it to MissingValues; if the column holds categories, name it in Categories")
            : $"{text}{(Role == CsvRole.Target ? ": for classes set Label instead of Targets" : ", as in the file that the encoding was fitted on")}";
    }
}
