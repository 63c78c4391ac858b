using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace FunctionalNN;

/// <summary>What one column has to do with one prediction.</summary>
/// <param name="Column">The column.</param>
/// <param name="Value">Its value in the row, as a file would hold it.</param>
/// <param name="Contribution">Σ over its inputs of ∂y/∂x·(x − mean of the training rows): how much the column moves the output away from
/// that of a mean row, to first order. Of an embedded column: how much the output differs from that with the most frequent category in its
/// place.</param>
public sealed record ColumnContribution(string Column, string Value, double Contribution)
{
    /// <summary>The column, its value and the contribution.</summary>
    public override string ToString() => $"{Column} = {Value}: {Contribution:+0.0000;-0.0000;0.0000}";
}

/// <summary>Why a row is predicted as it is.</summary>
/// <param name="Prediction">The prediction.</param>
/// <param name="Output">What is explained: the probability of the class that is decided for, at temperature 1, or the quantity.</param>
/// <param name="Contributions">The columns, the greatest contribution first.</param>
public sealed record Explanation(Prediction Prediction, string Output, ImmutableArray<ColumnContribution> Contributions)
{
    /// <summary>The prediction, and a line a column.</summary>
    public override string ToString() => string.Join(Environment.NewLine, $"{Prediction}",
        TextTable.Of(["column", "value", $"moves {Output} by"],
            [.. Contributions.Select(one => new[] { one.Column, one.Value, $"{one.Contribution:+0.0000;-0.0000;0.0000}" })], left: 2));
}

/// <content>What a pipeline is worth, and why it says what it says.</content>
public sealed partial record Pipeline<T>
{
    /// <summary>What the pipeline is worth on rows that it did not learn from, with its own decision: a
    /// <see cref="ClassificationReport"/>, or of a quantity in its own unit a <see cref="RegressionReport"/>.</summary>
    /// <exception cref="ArgumentException">A row does not fit, there are none, or they are a held-out part of what the model learned
    /// from.</exception>
    public EvaluationReport Report(Table rows)
    {
        var data = Encode(rows);
        data.Lineage.RequireUnseen(Model.Seen);
        if (data.Targets is ClassLabels)
        {
            var (probabilities, labels) = Judged(rows);
            return Decision.Threshold is null
                ? ClassificationReport.Of(probabilities, (ClassLabels)data.Targets)
                : ClassificationReport.Of([.. Enumerable.Range(0, labels.Length).Select(row => ClassOf(probabilities.Row(row)))],
                    (ClassLabels)data.Targets);
        }

        var raw = Model.Predict(data);
        var truth = ((RealTargets<T>)data.Targets).Values;
        return RegressionReport.Of(InOwnUnit(raw), new RealTargets<double>(InOwnUnit(truth)));

        Matrix<double> InOwnUnit(Matrix<T> values) =>
            Matrix.Create(values.Rows, 1, (row, _) => Target.Restore(double.CreateTruncating(values[row, 0])));
    }

    /// <summary>Why a row is predicted as it is, column by column and not by one-hot input.</summary>
    /// <param name="row">As for <see cref="Predict{TRow}"/>.</param>
    /// <typeparam name="TRow">The type of the row.</typeparam>
    /// <exception cref="RowException">The row does not fit.</exception>
    public Explanation Explain<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TRow>(TRow row)
        where TRow : notnull
    {
        var prediction = Predict(row);
        var cells = CellsOf(row);
        var numbers = new double[Encoding.Width];
        _ = Encoding.Write(cells, numbers);
        var inputs = new T[numbers.Length];
        TableEncoding.Converted<T>(numbers, inputs);
        var best = prediction.Class is { } name ? Target.Classes.IndexOf(name) : 0;
        var isOne = Model.Network.Outputs == 1;
        var output = isOne ? 0 : best;
        var gradient = Model.InputGradient(Matrix.Create(1, inputs.Length, inputs), output);

        // Of a single output the first class has the rest of the probability.
        var factor = Target.Column.IsQuantity ? Target.Spread : isOne && best == 0 ? -1.0 : 1.0;
        var moved = Enumerable.Range(0, numbers.Length)
            .Select(i => factor * double.CreateTruncating(gradient[0, i]) * (numbers[i] - Encoding.InputMeans[i])).ToArray();
        foreach (var column in Encoding.EmbeddedColumns)
        {
            // A category has no slope: what the most frequent one in its place would change.
            T[] usual = [.. inputs];
            usual[column.Position] = T.CreateTruncating(Encoding.InputMeans[column.Position]);
            var both = Model.Predict(Matrix.Create<T>(2, inputs.Length, [.. inputs, .. usual]));
            moved[column.Position] = factor * double.CreateTruncating(both[0, output] - both[1, output]);
        }

        var owners = Encoding.Owners();
        return new Explanation(prediction, Target.Column.IsQuantity ? Target.Name : $"P({prediction.Class})",
        [
            .. owners.Select((owner, i) => (owner, Moved: moved[i])).GroupBy(pair => pair.owner)
                .Select(group => new ColumnContribution(group.Key, ValueOf(group.Key), group.Sum(pair => pair.Moved)))
                .OrderByDescending(one => Math.Abs(one.Contribution)),
        ]);

        string ValueOf(string owner)
        {
            var place = Encoding.Columns.Select(column => column.Name).ToList().IndexOf(owner);
            return place < 0 ? "" : cells[place].Written();
        }
    }

    /// <summary>Which columns the predictions rest on: the values of each column of the table are shuffled in turn, all its inputs
    /// together. See <see cref="PermutationImportance"/>.</summary>
    /// <param name="rows">Rows that the model did not learn from tell what matters for rows to come.</param>
    /// <param name="repeats">How often each column is shuffled, 1 or more.</param>
    /// <param name="seed">Decides the orders.</param>
    /// <exception cref="ArgumentException">A row does not fit, or there are none.</exception>
    public PermutationImportance Importance(Table rows, int repeats = 5, int seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(repeats, 1);
        var whole = Score(rows);
        var key = rows.Lineage.KeyOf(seed, DrawnRows.Columns);
        return new PermutationImportance(whole,
        [
            .. Encoding.Columns.Select((column, i) => new ColumnImportance(i, column.Name,
            [
                .. Enumerable.Range(0, repeats).Select(repeat =>
                    whole - Score(rows.Reordered(rows.PositionOf(column.Name), key.Fold(i).Fold(repeat).Permutation(rows.Count)))),
            ])),
        ]);

        double Score(Table table) => Report(table) switch
        {
            ClassificationReport classes => classes.Accuracy,
            RegressionReport numbers => numbers.R2,
            var other => throw new InvalidOperationException($"there is no score in {other.GetType().Name}"),
        };
    }

    private Cell[] CellsOf<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TRow>(TRow row)
        where TRow : notnull
    {
        List<RowFault> faults = [];
        return row switch
        {
            IReadOnlyDictionary<string, object?> named => Rows.Of(named, faults),
            IReadOnlyDictionary<string, string?> texts =>
                Rows.Of(texts.Select(pair => KeyValuePair.Create(pair.Key, (object?)pair.Value)), faults),
            System.Text.Json.JsonElement json => Rows.Of(json, faults),
            System.Data.IDataRecord record => Rows.Of(record, faults),
            _ => Map<TRow>().Cells(row),
        };
    }
}
