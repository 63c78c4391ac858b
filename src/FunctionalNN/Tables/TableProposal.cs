using System.Collections.Immutable;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// A recipe from the data. Two texts such as yes and no are a flag; numbers are a number, with a logarithm where none is negative and the
/// 99 % quantile is more than twenty times the median; ISO dates, or dates that only one common format reads, are a date; at most 100
/// different texts are categories, rare ones together below 5 rows. Left out are columns without a value, without a second value, texts
/// that nearly all differ, and whole numbers that all differ in a column named id. Gaps become the median, the most frequent flag or
/// zeros, and are marked.
/// </summary>
internal static class TableProposal
{
    private const int MaxCategories = 100;
    private const int RareRows = 5;
    private const double MaxDifferent = 0.5;
    private const int MaxClasses = 20;
    private const double Skewed = 20;
    private const double Tail = 0.99;

    public static Validation<Error, TableRecipe> Of(Table table, string target)
    {
        table.Lineage.RequireTraining("the recipe of a table");
        if (table.PositionOf(target) < 0)
        {
            throw new ArgumentException(
                $"there is no column "
                    + $"\"{target}\"{NearestName.HintOr(target, table.Names, $"; the columns are {CsvText.Listed(table.Names)}")}",
                nameof(target));
        }

        var reader = new CellReader(table.Notation);
        var recipe = new TableRecipe { Target = TargetOf(new ColumnView(table, target, reader), target) };
        List<Error> faults = [];
        foreach (var name in table.Names.Where(name => name != target))
        {
            var view = new ColumnView(table, name, reader);
            if (view.Fault() is { } fault)
            {
                faults.Add(Error.New(fault));
                continue;
            }

            var (column, reason) = ColumnOf(view, name);
            recipe = column is null
                ? recipe with { LeftOut = recipe.LeftOut.Add(new LeftOutColumn(name, reason)) }
                : recipe with { Columns = recipe.Columns.Add(column) };
        }

        return faults.Count == 0 ? Validation<Error, TableRecipe>.Success(recipe)
            : Validation<Error, TableRecipe>.Fail(LanguageExt.Seq.createRange(faults));
    }

    private static (Column? Column, string Reason) ColumnOf(ColumnView view, string name)
    {
        var hasGaps = view.Gaps > 0;
        if (view.Texts.Length == 0)
        {
            return (null, "no value in any row");
        }

        if (view.Different.Length == 1)
        {
            return (null, $"always {CellReader.Shown(view.Different[0])}");
        }

        if (view.IsFlag)
        {
            return (new FlagColumn(name) { Gaps = hasGaps ? Gaps.MostFrequent : Gaps.Error, MarksGaps = hasGaps }, "");
        }

        if (view.Numbers is { } numbers && !view.HasCodes)
        {
            return view.IsKey(name)
                ? (null, "a key: all different")
                : (new NumberColumn(name)
                {
                    Log = IsSkewed(numbers),
                    Gaps = hasGaps ? Gaps.Median : Gaps.Error,
                    MarksGaps = hasGaps,
                }, "");
        }

        if (view.DateFormats is { } formats)
        {
            return formats.Length > 1
                ? (null, $"dates that {string.Join(" and ", formats)} read: add a DateColumn with the right one in Formats")
                : (new DateColumn(name)
                {
                    Formats = formats,
                    Parts = DateParts.Age | DateParts.YearCycle | DateParts.WeekCycle
                        | (view.HasTimes(formats) ? DateParts.DayCycle : DateParts.None),
                    Gaps = hasGaps ? Gaps.Median : Gaps.Error,
                    MarksGaps = hasGaps,
                }, "");
        }

        if (view.Different.Length > MaxDifferent * view.Texts.Length && view.Different.Length > MaxClasses)
        {
            return (null, "texts that nearly all differ");
        }

        var isMany = view.Different.Length > MaxCategories;
        var rare = isMany ? Math.Max(RareRows, view.Texts.Length / MaxCategories) : view.Fewest < RareRows ? RareRows : 0;
        return (new CategoryColumn(name)
        {
            RareBelow = rare,
            Unseen = rare > 0 ? UnseenCategory.Other : UnseenCategory.Error,
            Gaps = hasGaps ? Gaps.Zeros : Gaps.Error,
            MarksGaps = hasGaps,
        }, "");
    }

    /// <summary>Numbers with fractions or of more than 20 different values are a quantity.</summary>
    private static TargetColumn TargetOf(ColumnView view, string name) =>
        view.Numbers is { } numbers && !view.HasCodes
            && (numbers.Any(number => number != Math.Floor(number)) || view.Different.Length > MaxClasses)
            ? TargetColumn.OfQuantity(name)
            : TargetColumn.OfClasses(name);

    private static bool IsSkewed(double[] numbers)
    {
        double[] sorted = [.. numbers.Order()];
        var median = Statistics.Quantile(sorted, 0.5);
        return sorted[0] >= 0 && median > 0 && Statistics.Quantile(sorted, Tail) > Skewed * median;
    }
}
