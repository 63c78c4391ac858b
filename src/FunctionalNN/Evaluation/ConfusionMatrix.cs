using System.Collections.Immutable;
using System.Globalization;

namespace FunctionalNN;

/// <summary>
/// How often rows of each class were predicted as each class: the row is the truth, the column the prediction, as in scikit-learn.
/// The matrices of two halves of the data add up to that of the whole; <see cref="Empty"/> is the zero.
/// </summary>
public sealed class ConfusionMatrix : IEquatable<ConfusionMatrix>
{
    /// <summary>The most classes: 16 million cells, 128 MB.</summary>
    private const int MaxClasses = 4096;

    private readonly WeightedCounts cells;

    private ConfusionMatrix(WeightedCounts cells, int classes, ImmutableArray<string> names, ExactSum squaredWeights)
    {
        this.cells = cells;
        Classes = classes;
        Names = names;
        SquaredWeights = squaredWeights;
    }

    /// <summary>The matrix of no rows and no classes.</summary>
    public static ConfusionMatrix Empty { get; } = new(WeightedCounts.None(0), 0, [], default);

    /// <summary>The number of classes.</summary>
    public int Classes { get; }

    /// <summary>One name a class, or empty.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>The rows counted.</summary>
    public long Rows => cells.AllRows;

    /// <summary>Σ w: the rows where all count 1.</summary>
    public double Total => cells.Total;

    /// <summary>Whether rows have weights.</summary>
    public bool IsWeighted => cells.IsWeighted;

    /// <summary>The weight of the rows of one class that were predicted as another: their count where all count 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double this[int truth, int predicted] => cells[Cell(truth, predicted)];

    /// <summary>Σw²/(Σw)² is 1/n for equal weights.</summary>
    internal ExactSum SquaredWeights { get; }

    /// <summary>Counts predictions.</summary>
    /// <param name="truth">The class of each row.</param>
    /// <param name="predicted">The class that was predicted for each row.</param>
    /// <param name="classes">The number of classes, 1 to 4096.</param>
    /// <param name="weights">How much each row counts; empty when all count 1.</param>
    /// <param name="names">One name a class, or nothing.</param>
    /// <exception cref="ArgumentException">The lengths differ, a class lies outside 0 … classes − 1, or there are more than 4096 classes;
    /// the message names the row.</exception>
    public static ConfusionMatrix Of(ReadOnlySpan<int> truth, ReadOnlySpan<int> predicted, int classes,
        ReadOnlySpan<double> weights = default, params IEnumerable<string> names)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        if (truth.Length != predicted.Length || (!weights.IsEmpty && weights.Length != truth.Length))
        {
            throw new ArgumentException(
                $"{truth.Length} labels, {predicted.Length} predictions{(weights.IsEmpty ? "" : $" and {weights.Length} weights")} were "
                    + $"given: every row needs one of each");
        }

        if (classes > MaxClasses)
        {
            throw new ArgumentException(
                $"a confusion matrix of {classes} classes has {(long)classes * classes} cells, expected {MaxClasses} classes at most: "
                    + $"measure loss and accuracy with model.Evaluate, or put classes together");
        }

        ImmutableArray<string> known = [.. names];
        if (known.Length > 0 && known.Length != classes)
        {
            throw new ArgumentException($"{known.Length} names were given for {classes} classes: give one name a class");
        }

        var cellOfRow = new int[truth.Length];
        for (var row = 0; row < truth.Length; row++)
        {
            Require(truth[row], row, "has the label", classes);
            Require(predicted[row], row, "was predicted as class", classes);
            cellOfRow[row] = (truth[row] * classes) + predicted[row];
        }

        return new ConfusionMatrix(WeightedCounts.Of(classes * classes, cellOfRow, weights), classes, known, Squares(weights));
    }

    /// <summary>The sum: the result over the rows of both.</summary>
    /// <exception cref="ArgumentException">Both have rows and differ in their count of classes.</exception>
    public static ConfusionMatrix operator +(ConfusionMatrix left, ConfusionMatrix right) => Add(left, right);

    /// <inheritdoc cref="op_Addition"/>
    public static ConfusionMatrix Add(ConfusionMatrix left, ConfusionMatrix right) =>
        left.Classes == 0 ? right
        : right.Classes == 0 ? left
        : left.Classes == right.Classes
            ? new(left.cells + right.cells, left.Classes, left.Names.IsEmpty ? right.Names : left.Names,
                left.SquaresOrRows() + right.SquaresOrRows())
            : throw new ArgumentException(
                $"a confusion matrix of {left.Classes} classes and one of {right.Classes} cannot be added: both must count the "
                    + $"same classes");

    /// <summary>How many rows of one class were predicted as another, whatever they weigh.</summary>
    public long RowsOf(int truth, int predicted) => cells.Rows(Cell(truth, predicted));

    /// <summary>The weight of a class's rows.</summary>
    public double Support(int label) => cells.Sum(Enumerable.Range(label * Classes, Classes));

    /// <summary>The weight of the rows that were predicted as a class.</summary>
    public double Predicted(int label) => cells.Sum(Enumerable.Range(0, Classes).Select(truth => (truth * Classes) + label));

    /// <summary>The weight of the rows that were predicted right.</summary>
    public double Correct => cells.Sum(Enumerable.Range(0, Classes).Select(label => (label * Classes) + label));

    /// <summary>The name of a class: its number where no names were given.</summary>
    public string NameOf(int label) => Names.IsEmpty ? label.ToString(CultureInfo.InvariantCulture) : Names[label];

    /// <inheritdoc/>
    public bool Equals(ConfusionMatrix? other) =>
        other is not null && Classes == other.Classes && cells.Equals(other.cells) && Names.SequenceEqual(other.Names);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ConfusionMatrix);

    /// <inheritdoc/>
    public override int GetHashCode() => cells.GetHashCode();

    /// <summary>The table: one row a true class, one column a predicted one.</summary>
    public override string ToString() => TextTable.Of(
        ["truth ↓ predicted →", .. Enumerable.Range(0, Classes).Select(NameOf)],
        [.. Enumerable.Range(0, Classes)
            .Select(truth =>
                (string[])[NameOf(truth),
                    .. Enumerable.Range(0, Classes)
                        .Select(predicted => this[truth, predicted].ToString("G6", CultureInfo.InvariantCulture))])]);

    private static void Require(int label, int row, string words, int classes)
    {
        if ((uint)label >= (uint)classes)
        {
            throw new ArgumentException($"row {row} {words} {label}, expected 0 to {classes - 1} ({classes} classes)");
        }
    }

    private static ExactSum Squares(ReadOnlySpan<double> weights)
    {
        var sum = new ExactSumBuilder();
        foreach (var weight in weights)
        {
            sum.AddProduct(weight, weight);
        }

        return sum.ToSum();
    }

    private ExactSum SquaresOrRows() => IsWeighted ? SquaredWeights : ExactSum.Of(Rows);

    private int Cell(int truth, int predicted) =>
        (uint)truth < (uint)Classes && (uint)predicted < (uint)Classes
            ? (truth * Classes) + predicted
            : throw new ArgumentOutOfRangeException(nameof(truth),
                $"[{truth}, {predicted}] lies outside a confusion matrix of {Classes} classes");
}
