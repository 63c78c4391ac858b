using System.Numerics;

namespace FunctionalNN;

/// <summary>Dividing a data set into one part to learn from and one to be measured by.</summary>
public static class DataSetSplit
{
    /// <summary>
    /// Divides the rows at random, by seed. With class labels the split is stratified: each class gives its share to both parts,
    /// to within one row. Every row is in exactly one part; within a part rows keep their order.
    /// </summary>
    /// <param name="data">What to divide.</param>
    /// <param name="testFraction">The share of the second part, 0 … 1.</param>
    /// <param name="seed">The same seed gives the same split.</param>
    /// <exception cref="ArgumentOutOfRangeException">The fraction lies outside 0 … 1.</exception>
    public static (DataSet<T> Train, DataSet<T> Test) Split<T>(this DataSet<T> data, double testFraction, int seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!(testFraction is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(testFraction), $"the test fraction is {testFraction}, expected 0 to 1");
        }

        var isTest = new bool[data.Count];
        var key = new Key((ulong)seed);
        foreach (var (stratum, rows) in Strata(data))
        {
            var order = key.Fold(stratum).Permutation(rows.Length);
            var tests = (int)Math.Round(testFraction * rows.Length, MidpointRounding.AwayFromZero);
            foreach (var position in order.AsSpan(0, tests))
            {
                isTest[rows[position]] = true;
            }
        }

        return (data.Pick([.. Enumerable.Range(0, data.Count).Where(row => !isTest[row])]),
                data.Pick([.. Enumerable.Range(0, data.Count).Where(row => isTest[row])]));
    }

    private static IEnumerable<(int Stratum, int[] Rows)> Strata<T>(DataSet<T> data)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        data.Targets is ClassLabels labels
            ? Enumerable.Range(0, data.Count).GroupBy(row => labels[row]).Select(group => (group.Key, group.ToArray()))
            : [(0, [.. Enumerable.Range(0, data.Count)])];
}
