using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>Whether the columns of a file could have been fitted: a number that is none would come into every prediction.</summary>
internal static class StoredColumns
{
    /// <exception cref="ArgumentException">They could not; the message says what is wrong.</exception>
    public static void Require(FittedColumn column)
    {
        string[] faults =
        [
            .. column.Column.Faults(),
            .. column switch
            {
                FittedNumber number => OfNumber(number),
                FittedCategory category => OfCategory(category),
                FittedDate date => OfDate(date),
                FittedFlag flag => OfFilling(flag, flag.Filling),
                _ => [],
            },
        ];
        if (faults.Length > 0)
        {
            throw new ArgumentException($"column \"{column.Name}\": {string.Join("; ", faults)}");
        }
    }

    /// <exception cref="ArgumentException">It could not have been fitted.</exception>
    public static void Require(FittedTarget target)
    {
        if (!(target.Spread > 0 && double.IsFinite(target.Spread) && double.IsFinite(target.Mean)))
        {
            throw new ArgumentException(
                $"column \"{target.Name}\": the mean is {target.Mean} and the spread {target.Spread}, expected finite "
                + "numbers and a spread above 0");
        }

        if (target.Column.IsQuantity != target.Classes.IsEmpty
            || target.Classes.Distinct(StringComparer.Ordinal).Count() < target.Classes.Length)
        {
            throw new ArgumentException($"column \"{target.Name}\": found {target.Classes.Length} classes, expected "
                + (target.Column.IsQuantity ? "none of a quantity" : "one or more, each once"));
        }
    }

    private static IEnumerable<string> OfNumber(FittedNumber number)
    {
        if (!IsScale(number.Scale) || number.Quantiles.Length == 1 || !IsInOrder(number.Quantiles))
        {
            yield return $"the scale is (x − {number.Offset})/{number.Spread} with {number.Quantiles.Length} quantiles, expected finite "
                + "numbers, a spread above 0, and no quantiles or two and more in order";
        }

        if (!(number.Low <= number.High))
        {
            yield return $"the bounds are {number.Low} and {number.High}, expected numbers in order";
        }

        if (!IsInOrder(number.Edges))
        {
            yield return "the edges of bins are not finite numbers in order";
        }

        foreach (var fault in OfFilling(number, number.Filling))
        {
            yield return fault;
        }
    }

    private static IEnumerable<string> OfCategory(FittedCategory category)
    {
        if (category.Classes == 0)
        {
            yield return "there are no categories";
        }

        if (category.Categories.Concat(category.Rare).Distinct(StringComparer.Ordinal).Count()
            < category.Categories.Length + category.Rare.Length)
        {
            yield return "a category is there twice";
        }

        if (category.Column.Gaps == Gaps.MostFrequent && category.Category.Unseen == UnseenCategory.Error
            && !category.Categories.Contains(category.Filling) && !category.Rare.Contains(category.Filling))
        {
            yield return $"gaps become {CellReader.Shown(category.Filling)}, which is none of the categories";
        }
    }

    private static IEnumerable<string> OfDate(FittedDate date)
    {
        var expected = DateNumbers.Standardised(date.Date.Parts).Count();
        if (date.Scales.Length != expected || !date.Scales.All(IsScale) || !double.IsFinite(date.Reference))
        {
            yield return $"found {date.Scales.Length} scales and the reference {date.Reference}, expected {expected} scales of finite "
                + $"numbers "
                + "with spreads above 0, and a finite reference";
        }

        foreach (var fault in OfFilling(date, date.Filling))
        {
            yield return fault;
        }
    }

    private static IEnumerable<string> OfFilling(FittedColumn column, double filling) =>
        column.Column.Gaps is Gaps.Mean or Gaps.Median or Gaps.MostFrequent && !double.IsFinite(filling)
            ? [$"gaps become {filling}, expected a finite number"]
            : [];

    private static bool IsScale(NumberScale scale) => double.IsFinite(scale.Offset) && double.IsFinite(scale.Spread) && scale.Spread > 0;

    private static bool IsInOrder(ImmutableArray<double> numbers) =>
        numbers.All(double.IsFinite) && numbers.Zip(numbers.Skip(1), (low, high) => low <= high).All(isRight => isRight);
}
