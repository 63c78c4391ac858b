using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;

namespace FunctionalNN;

/// <summary>
/// Numbers that bring each column to a common scale, x′ = (x − offset)/spread, taken from training data and then applied to any:
/// <c>var scaler = Scaler.Standard(train); var (a, b) = (scaler.Apply(train), scaler.Apply(test));</c>
/// </summary>
/// <remarks>
/// <see cref="Normalization"/> is the same as a layer, saved with the model, and for most uses the better one. As in scikit-learn the
/// variance is divided by n and the spread of a column that never changes is 1. Leaks are errors: see <see cref="Apply(DataSet{T})"/>.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Scaler<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int ColumnsShown = 20;
    private readonly Lineage fittedOn;
    private readonly T[] offsets;
    private readonly T[] factors;
    private readonly (double[] Offsets, double[] Spreads)? exact;

    internal Scaler(Lineage fittedOn, long rows, IEnumerable<double> offsets, IEnumerable<double> spreads)
    {
        this.fittedOn = fittedOn.Rows;
        Rows = rows;
        Offsets = [.. offsets];
        Spreads = [.. spreads.Select(spread => spread == 0 ? 1 : spread)];
        this.offsets = [.. Offsets.Select(T.CreateSaturating)];
        factors = [.. Spreads.Select(spread => T.CreateSaturating(1 / spread))];
        exact = Spreads.Any(IsExtreme) || Offsets.Any(offset => offset != 0 && IsExtreme(offset))
            ? (Offsets.ToArray(), Spreads.ToArray())
            : null;
    }

    /// <summary>What is taken off each column: its mean or minimum.</summary>
    public ImmutableArray<double> Offsets { get; }

    /// <summary>What each column is divided by: its standard deviation, or maximum less minimum; 1 where that is 0.</summary>
    public ImmutableArray<double> Spreads { get; }

    /// <summary>How many rows it was fitted on.</summary>
    public long Rows { get; }

    /// <summary>The number of columns.</summary>
    public int Width => Offsets.Length;

    /// <summary>The data with scaled inputs, computed batch by batch: nothing is copied. <see cref="DataSet{T}.InMemory"/> makes it
    /// once.</summary>
    /// <exception cref="ArgumentException">
    /// The width differs; or the data is a part of a split of the very rows that the scaler was fitted on, so that it has seen the other
    /// parts. What it was fitted on cannot be split after scaling.
    /// </exception>
    public DataSet<T> Apply(DataSet<T> data)
    {
        RequireWidth(data.Inputs.Width, "data");
        data.Lineage.RequireFittedAfterSplit("the scaler", fittedOn);
        return new DataSet<T>(
            new ScaledRows<T>(data.Inputs, offsets, factors, exact),
            data.Targets,
            data.Weights,
            (ReferenceEquals(data.Lineage.Rows, fittedOn) ? data.Lineage.After("scaled by numbers taken from all of them") : data.Lineage)
                .PreparedBy("a scaler", this),
            data.InputNames);
    }

    /// <summary>Scaled rows: (x − offset)/spread.</summary>
    /// <exception cref="ArgumentException">The width differs.</exception>
    public Matrix<T> Apply(Matrix<T> rows)
    {
        RequireWidth(rows.Columns, "matrix");
        return Matrix.Create(rows.Rows, rows.Columns, (row, column) => exact is { } columns
            ? T.CreateSaturating((double.CreateTruncating(rows[row, column]) - columns.Offsets[column]) / columns.Spreads[column])
            : (rows[row, column] - offsets[column]) * factors[column]);
    }

    /// <summary>The way back: x′ · spread + offset.</summary>
    /// <exception cref="ArgumentException">The width differs.</exception>
    public Matrix<T> Restore(Matrix<T> scaled)
    {
        RequireWidth(scaled.Columns, "matrix");
        return Matrix.Create(scaled.Rows, scaled.Columns,
            (row, column) => T.CreateSaturating((double.CreateSaturating(scaled[row, column]) * Spreads[column]) + Offsets[column]));
    }

    /// <summary>A table of offset and spread of each column.</summary>
    public override string ToString() => TextTable.Of(
        ["column", "offset", "spread"],
        [
            .. Enumerable.Range(0, Math.Min(Width, ColumnsShown))
                .Select(column => (string[])[Text(column), Text(Offsets[column]), Text(Spreads[column])]),
            .. Width > ColumnsShown ? [[$"… {Width}", "", ""]] : Array.Empty<string[]>(),
        ]);

    /// <summary>Whether a difference or a factor of this size may overflow or vanish in float.</summary>
    private static bool IsExtreme(double size) => Math.Abs(size) is < 1e-30 or > 1e18;

    private void RequireWidth(int width, string what)
    {
        if (width != Width)
        {
            throw new ArgumentException($"the {what} has {width} columns, the scaler was fitted on {Width}");
        }
    }

    private static string Text(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}

/// <summary>Fits scalers.</summary>
public static class Scaler
{
    /// <summary>Each input column to mean 0 and variance 1.</summary>
    /// <exception cref="ArgumentException">This is a validation or test part, there are no rows, or a number is not finite: the message
    /// names its row and column.</exception>
    public static Scaler<T> Standard<T>(DataSet<T> trainingData)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var summary = Summary(trainingData);
        return new Scaler<T>(trainingData.Lineage, summary.Count, summary.Means,
            Enumerable.Range(0, summary.Means.Length).Select(column => Math.Sqrt(summary.Variance(column))));
    }

    /// <summary>Each input column to 0 … 1.</summary>
    /// <inheritdoc cref="Standard"/>
    public static Scaler<T> MinMax<T>(DataSet<T> trainingData)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var summary = Summary(trainingData);
        return new Scaler<T>(trainingData.Lineage, summary.Count, summary.Minima,
            summary.Maxima.Zip(summary.Minima, (maximum, minimum) => maximum - minimum));
    }

    /// <summary>Real targets to mean 0 and variance 1, with a way back for the predictions: regression on numbers in the hundred thousands
    /// needs it.</summary>
    /// <exception cref="ArgumentException">As for <see cref="Standard"/>, or the targets are class labels.</exception>
    public static TargetScaler<T> Targets<T>(DataSet<T> trainingData)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new(Standard(new DataSet<T>(TargetScaler<T>.ValuesOf(trainingData), trainingData.Targets, null, trainingData.Lineage)));

    private static ColumnSummary Summary<T>(DataSet<T> data)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        data.Lineage.RequireTraining("a scaler");
        if (data.Count == 0)
        {
            throw new ArgumentException("the data has no rows: there is nothing to take a scale from");
        }

        var summary = new ColumnSummary(data.Inputs.Width);
        foreach (var (start, rows) in data.Blocks())
        {
            if (NonFinite.IndexIn(rows.Values) is var at and >= 0)
            {
                throw new ArgumentException(
                    $"row {start + (at / rows.Columns)}, column {at % rows.Columns} is {rows.Values[at]}: a scale can be taken from finite "
                        + $"numbers only; drop the row, or fill the number in with Filler.Mean");
            }

            summary.Add(rows);
        }

        return summary;
    }
}
