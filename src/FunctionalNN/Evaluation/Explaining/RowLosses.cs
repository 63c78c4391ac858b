using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;

namespace FunctionalNN;

/// <summary>One row with its loss.</summary>
/// <param name="Row">Its number in the data set.</param>
/// <param name="Loss">Its loss, without weights and penalties.</param>
/// <param name="Target">What the data says.</param>
/// <param name="Predicted">What the model says.</param>
public sealed record HardRow(int Row, double Loss, string Target, string Predicted)
{
    /// <summary>All of it in one line.</summary>
    public override string ToString() => RecordText.Of(nameof(HardRow), PrintMembers);
}

/// <summary>The loss of each row of a data set: rows with a wrong label stand out, once the others are learned.</summary>
public sealed class RowLosses
{
    private readonly double[] values;
    private readonly Func<int, double, HardRow> describe;

    internal RowLosses(double[] values, Func<int, double, HardRow> describe)
    {
        this.values = values;
        this.describe = describe;
    }

    /// <summary>One loss a row, in the order of the data.</summary>
    public ReadOnlySpan<double> Values => values;

    /// <summary>The mean: the model's data loss where all rows count 1.</summary>
    public double Mean => ExactSum.Of(values).Value / values.Length;

    /// <summary>The rows with the greatest losses, the greatest first; of equal ones the first. NaN comes before all.</summary>
    /// <param name="count">How many; all when there are fewer.</param>
    public ImmutableArray<HardRow> Hardest(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return [.. Enumerable.Range(0, values.Length)
            .OrderByDescending(row => double.IsNaN(values[row]) ? double.PositiveInfinity : values[row]).Take(count)
            .Select(row => describe(row, values[row]))];
    }

    /// <summary>The ten hardest rows as a table.</summary>
    public override string ToString()
    {
        const int Most = 10;
        string[][] rows = [.. Hardest(Most).Select(hard => (string[])[
            hard.Row.ToString(CultureInfo.InvariantCulture), hard.Loss.ToString("F4", CultureInfo.InvariantCulture), hard.Target,
            hard.Predicted])];
        return string.Join(
            Environment.NewLine,
            $"{values.Length} rows, mean loss {Mean:F4}, the hardest:",
            TextTable.Of(["row", "loss", "target", "predicted"], rows));
    }
}

/// <summary>Extension methods: the loss of each row, and the rows of the greatest loss.</summary>
public static class RowLossesOfModels
{
    private const int BlockRows = 192;

    /// <summary>The loss of each row in prediction, batch by batch: 8 bytes a row are kept.</summary>
    /// <exception cref="ArgumentException">The data or the loss does not fit the network; the message names everything that is wrong. Or
    /// the model learned from rows that these were held out from.</exception>
    public static RowLosses LossByRow<T>(this Model<T> model, DataSet<T> data, Loss loss, Parallelism? parallelism = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        data = model.Arrange(data);
        Compatibility.Require(model.Network, data, loss);
        data.Lineage.RequireUnseen(model.Seen);
        using var team = Team.Lease(parallelism ?? Parallelism.AllCores);
        var (engine, reader) = (new Engine<T>(model.Network.Plan, new Arena<T>(), loss), new BatchReader<T>());
        var (values, batches) = (new double[data.Count], data.InOrder(BlockRows).Epoch(default, 0));
        for (var i = 0; i < batches.Count; i++)
        {
            var losses = engine.LossesOf(team, model.Parameters, model.Statistics, reader.Read(batches, i, team)).Values;
            for (var row = 0; row < losses.Length; row++)
            {
                values[(i * BlockRows) + row] = double.CreateTruncating(losses[row]);
            }
        }

        return new RowLosses(values, (row, value) => Describe(model, data, row, value));
    }

    private static HardRow Describe<T>(Model<T> model, DataSet<T> data, int row, double loss)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var output = model.Predict(data.InputsOf(row), Parallelism.None);
        return data.Targets switch
        {
            ClassLabels labels
                when output.Columns == labels.Classes && labels.Classes > 1 && NonFinite.IndexIn(output.Values) < 0 =>
                    new HardRow(row, loss, labels.NameOf(labels[row]), labels.NameOf(ArgMax.Of(output.Row(0)))),
            ClassLabels labels => new HardRow(row, loss, labels.NameOf(labels[row]), Numbers(output.Row(0))),
            _ => new HardRow(row, loss, Numbers(((RealTargets<T>)data.Targets).Values.Row(row)), Numbers(output.Row(0))),
        };
    }

    private static string Numbers<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        const int Most = 4;
        var shown = values[..Math.Min(Most, values.Length)].ToArray()
            .Select(value => double.CreateTruncating(value).ToString("G4", CultureInfo.InvariantCulture));
        return string.Join(" ", shown) + (values.Length > Most ? " …" : "");
    }
}
