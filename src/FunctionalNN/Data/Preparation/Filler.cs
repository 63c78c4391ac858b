using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;

namespace FunctionalNN;

/// <summary>
/// Numbers for those that are missing (NaN), one a column, taken from training data and then applied to any:
/// <c>var filler = Filler.Mean(train); var (a, b) = (filler.Apply(train), filler.Apply(test));</c> As scikit-learn's SimpleImputer.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Filler<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Lineage fittedOn;
    private readonly T[] fillings;

    internal Filler(Lineage fittedOn, IEnumerable<double> fillings, IEnumerable<int> missing)
    {
        this.fittedOn = fittedOn.Rows;
        Fillings = [.. fillings];
        Missing = [.. missing];
        this.fillings = [.. Fillings.Select(T.CreateSaturating)];
    }

    /// <summary>What each column's missing numbers become.</summary>
    public ImmutableArray<double> Fillings { get; }

    /// <summary>How many numbers of each column were missing in the training data.</summary>
    public ImmutableArray<int> Missing { get; }

    /// <summary>The data with the missing inputs filled in, batch by batch: nothing is copied.</summary>
    /// <exception cref="ArgumentException">The width differs; or the data is a part of a split of the very rows that the filler was fitted
    /// on: see <see cref="Scaler{T}.Apply(DataSet{T})"/>.</exception>
    public DataSet<T> Apply(DataSet<T> data)
    {
        if (data.Inputs.Width != Fillings.Length)
        {
            throw new ArgumentException($"the data has {data.Inputs.Width} columns, the filler was fitted on {Fillings.Length}");
        }

        data.Lineage.RequireFittedAfterSplit("the filler", fittedOn);
        return new DataSet<T>(
            new FilledRows(data.Inputs, fillings),
            data.Targets,
            data.Weights,
            ReferenceEquals(data.Lineage.Rows, fittedOn) ? data.Lineage.After("filled in with means of all of them") : data.Lineage,
            data.InputNames);
    }

    /// <summary>A table of the columns in which numbers were missing.</summary>
    public override string ToString() => TextTable.Of(
        ["column", "missing", "becomes"],
        [
            .. Enumerable.Range(0, Fillings.Length).Where(column => Missing[column] > 0)
                .Select(column =>
                    (string[])[Text(column), Text(Missing[column]), Fillings[column].ToString("G6", CultureInfo.InvariantCulture)]),
        ]);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed class FilledRows(RowSource<T> source, T[] fillings) : RowSource<T>
    {
        public override int Count => source.Count;

        public override int Width => source.Width;

        public override ImageSize? Image => source.Image;

        public override void Gather(ReadOnlySpan<int> rows, Span<T> destination)
        {
            source.Gather(rows, destination);
            for (var i = 0; i < rows.Length * Width; i++)
            {
                destination[i] = T.IsNaN(destination[i]) ? fillings[i % Width] : destination[i];
            }
        }
    }
}

/// <summary>Fits fillers.</summary>
public static class Filler
{
    /// <summary>Each column's mean over the training numbers that are there.</summary>
    /// <exception cref="ArgumentException">This is a validation or test part, there are no rows, or a column has no number at
    /// all.</exception>
    public static Filler<T> Mean<T>(DataSet<T> trainingData)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        trainingData.Lineage.RequireTraining("a filler");
        if (trainingData.Count == 0)
        {
            throw new ArgumentException("the data has no rows: there is nothing to take means from");
        }

        var (means, missing) = (new double[trainingData.Inputs.Width], new int[trainingData.Inputs.Width]);
        for (var row = 0; row < trainingData.Count; row++)
        {
            var numbers = trainingData.InputsOf(row).Values;
            for (var column = 0; column < numbers.Length; column++)
            {
                if (T.IsNaN(numbers[column]))
                {
                    missing[column]++;
                }
                else
                {
                    means[column] += (double.CreateTruncating(numbers[column]) - means[column]) / (row + 1 - missing[column]);
                }
            }
        }

        return Array.IndexOf(missing, trainingData.Count) is var empty and >= 0
            ? throw new ArgumentException($"column {empty} has no number in any of the {trainingData.Count} rows: leave the column out")
            : new Filler<T>(trainingData.Lineage, means, missing);
    }
}
