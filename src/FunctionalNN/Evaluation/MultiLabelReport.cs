using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;

namespace FunctionalNN;

/// <summary>
/// How well several yes-or-no answers a row are predicted, each said yes above ½, or above 0 where the loss is a hinge. Prints
/// scikit-learn's classification_report of a multi-label problem.
/// </summary>
public sealed record MultiLabelReport : EvaluationReport
{
    /// <summary>The report of no rows: the zero of adding.</summary>
    public static MultiLabelReport Empty { get; } = new();

    /// <inheritdoc/>
    public override long Rows => Labels.IsEmpty ? 0 : Labels[0].Rows;

    /// <summary>The confusion matrix of each label: class 1 is yes.</summary>
    public ImmutableArray<ConfusionMatrix> Labels { get; private init; } = [];

    /// <summary>How well each label's output puts yes before no; empty where the scores were not kept.</summary>
    public ImmutableArray<Ranking> Rankings { get; private init; } = [];

    /// <summary>What the labels have row by row.</summary>
    public LabelSets Sets { get; private init; }

    /// <summary>The share of single answers that are wrong.</summary>
    public double HammingLoss => 1 - Labels.Average(label => label.Accuracy);

    /// <summary>The share of single answers that would be right by always giving each label's commoner answer.</summary>
    public double BaselineAccuracy => Labels.Average(label => label.BaselineAccuracy);

    /// <summary>The plain mean of the labels' ROC-AUC; NaN where a label is always, or never, yes.</summary>
    public double RocAuc => Rankings.IsEmpty ? double.NaN : Rankings.Average(ranking => ranking.RocAuc);

    /// <summary>The plain mean of the labels' average precision; NaN where a label is never yes.</summary>
    public double AveragePrecision => Rankings.IsEmpty ? double.NaN : Rankings.Average(ranking => ranking.AveragePrecision);

    /// <summary>Precision, recall and F1 of each label's yes.</summary>
    public ImmutableArray<ClassScores> Scores => [.. Labels.Select(label => label.ScoresOf(1))];

    /// <summary>The plain mean over the labels.</summary>
    public ClassScores Macro => ConfusionScores.Mean(Scores, _ => 1, Support);

    /// <summary>The mean over the labels, each weighted by how often it is yes; 0 where none ever is.</summary>
    public ClassScores Weighted => Support > 0 ? ConfusionScores.Mean(Scores, scores => scores.Support, Support) : default;

    /// <summary>The scores of all labels' counts together.</summary>
    public ClassScores Micro =>
        ConfusionScores.Scores(Labels.Sum(label => label[1, 1]), Labels.Sum(label => label.Predicted(1)), Support, 0);

    private double Support => Labels.Sum(label => label.Support(1));

    /// <summary>Measures a model batch by batch.</summary>
    /// <param name="model">What predicts.</param>
    /// <param name="data">Rows with a target of 0 or 1 for each output; their weights are used.</param>
    /// <param name="loss">Says how outputs are to be read that are no probabilities: <c>new BinaryCrossEntropy { FromLogits = true }</c>,
    /// or a hinge.</param>
    /// <param name="keepScores">Whether to keep every row's outputs for ROC-AUC and average precision.</param>
    /// <param name="parallelism">All cores by default; the result is the same.</param>
    /// <exception cref="ArgumentException">The data does not fit the network, has no rows, or a target is neither 0 nor 1.</exception>
    public static MultiLabelReport Of<T>(Model<T> model, DataSet<T> data, Loss? loss = null, bool keepScores = true,
        Parallelism? parallelism = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var targets = data.Targets as RealTargets<T>
            ?? throw new ArgumentException(
                $"a multi-label report takes real targets of 0 and 1, the data has {data.Targets}: use ClassificationReport");
        if (targets.Values.Columns != model.Network.Outputs)
        {
            throw new ArgumentException(
                $"the targets are {targets.Values.Columns} wide, the network ends in {model.Network.Outputs}: end it in Dense("
                    + $"{targets.Values.Columns})");
        }

        var threshold = loss is null ? 0.5 : loss.Reads.Threshold;
        return ModelOutputs.Of(model, data, parallelism)
            .Select(block =>
                Of(block.Outputs, ((RealTargets<T>)block.Targets).Values, threshold, block.Weights, block.FirstRow, keepScores))
            .Balanced(Add, Empty);
    }

