using System.Numerics;

namespace FunctionalNN;

/// <summary>Other orders and other counts of the same rows, by seed and without a copy of the inputs.</summary>
public static class DataSetSampling
{
    /// <summary>The rows in random order, once and for all. For a new order each epoch see <see cref="DataSet{T}.Shuffled"/>.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="seed">The same seed gives the same order.</param>
    public static DataSet<T> Permuted<T>(this DataSet<T> data, int seed)
        where T : unmanaged, IFloatingPointIeee754<T> => data.Pick(data.Lineage.KeyOf(seed, DrawnRows.Order).Permutation(data.Count));

    /// <summary>
    /// Training data with rows of the rarer classes repeated at random, until each class has as many as the greatest: all rows in their
    /// order, then the repetitions. Weights go along. For the same effect without repetition see <see cref="DataSetWeights.Balanced"/>.
    /// </summary>
    /// <param name="trainingData">A training part or data that is not split at all; it cannot be split afterwards, since copies of one row
    /// would come into several parts.</param>
    /// <param name="seed">The same seed gives the same rows.</param>
    /// <exception cref="ArgumentException">The targets are no class labels, or this is a validation or test part.</exception>
    public static DataSet<T> Oversampled<T>(this DataSet<T> trainingData, int seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var counts = LabelsOf(trainingData).Frequencies();
        return trainingData.Oversampled(seed, [.. counts.Select(count => count == 0 ? 0 : counts.Max())]);
    }

    /// <summary>Training data with rows of each class repeated at random up to a count of its own.</summary>
    /// <param name="trainingData">As for <see cref="Oversampled{T}(DataSet{T}, int)"/>.</param>
    /// <param name="seed">The same seed gives the same rows.</param>
    /// <param name="counts">How many rows of each class there shall be: no fewer than there are.</param>
    /// <exception cref="ArgumentException">The targets are no class labels, a count does not fit, or this is a validation or test
    /// part.</exception>
    public static DataSet<T> Oversampled<T>(this DataSet<T> trainingData, int seed, params ReadOnlySpan<int> counts)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var labels = LabelsOf(trainingData);
        trainingData.Lineage.RequireTraining("oversampling");
        if (counts.Length != labels.Classes)
        {
            throw new ArgumentException($"{counts.Length} counts were given for {labels.Classes} classes: give each class one");
        }

        var rows = new List<int>(Enumerable.Range(0, trainingData.Count));
        var byClass = Enumerable.Range(0, trainingData.Count).ToLookup(row => labels[row]);
        for (var label = 0; label < counts.Length; label++)
        {
            int[] own = [.. byClass[label]];
            if (counts[label] < own.Length || (own.Length == 0 && counts[label] > 0))
            {
                throw new ArgumentException(
                    $"class {labels.NameOf(label)} has {own.Length} rows and shall have {counts[label]}: "
                        + $"{(own.Length == 0 ? "there is none to repeat" : "oversampling takes none away")}");
            }

            var key = trainingData.Lineage.KeyOf(seed, DrawnRows.Repetitions).Fold(label);
            for (var i = own.Length; i < counts[label]; i++)
            {
                rows.Add(own[key.Below(own.Length, i)]);
            }
        }

        return trainingData.Pick([.. rows], trainingData.Lineage.After("oversampled", repeats: true));
    }

    private static ClassLabels LabelsOf<T>(DataSet<T> data)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        data.Targets as ClassLabels ?? throw new ArgumentException($"oversampling takes class labels, the data has {data.Targets}");
}
