using System.Collections.Immutable;
using System.Globalization;

namespace FunctionalNN;

/// <summary>
/// How often rows of each class were predicted as each class: the row is the truth, the column the prediction, as in scikit-learn.
/// The matrices of two halves of the data add up to that of the whole; <see cref="Empty"/> is the zero. Memory grows with the classes and
/// with the pairs of classes that occur, not with the square of the classes.
/// </summary>
public sealed class ConfusionMatrix : IEquatable<ConfusionMatrix>
{
    private const int MaxClasses = 1 << 20;
    private const int MaxPrintedClasses = 50;
    private const int PrintedConfusions = 20;

    private readonly CellCounts cells;
    private readonly double[] supports;
    private readonly double[] predictions;

    private ConfusionMatrix(CellCounts cells, int classes, ImmutableArray<string> names, ExactSum squaredWeights)
    {
        this.cells = cells;
        Classes = classes;
        Names = names;
        SquaredWeights = squaredWeights;
        supports = cells.Sums(classes, cell => (int)(cell / classes));
        predictions = cells.Sums(classes, cell => (int)(cell % classes));
        Correct = cells.Sums(1, cell => cell / classes == cell % classes ? 0 : -1)[0];
        Total = cells.Sums(1, _ => 0)[0];
    }

    /// <summary>The matrix of no rows and no classes.</summary>
    public static ConfusionMatrix Empty { get; } = new(CellCounts.None, 0, [], default);

    /// <summary>The number of classes.</summary>
    public int Classes { get; }

    /// <summary>One name a class, or empty.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>The rows counted.</summary>
    public long Rows => cells.AllRows;

    /// <summary>Σ w: the rows where all count 1.</summary>
    public double Total { get; }

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
    /// <param name="classes">The number of classes, 1 to 1,048,576.</param>
    /// <param name="weights">How much each row counts; empty when all count 1.</param>
    /// <param name="names">One name a class, or nothing.</param>
    /// <exception cref="ArgumentException">The lengths differ, a class lies outside 0 … classes − 1, or there are more than 1,048,576
    /// classes; the message names the row.</exception>
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
                $"a confusion matrix of {classes} classes was asked for, expected {MaxClasses} classes at most: measure loss and accuracy "
                    + $"with model.Evaluate, or put classes together");
        }

        ImmutableArray<string> known = [.. names];
        if (known.Length > 0 && known.Length != classes)
        {
            throw new ArgumentException($"{known.Length} names were given for {classes} classes: give one name a class");
        }

        var cellOfRow = new long[truth.Length];
        for (var row = 0; row < truth.Length; row++)
        {
            Require(truth[row], row, "has the label", classes);
            Require(predicted[row], row, "was predicted as class", classes);
            cellOfRow[row] = ((long)truth[row] * classes) + predicted[row];
        }

        return new ConfusionMatrix(CellCounts.Of(cellOfRow, weights), classes, known, Squares(weights));
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
    public double Support(int label) => supports[label];

    /// <summary>The weight of the rows that were predicted as a class.</summary>
    public double Predicted(int label) => predictions[label];

    /// <summary>The weight of the rows that were predicted right.</summary>
    public double Correct { get; }

    /// <summary>The class that all rows are of; null where there are several, or no rows.</summary>
    internal int? OnlyClass =>
        cells.Cells is [var first, ..] && first / Classes == cells.Cells[^1] / Classes ? (int)(first / Classes) : null;

    /// <summary>The name of a class: its number where no names were given.</summary>
    public string NameOf(int label) => Names.IsEmpty ? label.ToString(CultureInfo.InvariantCulture) : Names[label];

    /// <inheritdoc/>
    public bool Equals(ConfusionMatrix? other) =>
        other is not null && Classes == other.Classes && cells.Equals(other.cells) && Names.SequenceEqual(other.Names);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ConfusionMatrix);

    /// <inheritdoc/>
    public override int GetHashCode() => cells.GetHashCode();

    /// <summary>The table: one row a true class, one column a predicted one. Of more than 50 classes the counts alone, and the 20 most
    /// frequent confusions.</summary>
    public override string ToString() => Classes > MaxPrintedClasses ? Confusions() : TextTable.Of(
        ["truth ↓ predicted →", .. Enumerable.Range(0, Classes).Select(NameOf)],
        [.. Enumerable.Range(0, Classes)
            .Select(truth => (string[])[NameOf(truth),
                .. Enumerable.Range(0, Classes).Select(predicted => Number(this[truth, predicted]))])]);

    private static string Number(double value) => value.ToString("G6", CultureInfo.InvariantCulture);

    private string Confusions()
    {
        var wrong = cells.Cells.ToArray().Where(cell => cell / Classes != cell % Classes).ToArray();
        var shown = wrong.OrderByDescending(cell => cells[cell]).ThenBy(cell => cell).Take(PrintedConfusions);
        var table = TextTable.Of(["truth", "predicted", IsWeighted ? "weight" : "rows"],
            [.. shown.Select(cell => (string[])[NameOf((int)(cell / Classes)), NameOf((int)(cell % Classes)), Number(cells[cell])])]);
        var heading = $"{Classes} classes, {Number(Correct)} of {Number(Total)} right";
        var what = wrong.Length > PrintedConfusions ? $"the {PrintedConfusions} most frequent of {wrong.Length} confusions" : "wrong";
        return wrong.Length == 0 ? heading : $"{heading}; {what}:{Environment.NewLine}{table}";
    }

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

    private long Cell(int truth, int predicted) =>
        (uint)truth < (uint)Classes && (uint)predicted < (uint)Classes
            ? ((long)truth * Classes) + predicted
            : throw new ArgumentOutOfRangeException(nameof(truth),
                $"[{truth}, {predicted}] lies outside a confusion matrix of {Classes} classes");
}
