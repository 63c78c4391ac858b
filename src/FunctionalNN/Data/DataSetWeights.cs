using System.Numerics;

namespace FunctionalNN;

/// <summary>
/// Samples that count for more or less: with weights wᵢ the loss of a batch is Σ wᵢ·ℓᵢ / n, whatever the loss. It is divided by the
/// count n of rows and not by Σ wᵢ, as in Keras and unlike PyTorch, so that an epoch's sum does not depend on which rows met in
/// a batch. Accuracy counts every row once.
/// </summary>
public static class DataSetWeights
{
    /// <summary>The same samples with a weight each; it multiplies with the weight that a sample has already.</summary>
    /// <exception cref="ArgumentException">There is not one weight a sample, or a weight is negative or not finite.</exception>
    public static DataSet<T> Weighted<T>(this DataSet<T> data, ReadOnlySpan<T> weights)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (weights.Length != data.Count)
        {
            throw new ArgumentException($"{weights.Length} weights were given for {data.Count} samples: give each sample one");
        }

        for (var row = 0; row < weights.Length; row++)
        {
            if (!T.IsFinite(weights[row]) || weights[row] < T.Zero)
            {
                throw new ArgumentException($"the weight of row {row} is {weights[row]}, expected a finite number of 0 or more");
            }
        }

        var column = Matrix.Create(data.Count, 1, weights);
        return new DataSet<T>(data.Inputs, data.Targets,
            data.Weights is { } before ? Matrix.Create<T>(data.Count, 1, (row, _) => before[row, 0] * column[row, 0]) : column,
            data.Lineage, data.InputNames);
    }

    /// <summary>The same samples, each weighted by its class.</summary>
    /// <param name="data">Samples with class labels.</param>
    /// <param name="classWeights">One weight a class.</param>
    /// <exception cref="ArgumentException">The targets are no class labels, or there is not one weight a class.</exception>
    public static DataSet<T> WeightedByClass<T>(this DataSet<T> data, params ReadOnlySpan<double> classWeights)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var labels = LabelsOf(data);
        if (classWeights.Length != labels.Classes)
        {
            throw new ArgumentException($"{classWeights.Length} weights were given for {labels.Classes} classes: give each class one");
        }

        var weights = new T[data.Count];
        for (var row = 0; row < weights.Length; row++)
        {
            weights[row] = T.CreateSaturating(classWeights[labels[row]]);
        }

        return data.Weighted<T>(weights);
    }

    /// <summary>The same samples with class weights n / (k · n_class), so that each of the k classes counts the same: scikit-learn's
    /// "balanced".</summary>
    /// <exception cref="ArgumentException">The targets are no class labels.</exception>
    public static DataSet<T> Balanced<T>(this DataSet<T> data)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var labels = LabelsOf(data);
        return data.WeightedByClass([.. labels.Frequencies()
            .Select(count => count == 0 ? 0 : (double)data.Count / (labels.Classes * (double)count))]);
    }

    private static ClassLabels LabelsOf<T>(DataSet<T> data)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        data.Targets as ClassLabels ?? throw new ArgumentException($"class weights take class labels, the data has {data.Targets}");
}
