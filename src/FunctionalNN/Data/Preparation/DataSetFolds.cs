using System.Collections.Immutable;
using System.Numerics;

namespace FunctionalNN;

/// <summary>One of the k ways to hold out a k-th of the rows: <c>var (training, heldOut) = fold</c>.</summary>
/// <param name="Number">1 … k.</param>
/// <param name="Training">The other rows, to learn from.</param>
/// <param name="HeldOut">The rows to be measured by: a validation part, on which nothing can be fitted.</param>
/// <typeparam name="T">float or double.</typeparam>
public sealed record Fold<T>(int Number, DataSet<T> Training, DataSet<T> HeldOut)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The two parts.</summary>
    public void Deconstruct(out DataSet<T> training, out DataSet<T> heldOut) => (training, heldOut) = (Training, HeldOut);

    /// <summary>The counts.</summary>
    public override string ToString() => $"fold {Number}: {Training.Count} rows to learn from, {HeldOut.Count} held out";
}

/// <summary>Dividing a data set into k folds (Stone, "Cross-validatory choice and assessment of statistical predictions", 1974).</summary>
public static class DataSetFolds
{
    /// <summary>
    /// Holds out each row exactly once. By seed, and stratified: with class labels each class gives its share to every fold, to within one
    /// row, and the folds' sizes differ by at most one. Within a part rows keep their order.
    /// </summary>
    /// <param name="data">What to divide: as it came, or a training part; not what was already scaled by its own numbers or
    /// oversampled.</param>
    /// <param name="folds">k: 2 or more, and no more than there are rows.</param>
    /// <param name="seed">The same seed gives the same folds.</param>
    /// <exception cref="ArgumentOutOfRangeException">k does not fit the count of rows.</exception>
    /// <exception cref="ArgumentException">The data was scaled by its own numbers or oversampled.</exception>
    public static ImmutableArray<Fold<T>> KFold<T>(this DataSet<T> data, int folds, int seed = 0)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        data.Lineage.RequireSplittable();
        if (folds < 2 || folds > data.Count)
        {
            throw new ArgumentOutOfRangeException(nameof(folds),
                $"{folds} folds of {data.Count} rows: give 2 or more, and no more than there are rows");
        }

        // Dealt like cards, on through the classes: no fold gets two more of anything than another.
        var foldOf = new int[data.Count];
        var (key, dealt) = (data.Lineage.KeyOf(seed, DrawnRows.Folds), 0);
        foreach (var (stratum, rows) in DataSetSplit.Strata(data))
        {
            foreach (var position in key.Fold(stratum).Permutation(rows.Length))
            {
                foldOf[rows[position]] = dealt++ % folds;
            }
        }

        return [.. Enumerable.Range(0, folds).Select(fold => new Fold<T>(
            fold + 1,
            Part(DataPart.Training, fold, row => foldOf[row] != fold),
            Part(DataPart.Validation, fold, row => foldOf[row] == fold)))];

        DataSet<T> Part(DataPart part, int fold, Func<int, bool> takes) =>
            data.Pick([.. Enumerable.Range(0, data.Count).Where(takes)], data.Lineage.Cut(part, fold + 1));
    }
}
