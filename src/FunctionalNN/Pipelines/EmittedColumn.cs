using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace FunctionalNN;

/// <summary>The C# that prepares one column: the operations of <see cref="FittedColumn"/> in their order, so with their bits.</summary>
/// <param name="column">The column.</param>
/// <param name="property">What the row calls it.</param>
/// <param name="at">Its first input.</param>
/// <param name="marks">Texts that mean a missing value.</param>
internal sealed class EmittedColumn(FittedColumn column, string property, int at, ImmutableArray<string> marks)
{
    private readonly List<string> lines = [];

    /// <summary>The type of the row's property.</summary>
    public static string TypeOf(FittedColumn column) => column switch
    {
        FittedCategory => "string?",
        FittedFlag => "bool?",
        FittedDate => "DateTime?",
        _ => "double?",
    };

    private string Name => EmittedSource.Literal(column.Name);

    private int OwnWidth => column.Width - (column.Column.MarksGaps ? 1 : 0);

    private bool HasFilling => column.Column.Gaps is Gaps.Mean or Gaps.Median or Gaps.MostFrequent;

    /// <summary>The statements, in a block.</summary>
    public IEnumerable<string> Statements()
    {
        Read();
        if (column.Column.MarksGaps)
        {
            lines.Add($"x[{at + OwnWidth}] = isGap ? 1 : 0;");
        }

        lines.Add(column.Column.Gaps switch
        {
            Gaps.Zeros => column is FittedCategory { EmbeddingWidth: not null }
                ? $"if (isGap) x[{at}] = -1; else"
                : $"if (isGap) x.Slice({at}, {OwnWidth}).Clear(); else",
            _ when HasFilling => $"if (isGap) value = {Filling};",
            _ => $"if (isGap) throw new ArgumentException(\"column \\\"\" + {Name} + \"\\\": the value is missing: give one\");",
        });
        lines.Add("{");
        Write();
        lines.Add("}");
        return ["{", .. lines.Select(line => $"    {line}"), "}"];
    }

    private string Filling => column switch
    {
        FittedNumber number => N(number.Filling),
        FittedFlag flag => N(flag.Filling),
        FittedDate date => N(date.Filling),
        FittedCategory category => EmittedSource.Literal(category.Filling),
        _ => "",
    };

