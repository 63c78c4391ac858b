using System.Numerics;

namespace FunctionalNN;

/// <summary>One call from a model and data to what the model is worth there.</summary>
public static class Reporting
{
    /// <summary>
    /// The report that the targets ask for: a <see cref="ClassificationReport"/> for class labels and for one-hot targets of a softmax, a
    /// <see cref="MultiLabelReport"/> for several real targets of a sigmoid, else a <see cref="RegressionReport"/>. Each of them has an
    /// <c>Of</c> that gives its own type.
    /// </summary>
    /// <param name="model">What predicts.</param>
    /// <param name="data">The rows to measure; their weights are used as scikit-learn uses sample_weight.</param>
    /// <param name="loss">Says how outputs are to be read that are neither probabilities nor quantities: logits or margins.</param>
    /// <param name="keepScores">Whether to keep every row's outputs for measures of rank; without them memory does not grow with the
    /// rows.</param>
    /// <param name="parallelism">All cores by default; the result is the same.</param>
    /// <exception cref="ArgumentException">The data does not fit the network, has no rows, or an output is not finite; the message says
    /// what to do.</exception>
    public static EvaluationReport Report<T>(this Model<T> model, DataSet<T> data, Loss? loss = null, bool keepScores = true,
        Parallelism? parallelism = null)
        where T : unmanaged, IFloatingPointIeee754<T> => data.Targets switch
        {
            ClassLabels => ClassificationReport.Of(model, data, loss, keepScores, parallelism),
            _ when IsOneClassOfSeveral(model.Network.OutputRange, loss) =>
                ClassificationReport.Of(model, data, loss, keepScores, parallelism),
            _ when IsYesOrNo(model.Network.OutputRange, loss) => MultiLabelReport.Of(model, data, loss, keepScores, parallelism),
            _ => RegressionReport.Of(model, data, keepScores, parallelism),
        };

    private static bool IsOneClassOfSeveral(OutputRange range, Loss? loss) =>
        range is OutputRange.Distribution or OutputRange.LogDistribution || loss is { Reads.IsOneClass: true };

    private static bool IsYesOrNo(OutputRange range, Loss? loss) =>
        loss is { Reads.IsYesOrNo: true } || (loss is null && range == OutputRange.Probabilities);
}
