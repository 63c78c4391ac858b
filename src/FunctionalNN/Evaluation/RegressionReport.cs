using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;

namespace FunctionalNN;

/// <summary>
/// How well numbers are predicted, output by output, beside always predicting the mean. Means over outputs are plain ones, as
/// scikit-learn's uniform_average.
/// </summary>
public sealed record RegressionReport : EvaluationReport
{
    /// <summary>The report of no rows: the zero of adding.</summary>
    public static RegressionReport Empty { get; } = new();

    /// <inheritdoc/>
    public override long Rows => Outputs.IsEmpty ? 0 : Outputs[0].Rows;

    /// <summary>The errors of each output.</summary>
    public ImmutableArray<RegressionErrors> Outputs { get; private init; } = [];

    /// <summary>The mean of the outputs' R².</summary>
    public double R2 => Average(output => output.R2);

    /// <summary>The mean of |ŷ − y|.</summary>
    public double MeanAbsoluteError => Average(output => output.MeanAbsoluteError);

    /// <summary>The mean of (ŷ − y)².</summary>
    public double MeanSquaredError => Average(output => output.MeanSquaredError);

    /// <summary>The mean of the outputs' √ of the mean of (ŷ − y)², as scikit-learn averages it.</summary>
    public double RootMeanSquaredError => Average(output => output.RootMeanSquaredError);

    /// <summary>The greatest |ŷ − y| of all outputs.</summary>
    public double MaxError => Outputs.Select(output => output.MaxError).DefaultIfEmpty(double.NaN).Max();

    /// <summary>
    /// The accuracy of "Neural Networks from Scratch": the share of all numbers with |ŷ − y| &lt; std(y)/250, the standard deviation over
    /// all targets of these rows. NaN where the errors were not kept.
    /// </summary>
    public double Accuracy => Average(output => output.ShareWithin(Tolerance));

    /// <summary>Where that accuracy on rows without end may lie, at 95 %.</summary>
    public Interval AccuracyInterval =>
        Wilson.Of(Accuracy, Outputs.Sum(output => output.Total * output.Total / output.SquaredWeights.Value));

    /// <summary>std(y)/250 over all targets.</summary>
    public double Tolerance
    {
        get
        {
            var mean = Average(output => output.Mean);
            return Math.Sqrt(Average(output => Math.Pow(output.StandardDeviation, 2) + Math.Pow(output.Mean - mean, 2))) / 250;
        }
    }

    /// <summary>Measures a model batch by batch.</summary>
    /// <param name="model">What predicts.</param>
    /// <param name="data">Rows with real targets; their weights are used.</param>
    /// <param name="keepErrors">Whether to keep every |ŷ − y|, 24 bytes each, for the median and the accuracy.</param>
    /// <param name="parallelism">All cores by default; the result is the same.</param>
    /// <exception cref="ArgumentException">The data does not fit the network, has no rows or no real targets, or an output is not
    /// finite.</exception>
    public static RegressionReport Of<T>(Model<T> model, DataSet<T> data, bool keepErrors = true, Parallelism? parallelism = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var targets = data.Targets as RealTargets<T>
            ?? throw new ArgumentException(
                $"a regression report takes real targets, the data has {data.Targets}: use ClassificationReport");
        return targets.Values.Columns == model.Network.Outputs
            ? ModelOutputs.Of(model, data, parallelism)
                .Select(block => Of(block.Outputs, (RealTargets<T>)block.Targets, block.Weights, keepErrors)).Balanced(Add, Empty)
            : throw new ArgumentException(
                $"the targets are {targets.Values.Columns} wide, the network ends in {model.Network.Outputs}: end it in Dense("
                    + $"{targets.Values.Columns})");
    }

    /// <summary>Measures predictions that are at hand.</summary>
    /// <param name="predicted">ŷ: [n × k].</param>
    /// <param name="truth">y: [n × k].</param>
    /// <param name="weights">How much each row counts; empty when all count 1.</param>
    /// <param name="keepErrors">Whether to keep every |ŷ − y| for the median and the accuracy.</param>
    /// <exception cref="ArgumentException">The shapes differ, or a number is not finite.</exception>
    public static RegressionReport Of<T>(Matrix<T> predicted, RealTargets<T> truth, ReadOnlySpan<double> weights = default,
        bool keepErrors = true)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (predicted.Rows != truth.Count || predicted.Columns != truth.Values.Columns)
        {
            throw new ArgumentException(
                $"the prediction is {predicted.Rows} × {predicted.Columns}, the targets are {truth}: every number needs one of its own");
        }

        var outputs = ImmutableArray.CreateBuilder<RegressionErrors>(predicted.Columns);
        for (var column = 0; column < predicted.Columns; column++)
        {
            outputs.Add(RegressionErrors.Of(Column(predicted, column), Column(truth.Values, column), weights, keepErrors));
        }

        return new RegressionReport { Outputs = outputs.MoveToImmutable() };
    }

    /// <summary>The sum: the result over the rows of both.</summary>
    /// <exception cref="ArgumentException">Both have rows and differ in their count of outputs.</exception>
    public static RegressionReport operator +(RegressionReport left, RegressionReport right) => Add(left, right);

    /// <inheritdoc cref="op_Addition"/>
    public static RegressionReport Add(RegressionReport left, RegressionReport right) =>
        left.Outputs.IsEmpty ? right
        : right.Outputs.IsEmpty ? left
        : left.Outputs.Length == right.Outputs.Length
            ? new() { Outputs = [.. left.Outputs.Zip(right.Outputs, RegressionErrors.Add)] }
            : throw new ArgumentException($"a report of {left.Outputs.Length} outputs and one of {right.Outputs.Length} cannot be added");

    /// <inheritdoc/>
    public bool Equals(RegressionReport? other) => other is not null && Outputs.SequenceEqual(other.Outputs);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Rows, Outputs.Length);

    private protected override string Text()
    {
        string[][] rows =
            [.. Outputs.Select((output, i) =>
                Line(Outputs.Length == 1 ? "model" : $"output {i}", output.R2, output.MeanAbsoluteError, output.RootMeanSquaredError,
                    output.MedianAbsoluteError, output.MaxError))];
        string[][] mean = Outputs.Length == 1
            ? []
            : [Line("mean", R2, MeanAbsoluteError, RootMeanSquaredError, Average(output => output.MedianAbsoluteError), MaxError)];
        string[][] baseline = [Line("always the mean", 0, double.NaN, Average(output => output.StandardDeviation), double.NaN, double.NaN)];
        var verdict = R2 <= 0 ? "no better than always predicting the mean; " : "";
        return string.Join(
            Environment.NewLine,
            TextTable.Of(["", "R²", "mean error", "RMSE", "median error", "max error"], [.. rows, .. mean, .. baseline]),
            "",
            double.IsNaN(Accuracy)
                ? $"{verdict}{Rows} rows"
                : $"{verdict}{Rows} rows; within std/250 = {Tolerance:G4} of the truth: {Accuracy:F4}, 95 % interval "
                        + $"{AccuracyInterval}");
    }

    private static string[] Line(string name, params double[] values) =>
        [name, .. values.Select(value => double.IsNaN(value) ? "" : value.ToString("G4", CultureInfo.InvariantCulture))];

    private static double[] Column<T>(Matrix<T> matrix, int column)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var values = new double[matrix.Rows];
        for (var row = 0; row < values.Length; row++)
        {
            values[row] = double.CreateTruncating(matrix[row, column]);
        }

        return values;
    }

    private double Average(Func<RegressionErrors, double> measure) => Outputs.Select(measure).DefaultIfEmpty(double.NaN).Average();
}
