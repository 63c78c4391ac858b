using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;

namespace FunctionalNN;

/// <summary>How much a score falls when one column is shuffled.</summary>
/// <param name="Column">The column's number.</param>
/// <param name="Name">Its name, or its number.</param>
/// <param name="Falls">The score as it is less the score with the column shuffled, one number a repeat.</param>
public sealed record ColumnImportance(int Column, string Name, ImmutableArray<double> Falls)
{
    /// <summary>The mean fall.</summary>
    public double Mean => Falls.Average();

    /// <summary>The standard deviation of the falls, divided by their count as in scikit-learn.</summary>
    public double StandardDeviation => Math.Sqrt(Falls.Average(fall => Math.Pow(fall - Mean, 2)));

    /// <summary>The name, the mean fall and its standard deviation.</summary>
    public override string ToString() => $"{Name}: {Mean:F4} ± {StandardDeviation:F4}";
}

/// <summary>
/// Which columns a model's predictions rest on: each is shuffled in turn, which breaks its tie to the target and leaves everything else,
/// and what the score loses is the column's importance (L. Breiman, 2001; scikit-learn's permutation_importance). Of two columns that say
/// the same, neither seems important.
/// </summary>
public sealed class PermutationImportance
{
    internal PermutationImportance(double score, ImmutableArray<ColumnImportance> columns)
    {
        Score = score;
        Columns = columns;
    }

    /// <summary>The score with nothing shuffled.</summary>
    public double Score { get; }

    /// <summary>The columns, in the order of the data.</summary>
    public ImmutableArray<ColumnImportance> Columns { get; }

    /// <summary>Shuffles each column in turn. The result depends on the seed alone.</summary>
    /// <param name="model">What predicts.</param>
    /// <param name="data">The rows: those held out tell what matters for rows to come.</param>
    /// <param name="repeats">How often each column is shuffled, 1 or more.</param>
    /// <param name="seed">Decides the orders.</param>
    /// <param name="score">What to lose, the greater the better; accuracy for class labels and R² for real targets by
    /// default.</param>
    /// <param name="names">One name a column; those of the data by default.</param>
    /// <exception cref="ArgumentException">The data does not fit the network, or the count of names is another than that of the
    /// columns.</exception>
    public static PermutationImportance Of<T>(Model<T> model, DataSet<T> data, int repeats = 5, int seed = 0,
        Func<DataSet<T>, double>? score = null, params ReadOnlySpan<string> names)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(repeats, 1);
        if (names.Length > 0 && names.Length != data.Inputs.Width)
        {
            throw new ArgumentException($"{names.Length} names were given for {data.Inputs.Width} columns: give one name a column");
        }

        data = model.Arrange(data);
        ReadOnlySpan<string> known = names.Length > 0 ? names : data.InputNames.AsSpan();
        var measure = score ?? (rows => data.Targets is ClassLabels
            ? ClassificationReport.Of(model, rows, keepScores: false).Accuracy
            : RegressionReport.Of(model, rows, keepErrors: false).R2);
        var whole = measure(data);
        var columns = ImmutableArray.CreateBuilder<ColumnImportance>();
        for (var column = 0; column < data.Inputs.Width; column++)
        {
            var (values, key) = (ShuffledColumn<T>.Read(data.Inputs, column), data.Lineage.KeyOf(seed, DrawnRows.Columns).Fold(column));
            var falls = ImmutableArray.CreateBuilder<double>(repeats);
            for (var repeat = 0; repeat < repeats; repeat++)
            {
                var order = key.Fold(repeat).Permutation(values.Length);
                var shuffled = new ShuffledColumn<T>(data.Inputs, column, [.. order.Select(row => values[row])]);
                falls.Add(whole - measure(new DataSet<T>(shuffled, data.Targets, data.Weights, null, data.InputNames)));
            }

            columns.Add(new ColumnImportance(column, known.Length > 0 ? known[column] : column.ToString(CultureInfo.InvariantCulture),
                falls.MoveToImmutable()));
        }

        return new PermutationImportance(whole, columns.ToImmutable());
    }

    /// <summary>The columns, the most important first.</summary>
    public IEnumerable<ColumnImportance> Ranked() => Columns.OrderByDescending(column => column.Mean);

    /// <summary>The ten most important columns as a table: mean fall ± standard deviation.</summary>
    public override string ToString()
    {
        const int Most = 10;
        string[][] rows =
            [.. Ranked().Take(Most)
                .Select(column =>
                    (string[])[column.Name,
                        $"{column.Mean:F4} ± {column.StandardDeviation:F4}"])];
        return string.Join(
            Environment.NewLine,
            $"score {Score:F4}; what shuffling a column {Columns[0].Falls.Length} times takes from it:",
            TextTable.Of(["column", "importance"], rows));
    }
}

/// <summary>Rows with one column replaced.</summary>
internal sealed class ShuffledColumn<T>(RowSource<T> source, int column, T[] values) : RowSource<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override int Count => source.Count;

    public override int Width => source.Width;

    /// <summary>One column of all rows, read block by block.</summary>
    public static T[] Read(RowSource<T> source, int column)
    {
        var values = new T[source.Count];
        foreach (var (first, rows) in RowBlocks.Of(source))
        {
            for (var i = 0; i < rows.Rows; i++)
            {
                values[first + i] = rows[i, column];
            }
        }

        return values;
    }

    public override void Gather(ReadOnlySpan<int> rows, Span<T> destination)
    {
        source.Gather(rows, destination);
        for (var i = 0; i < rows.Length; i++)
        {
            destination[(i * Width) + column] = values[rows[i]];
        }
    }
}