    /// <summary>Measures predictions that are at hand.</summary>
    /// <param name="outputs">[n × k].</param>
    /// <param name="targets">0 or 1: [n × k].</param>
    /// <param name="threshold">An output above it says yes.</param>
    /// <param name="weights">How much each row counts; empty when all count 1.</param>
    /// <param name="keepScores">Whether to keep every row's outputs for ROC-AUC and average precision.</param>
    /// <exception cref="ArgumentException">The shapes differ, or a target is neither 0 nor 1.</exception>
    public static MultiLabelReport Of<T>(Matrix<T> outputs, Matrix<T> targets, double threshold = 0.5,
        ReadOnlySpan<double> weights = default, bool keepScores = true)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        outputs.Rows == targets.Rows && outputs.Columns == targets.Columns
            ? Of(outputs, targets, threshold, weights, 0, keepScores)
            : throw new ArgumentException(
                $"the prediction is {outputs.Rows} × {outputs.Columns}, the targets are {targets.Rows} × {targets.Columns}: every number "
                    + $"needs one of its own");

    /// <summary>The sum: the result over the rows of both.</summary>
    /// <exception cref="ArgumentException">Both have rows and differ in their count of labels.</exception>
    public static MultiLabelReport operator +(MultiLabelReport left, MultiLabelReport right) => Add(left, right);

    /// <inheritdoc cref="op_Addition"/>
    public static MultiLabelReport Add(MultiLabelReport left, MultiLabelReport right) =>
        left.Labels.IsEmpty ? right
        : right.Labels.IsEmpty ? left
        : left.Labels.Length == right.Labels.Length
            ? new()
            {
                Labels = [.. left.Labels.Zip(right.Labels, ConfusionMatrix.Add)],
                Rankings = [.. left.Rankings.Zip(right.Rankings, Ranking.Add)],
                Sets = left.Sets + right.Sets,
            }
            : throw new ArgumentException($"a report of {left.Labels.Length} labels and one of {right.Labels.Length} cannot be added");

    /// <inheritdoc/>
    public bool Equals(MultiLabelReport? other) =>
        other is not null && Labels.SequenceEqual(other.Labels) && Rankings.SequenceEqual(other.Rankings) && Sets == other.Sets;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Rows, Labels.Length);

    private protected override string Text()
    {
        const string LongestMean = "weighted avg";
        var (accuracy, isWeighted) = (1 - HammingLoss, Labels[0].IsWeighted);
        var interval = Wilson.Of(accuracy, Labels.Sum(label => label.EqualRows));
        return string.Join(
            Environment.NewLine,
            [
                ReportText.Header(LongestMean.Length),
                "",
                .. Scores.Select((scores, label) =>
                    ReportText.Row(label.ToString(CultureInfo.InvariantCulture), LongestMean.Length, scores, isWeighted)),
                "",
                ReportText.Row("micro avg", LongestMean.Length, Micro, isWeighted),
                ReportText.Row("macro avg", LongestMean.Length, Macro, isWeighted),
                ReportText.Row(LongestMean, LongestMean.Length, Weighted, isWeighted),
                ReportText.Row("samples avg", LongestMean.Length, Sets.Mean with { Support = Support }, isWeighted),
                "",
                ReportText.Accuracy("single answers right", accuracy, interval, "always the commoner answer", BaselineAccuracy),
                ReportText.Measures(("all answers of a row right", Sets.Accuracy), ("ROC-AUC", RocAuc),
                    ("average precision", AveragePrecision)),
            ]);
    }

    private static MultiLabelReport Of<T>(Matrix<T> outputs, Matrix<T> targets, double threshold, ReadOnlySpan<double> weights,
        int firstRow, bool keepScores)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (rows, labels, limit) = (outputs.Rows, outputs.Columns, T.CreateTruncating(threshold));
        var (truth, predicted, scores) = (new int[labels][], new int[labels][], new double[labels][]);
        for (var label = 0; label < labels; label++)
        {
            (truth[label], predicted[label], scores[label]) = (new int[rows], new int[rows], new double[rows]);
            for (var row = 0; row < rows; row++)
            {
                var target = targets[row, label];
                truth[label][row] = target == T.One ? 1 : target == T.Zero
                    ? 0
                    : throw new ArgumentException(
                        $"a multi-label report takes targets of 0 and 1, row {firstRow + row} has {target}: use RegressionReport for "
                        + $"other numbers");
                predicted[label][row] = outputs[row, label] > limit ? 1 : 0;
                scores[label][row] = double.CreateTruncating(outputs[row, label]);
            }
        }

        var weightArray = weights.ToArray();
        return new MultiLabelReport
        {
            Labels = [.. truth.Zip(predicted, (y, p) => ConfusionMatrix.Of(y, p, 2, weightArray))],
            Rankings = keepScores
                ? [.. truth.Zip(scores, (y, s) => Ranking.Of(s, y.Select(answer => answer == 1).ToArray(), weightArray))]
                : [],
            Sets = LabelSets.Of(truth, predicted, weightArray),
        };
    }
}
