using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>A table in three parts, each row in exactly one: <c>var (train, validation, test) = table.Split("plan", 0.2, 0.2, seed:
/// 7)</c>.</summary>
/// <param name="Training">To learn from.</param>
/// <param name="Validation">To choose by: when to stop, which settings, which threshold.</param>
/// <param name="Test">To be measured by, once, at the end.</param>
public sealed record TableParts(Table Training, Table Validation, Table Test)
{
    /// <summary>A line a part.</summary>
    public override string ToString() => string.Join(Environment.NewLine, Training, Validation, Test);
}

/// <summary>One of the k ways to hold out a k-th of the rows: <c>var (training, heldOut) = fold</c>.</summary>
/// <param name="Number">1 … k.</param>
/// <param name="Training">The other rows, to learn from.</param>
/// <param name="HeldOut">The rows to be measured by: a validation part, on which nothing can be fitted.</param>
public sealed record TableFold(int Number, Table Training, Table HeldOut)
{
    /// <summary>The two parts.</summary>
    public void Deconstruct(out Table training, out Table heldOut) => (training, heldOut) = (Training, HeldOut);

    /// <summary>The counts.</summary>
    public override string ToString() => $"fold {Number}: {Training.Count} rows to learn from, {HeldOut.Count} held out";
}

/// <content>Dividing a table before anything is fitted.</content>
public sealed partial class Table
{
    private const int MaxStrata = 100;

    /// <summary>Two parts: every row is in exactly one.</summary>
    /// <param name="target">The column to predict. Where it has at most 100 different values, each gives its share to both parts, to within
    /// one row.</param>
    /// <param name="testFraction">The share of the second part, 0 … 1.</param>
    /// <param name="seed">The same seed gives the same split.</param>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The fraction lies outside 0 … 1.</exception>
    public (Table Training, Table Test) Split(string target, double testFraction, int seed)
    {
        var (train, _, test) = Split(target, 0, testFraction, seed);
        return (train, test);
    }

    /// <summary>Three parts: every row is in exactly one. The test part is that of the split into two with the same fraction and
    /// seed.</summary>
    /// <param name="target">The column to predict. Where it has at most 100 different values, each gives its share to every part, to within
    /// one row.</param>
    /// <param name="validationFraction">The validation part's share of all rows, 0 … 1.</param>
    /// <param name="testFraction">The test part's share of all rows, 0 … 1; the training part gets the rest.</param>
    /// <param name="seed">The same seed gives the same split.</param>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A fraction lies outside 0 … 1, or both add up to more than 1.</exception>
    public TableParts Split(string target, double validationFraction, double testFraction, int seed)
    {
        Lineage.RequireSplittable();
        var parts = DataSetSplit.PartOfEachRow(Stratified(target), validationFraction, testFraction, seed);
        return new TableParts(Of(DataPart.Training), Of(DataPart.Validation), Of(DataPart.Test));

        Table Of(DataPart part) => Pick([.. Enumerable.Range(0, Count).Where(row => parts[row] == part)], Lineage.Cut(part));
    }

    /// <summary>Holds out each row exactly once: see <see cref="DataSetFolds.KFold"/>.</summary>
    /// <param name="target">The column to predict.</param>
    /// <param name="folds">k: 2 or more, and no more than there are rows.</param>
    /// <param name="seed">The same seed gives the same folds.</param>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    /// <exception cref="ArgumentOutOfRangeException">k does not fit the count of rows.</exception>
    public ImmutableArray<TableFold> KFold(string target, int folds, int seed = 0) =>
    [
        .. Stratified(target).KFold(folds, seed).Select(fold => new TableFold(fold.Number, Of(fold.Training), Of(fold.HeldOut))),
    ];

    /// <summary>A data set of the row numbers with the strata as labels and the past of this table.</summary>
    private DataSet<double> Stratified(string target)
    {
        var position = PositionOf(target);
        if (position < 0)
        {
            throw new ArgumentException(
                $"there is no column \"{target}\"{NearestName.HintOr(target, Names, $"; the columns are {CsvText.Listed(Names)}")}");
        }

        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var labels = new int[Count];
        for (var row = 0; row < labels.Length; row++)
        {
            var name = CellReader.Name(CellAt(row, position));
            labels[row] = numbers.TryGetValue(name, out var label) ? label : numbers.Count;
            numbers.TryAdd(name, labels[row]);
        }

        if (numbers.Count > MaxStrata)
        {
            (labels, numbers) = (new int[Count], new Dictionary<string, int> { [""] = 0 });
        }

        return new DataSet<double>(Matrix.Create(Count, 1, (row, _) => (double)row), new ClassLabels(labels, Math.Max(1, numbers.Count)),
            null, Lineage);
    }

    private Table Of(DataSet<double> part)
    {
        var numbers = part.InputsOf([.. Enumerable.Range(0, part.Count)]).Values;
        var picked = new int[part.Count];
        for (var i = 0; i < picked.Length; i++)
        {
            picked[i] = (int)numbers[i];
        }

        return Pick(picked, part.Lineage);
    }
}
