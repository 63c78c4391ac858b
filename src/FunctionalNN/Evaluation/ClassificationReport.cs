using System.Collections.Immutable;
using System.Numerics;

namespace FunctionalNN;

/// <summary>
/// How well classes are predicted. Made by <see cref="Of{T}(Model{T}, DataSet{T}, Loss?, bool, Parallelism?)"/> or
/// <c>model.Report(data)</c>; prints scikit-learn's classification_report, with every class of the labels, and below it the accuracy with
/// its interval beside always naming the majority class. Of more than 1024 classes it prints the 20 with the most rows.
/// </summary>
/// <remarks>Where rows have weights, everything is weighted as scikit-learn does with sample_weight, and the interval is that of (Σw)²/Σw²
/// rows.</remarks>
public sealed record ClassificationReport : EvaluationReport
{
    /// <summary>The report of no rows: the zero of adding.</summary>
    public static ClassificationReport Empty { get; } = new();

    /// <inheritdoc/>
    public override long Rows => Confusion.Rows;

    /// <summary>Which classes were taken for which: accuracy, precision, recall, F1 and their kin come from it.</summary>
    public ConfusionMatrix Confusion { get; private init; } = ConfusionMatrix.Empty;

    /// <summary>Accuracy among the first k.</summary>
    public LabelRanks Ranks { get; private init; } = LabelRanks.Empty;

    /// <summary>Log-loss and Brier score; of no rows where the outputs were no probabilities.</summary>
    public ProbabilityErrors Errors { get; private init; }

    /// <summary>Whether probabilities come true: of two classes that of the second, else the confidence in the predicted class. Empty where
    /// the outputs were no probabilities.</summary>
    public Calibration Calibration { get; private init; } = Calibration.Empty;

    /// <summary>ROC and precision–recall of each class; empty where the scores were not kept, and of more than 1024 classes.</summary>
    public ClassRankings Rankings { get; private init; } = ClassRankings.Empty;

    /// <summary>The share of the rows that were predicted right.</summary>
    public double Accuracy => Confusion.Accuracy;

    /// <summary>The accuracy of always naming the majority class of these rows.</summary>
    public double BaselineAccuracy => Confusion.BaselineAccuracy;

    /// <summary>Precision, recall, F1 and support of each class.</summary>
    public ImmutableArray<ClassScores> Classes => Confusion.Scores();

    /// <summary>Measures a model batch by batch.</summary>
    /// <param name="model">What predicts.</param>
    /// <param name="data">Rows with class labels, or with one-hot targets; their weights are used.</param>
    /// <param name="loss">
    /// Says how outputs are to be read that are no probabilities, such as <c>new CategoricalCrossEntropy { FromLogits = true }</c>. Without
    /// it the class is that of the greatest output, and there is no log-loss.
    /// </param>
    /// <param name="keepScores">Whether to keep every row's scores, k·24 bytes a row at most, for ROC-AUC and average precision.</param>
    /// <param name="parallelism">All cores by default; the result is the same.</param>
    /// <exception cref="ArgumentException">The data does not fit the network, has no rows, or an output is not finite; the message says
    /// which and what to do.</exception>
    public static ClassificationReport Of<T>(Model<T> model, DataSet<T> data, Loss? loss = null, bool keepScores = true,
        Parallelism? parallelism = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        data = model.Arrange(data);
        var reading = ClassOutputs.Of(model.Network, data, loss);
        return ModelOutputs.Of(model, data, parallelism)
            .Select(block =>
                Of(reading.Read(block.Outputs), ClassOutputs.Labels<T>(block.Targets, block.FirstRow), block.Weights,
                    reading.AreProbabilities, ClassOutputs.Epsilon<T>(),
                    keepScores))
            .Balanced(Add, Empty);
    }

    /// <summary>Measures predictions that are at hand.</summary>
    /// <param name="probabilities">A probability for each class, [n × k]; of two classes that of the second is enough, [n × 1].</param>
    /// <param name="labels">The classes and their names.</param>
    /// <param name="weights">How much each row counts; empty when all count 1.</param>
    /// <param name="keepScores">Whether to keep every row's scores for ROC-AUC and average precision.</param>
    /// <exception cref="ArgumentException">Counts or widths differ, or a number is no probability; the message names the row.</exception>
    public static ClassificationReport Of<T>(Matrix<T> probabilities, ClassLabels labels, ReadOnlySpan<double> weights = default,
        bool keepScores = true)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ClassOutputs.RequireProbabilities(probabilities, labels, weights);
        return Of(ClassOutputs.BothColumns(Matrix.Convert<T, double>(probabilities)), labels, weights, true, ClassOutputs.Epsilon<T>(),
            keepScores);
    }

    /// <summary>Measures predicted classes: everything that needs probabilities is left out.</summary>
    /// <inheritdoc cref="ConfusionMatrix.Of"/>
    public static ClassificationReport Of(ReadOnlySpan<int> predicted, ClassLabels labels, ReadOnlySpan<double> weights = default) =>
        new() { Confusion = ConfusionMatrix.Of(labels.Values, predicted, labels.Classes, weights, labels.Names) };

    /// <summary>The sum: the result over the rows of both.</summary>
    public static ClassificationReport operator +(ClassificationReport left, ClassificationReport right) => Add(left, right);

    /// <summary>The sum: the result over the rows of both.</summary>
    public static ClassificationReport Add(ClassificationReport left, ClassificationReport right) => new()
    {
        Confusion = left.Confusion + right.Confusion,
        Ranks = left.Ranks + right.Ranks,
        Errors = left.Errors + right.Errors,
        Calibration = left.Calibration + right.Calibration,
        Rankings = left.Rankings + right.Rankings,
    };

    private protected override string Text() => ClassificationText.Of(this);

    private static ClassificationReport Of(Matrix<double> scores, ClassLabels labels, ReadOnlySpan<double> weights, bool areProbabilities,
        double epsilon, bool keepScores)
    {
        var predicted = new int[scores.Rows];
        for (var row = 0; row < predicted.Length; row++)
        {
            predicted[row] = ArgMax.Of(scores.Row(row));
        }

        return new ClassificationReport
        {
            Confusion = ConfusionMatrix.Of(labels.Values, predicted, labels.Classes, weights, labels.Names),
            Ranks = LabelRanks.Of(scores, labels.Values, weights),
            Errors = areProbabilities ? ProbabilityErrors.Of(scores, labels.Values, weights, epsilon) : default,
            Calibration = areProbabilities ? Reliability(scores, labels, predicted, weights) : Calibration.Empty,
            Rankings = keepScores && scores.Columns <= ClassRankings.MaxClasses
                ? ClassRankings.Of(scores, labels.Values, weights)
                : ClassRankings.Empty,
        };
    }

    private static Calibration Reliability(Matrix<double> scores, ClassLabels labels, int[] predicted, ReadOnlySpan<double> weights)
    {
        var (probabilities, outcomes) = (new double[scores.Rows], new bool[scores.Rows]);
        for (var row = 0; row < outcomes.Length; row++)
        {
            var asked = scores.Columns == 2 ? 1 : predicted[row];

            // Rounding leaves a probability of a softmax a little above 1 at times.
            probabilities[row] = Math.Min(1, scores[row, asked]);
            outcomes[row] = labels[row] == asked;
        }

        return Calibration.Of(probabilities, outcomes, weights);
    }
}