    private void Read()
    {
        switch (column)
        {
            case FittedCategory:
                lines.Add($"var value = row.{property}?.Trim() ?? \"\";");
                lines.Add($"var isGap = value is {string.Join(" or ", marks.Append("").Distinct(StringComparer.Ordinal)
                    .Select(EmittedSource.Literal))};");
                break;
            case FittedFlag:
                lines.Add($"var value = row.{property} is {{ }} flag ? flag ? 1.0 : 0.0 : double.NaN;");
                lines.Add("var isGap = double.IsNaN(value);");
                break;
            case FittedDate:
                lines.Add($"var value = row.{property} is {{ }} date ? Seconds(date) : double.NaN;");
                lines.Add("var isGap = double.IsNaN(value);");
                break;
            default:
                var numbers = marks.Where(mark => CsvNumber.Canonical(mark) is not null)
                    .Select(mark => N(double.Parse(mark, CultureInfo.InvariantCulture)));
                lines.Add($"var value = row.{property} ?? double.NaN;");
                lines.Add($"var isGap = double.IsNaN(value){string.Concat(numbers.Select(number => $" || value == {number}"))};");
                break;
        }
    }

    private void Write()
    {
        switch (column)
        {
            case FittedNumber number:
                OfNumber(number);
                break;
            case FittedFlag:
                lines.Add($"x[{at}] = value;");
                break;
            case FittedDate date:
                OfDate(date);
                break;
            case FittedCategory category:
                OfCategory(category);
                break;
        }
    }

    private void OfNumber(FittedNumber number)
    {
        var isLog = number.Number.Log;
        lines.Add($"if (!double.IsFinite(value){(isLog ? " || value <= -1" : "")}) throw Bad({Name}, value, \"a finite number"
            + $"{(isLog ? " above -1" : "")}\");");
        lines.Add($"value = Math.Clamp({(isLog ? "double.LogP1(value)" : "value")}, {N(number.Low)}, {N(number.High)});");
        if (number.Number.Bins is not null)
        {
            lines.Add($"x.Slice({at}, {OwnWidth}).Clear();");
            lines.Add($"x[{at} + Bin(value, [{string.Join(", ", number.Edges.Select(N))}])] = 1;");
            return;
        }

        lines.Add(number.Quantiles.IsEmpty
            ? $"x[{at}] = (value - {N(number.Offset)}) / {N(number.Spread)};"
            : $"x[{at}] = Rank(value, [{string.Join(", ", number.Quantiles.Select(N))}]);");
    }

    private void OfDate(FittedDate date)
    {
        var (parts, place, scale) = (date.Date.Parts, at, 0);
        lines.Add("var day = Math.Floor(value / 86400.0);");
        lines.Add("var time = (value - (day * 86400.0)) / 86400.0;");
        lines.Add("var when = DateTime.UnixEpoch.AddDays(day);");
        foreach (var (part, text) in (ReadOnlySpan<(DateParts, string)>)
        [
            (DateParts.Age, $"({N(date.Reference)} - value) / 86400.0"), (DateParts.Year, "when.Year"), (DateParts.Month, "when.Month"),
            (DateParts.Day, "when.Day"), (DateParts.Hour, "24 * time"),
        ])
        {
            if ((parts & part) != 0)
            {
                lines.Add($"x[{place++}] = (({text}) - {N(date.Scales[scale].Offset)}) / {N(date.Scales[scale].Spread)};");
                scale++;
            }
        }

        if ((parts & DateParts.Weekend) != 0)
        {
            lines.Add($"x[{place++}] = when.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 1 : 0;");
        }

        foreach (var (part, text) in (ReadOnlySpan<(DateParts, string)>)
        [
            (DateParts.YearCycle, "(when.DayOfYear - 1 + time) / (DateTime.IsLeapYear(when.Year) ? 366 : 365)"),
            (DateParts.WeekCycle, "((((int)when.DayOfWeek + 6) % 7) + time) / 7"), (DateParts.DayCycle, "time"),
        ])
        {
            if ((parts & part) != 0)
            {
                lines.Add($"(x[{place}], x[{place + 1}]) = Math.SinCos(2 * Math.PI * ({text}));");
                place += 2;
            }
        }

        lines.Add("_ = (time, when);");
    }

    private void OfCategory(FittedCategory category)
    {
        // A gap has its filling here, unless it was told apart before; the filling itself may be a text that is none of the names.
        var other = category.Categories.Length;
        lines.Add("var code = value switch");
        lines.Add("{");
        foreach (var (name, code) in category.Categories.Select((name, i) => (name, i)).Concat(category.Rare.Select(name => (name, other))))
        {
            lines.Add($"    {EmittedSource.Literal(name)} => {code},");
        }

        lines.Add(category.Category.Unseen switch
        {
            UnseenCategory.Zeros => "    _ => -1,",
            UnseenCategory.Other => $"    _ => {other},",
            _ => $"    _ => throw Bad({Name}, value, \"one of \" + {EmittedSource.Literal(CsvText.Listed([.. category.Categories,
                .. category.Rare]))}),",
        });
        lines.Add("};");
        switch (category.Category.Encoding)
        {
            case CategoryEncoding.OneHot:
                lines.Add($"x.Slice({at}, {OwnWidth}).Clear();");
                lines.Add($"if (code >= 0) x[{at} + code] = 1;");
                break;
            case CategoryEncoding.Embedding:
                lines.Add($"x[{at}] = code;");
                break;
            default:
                lines.Add($"x[{at}] = (code + 1.0) / {category.Classes};");
                break;
        }
    }

    private static string N(double value) => EmittedNumber.Of(value);
}
