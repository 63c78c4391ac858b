using System.Numerics;

namespace FunctionalNN;

/// <summary>Dividing a data set into parts to learn from and parts to be measured by.</summary>
/// <remarks>
/// By seed, and stratified: with class labels each class gives its share to every part, to within one row. Within a part rows keep their
/// order. Split before anything is fitted: data that was scaled by its own numbers or oversampled is refused.
/// </remarks>
public static class DataSetSplit
{
    /// <summary>Two parts: every row is in exactly one.</summary>
    /// <param name="data">What to divide.</param>
    /// <param name="testFraction">The share of the second part, 0 … 1.</param>
    /// <param name="seed">The same seed gives the same split.</param>
    /// <exception cref="ArgumentOutOfRangeException">The fraction lies outside 0 … 1.</exception>
    /// <exception cref="ArgumentException">The data was scaled by its own numbers or oversampled.</exception>
    public static (DataSet<T> Training, DataSet<T> Test) Split<T>(this DataSet<T> data, double testFraction, int seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        data.Lineage.RequireSplittable();
        var (train, _, test) = Cut(data, 0, testFraction, seed);
        return (train, test);
    }

    /// <summary>Three parts: every row is in exactly one. The test part is that of the split into two with the same fraction and
    /// seed.</summary>
    /// <param name="data">What to divide.</param>
    /// <param name="validationFraction">The validation part's share of all rows, 0 … 1.</param>
    /// <param name="testFraction">The test part's share of all rows, 0 … 1; the training part gets the rest.</param>
    /// <param name="seed">The same seed gives the same split.</param>
    /// <exception cref="ArgumentOutOfRangeException">A fraction lies outside 0 … 1, or both add up to more than 1.</exception>
    /// <exception cref="ArgumentException">The data was scaled by its own numbers or oversampled.</exception>
    public static DataParts<T> Split<T>(this DataSet<T> data, double validationFraction, double testFraction, int seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        data.Lineage.RequireSplittable();
        return Cut(data, validationFraction, testFraction, seed);
    }

    /// <summary>For stopping early within a fit: the data may already be scaled as it is to be fitted, but no row may be there
    /// twice.</summary>
    internal static (DataSet<T> Training, DataSet<T> Validation) SplitForStopping<T>(this DataSet<T> data, double fraction, int seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        data.Lineage.RequireSplittable(allowsScaled: true);
        var (train, validation, _) = Cut(data, fraction, 0, seed, DrawnRows.Stopping);
        return (train, validation);
    }

    /// <summary>The rows of each class, or all where there are no classes.</summary>
    internal static IEnumerable<(int Stratum, int[] Rows)> Strata<T>(DataSet<T> data)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        data.Targets is ClassLabels labels
            ? Enumerable.Range(0, data.Count).GroupBy(row => labels[row]).Select(group => (group.Key, group.ToArray()))
            : [(0, [.. Enumerable.Range(0, data.Count)])];

    /// <summary>The part that each row comes into.</summary>
    internal static DataPart[] PartOfEachRow<T>(DataSet<T> data, double validationFraction, double testFraction, int seed,
        DrawnRows purpose = DrawnRows.Parts)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        RequireFraction(testFraction, nameof(testFraction), "test fraction");
        RequireFraction(validationFraction, nameof(validationFraction), "validation fraction");
        if (validationFraction + testFraction > 1 + 1e-12)
        {
            throw new ArgumentOutOfRangeException(nameof(testFraction),
                $"the validation fraction {validationFraction} and the test fraction {testFraction} add up to more than 1: nothing is left "
                    + $"to learn from");
        }

        var parts = new DataPart[data.Count];
        var key = data.Lineage.KeyOf(seed, purpose);
        foreach (var (stratum, rows) in Strata(data))
        {
            var order = key.Fold(stratum).Permutation(rows.Length);
            var tests = Share(testFraction, rows.Length);
            var heldOut = Share(validationFraction + testFraction, rows.Length);
            for (var i = 0; i < rows.Length; i++)
            {
                parts[rows[order[i]]] = i < tests ? DataPart.Test : i < heldOut ? DataPart.Validation : DataPart.Training;
            }
        }

        return parts;
    }

    private static DataParts<T> Cut<T>(DataSet<T> data, double validationFraction, double testFraction, int seed,
        DrawnRows purpose = DrawnRows.Parts)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var parts = PartOfEachRow(data, validationFraction, testFraction, seed, purpose);
        return new DataParts<T>(Part(DataPart.Training), Part(DataPart.Validation), Part(DataPart.Test));

        DataSet<T> Part(DataPart part) =>
            data.Pick([.. Enumerable.Range(0, data.Count).Where(row => parts[row] == part)], data.Lineage.Cut(part));
    }

    private static int Share(double fraction, int count) =>
        Math.Min(count, (int)Math.Round(fraction * count, MidpointRounding.AwayFromZero));

    private static void RequireFraction(double fraction, string parameter, string name)
    {
        if (!(fraction is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(parameter, $"the {name} is {fraction}, expected 0 to 1");
        }
    }
}
