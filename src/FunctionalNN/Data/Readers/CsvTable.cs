using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;

namespace FunctionalNN;

/// <summary>The rows of a CSV file as a data set, and how its columns were encoded.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class CsvTable<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Matrix<T> raw;

    internal CsvTable(Matrix<T> raw, Targets targets, CsvEncoding encoding, int droppedRows, ImmutableArray<int> missing, bool isFittedHere)
    {
        this.raw = raw;
        (Encoding, DroppedRows, MissingValues) = (encoding, droppedRows, missing);
        Data = new DataSet<T>(HasGaps ? CsvFill.Filled(raw, encoding.Features) : raw, targets, null,
            HasGaps && isFittedHere ? new Lineage().After("filled in with means of them") : null, encoding.InputNames);
    }

    /// <summary>Inputs and targets. Missing values are filled in with means, unless they were to be kept; rows filled in with their own
    /// means cannot be split.</summary>
    public DataSet<T> Data { get; }

    /// <summary>The encoding: read other files with it.</summary>
    public CsvEncoding Encoding { get; }

    /// <summary>The names of the inputs.</summary>
    public ImmutableArray<string> InputNames => Encoding.InputNames;

    /// <summary>The names of the classes; empty for regression.</summary>
    public ImmutableArray<string> ClassNames => Encoding.ClassNames;

    /// <summary>How many rows of the file were left out since a value is missing.</summary>
    public int DroppedRows { get; }

    /// <summary>How many values were missing in each column of <see cref="CsvEncoding.Features"/>, dropped rows included.</summary>
    public ImmutableArray<int> MissingValues { get; }

    private bool HasGaps => Encoding.Options.Missing == Missing.Mean && MissingValues.Any(count => count > 0);

    /// <summary>
    /// The same rows with the means of only some of them in place of missing values: those to train on, so that nothing is learned
    /// from the others. The encoding has these means too.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such row, or a column has no value in any of them.</exception>
    public CsvTable<T> FittedOn(ReadOnlySpan<int> rows)
    {
        var values = new DataSet<T>(raw, Data.Targets).Pick(rows).InputsOf([.. Enumerable.Range(0, rows.Length)]);
        var (features, empty) = CsvFill.Fit(values, Encoding.Features);
        return empty is null
            ? new CsvTable<T>(raw, Data.Targets, Encoding with { Features = features }, DroppedRows, MissingValues, isFittedHere: true)
            : throw new ArgumentException(
                $"the column \"{CsvText.Cut(empty)}\" has no value in these {rows.Length} rows, so that it has no mean: ignore it or fit "
                    + $"on more rows",
                nameof(rows));
    }

    /// <summary>
    /// Divides the rows as <see cref="DataSetSplit"/> does, and fills missing values of both parts with the means of the first.
    /// Where a file is split, use this: the means of <see cref="Data"/> are of all rows.
    /// </summary>
    /// <param name="testFraction">The share of the second part, 0 … 1.</param>
    /// <param name="seed">The same seed gives the same split.</param>
    /// <exception cref="ArgumentException">The fraction lies outside 0 … 1, or a column has no value in the first part.</exception>
    public (DataSet<T> Training, DataSet<T> Test) Split(double testFraction, int seed)
    {
        var (train, _, test) = Split(0, testFraction, seed);
        return (train, test);
    }

    /// <summary>Divides the rows into three parts as <see cref="DataSetSplit"/> does, and fills missing values of all with the means of the
    /// first.</summary>
    /// <param name="validationFraction">The share of the second part, 0 … 1.</param>
    /// <param name="testFraction">The share of the third part, 0 … 1.</param>
    /// <param name="seed">The same seed gives the same split.</param>
    /// <exception cref="ArgumentException">The fractions do not fit together, or a column has no value in the first part.</exception>
    public DataParts<T> Split(double validationFraction, double testFraction, int seed)
    {
        if (!HasGaps)
        {
            return Data.Split(validationFraction, testFraction, seed);
        }

        // Filled in with means of the training rows alone, the rows can be split.
        var parts = DataSetSplit.PartOfEachRow(Data, validationFraction, testFraction, seed);
        var filled = FittedOn([.. Enumerable.Range(0, parts.Length).Where(row => parts[row] == DataPart.Training)]).Data;
        return filled.AsTraining().Split(validationFraction, testFraction, seed);
    }

    /// <summary>Rows, and a line a column: what it is, how many values were missing, the mean or the categories with their
    /// shares.</summary>
    public override string ToString()
    {
        var rows = Encoding.Features.Select((feature, i) => new[]
        {
            feature.Name,
            feature.IsNumber ? "number" : $"{feature.Width} categories",
            MissingValues[i].ToString(CultureInfo.InvariantCulture),
            feature.IsNumber ? $"mean {feature.Means[0]:G4}" : Shares(feature),
        }).ToArray();
        var answers = Data.Targets is ClassLabels labels
            ? $"{Encoding.LabelName}: "
                + string.Join(", ", ClassNames.Zip(labels.Frequencies(),
                    (name, count) => $"{name} {count}"))
            : string.Join(", ", Encoding.TargetNames);
        return $"{TextTable.Of(["input", "read as", "missing", "values"], rows, left: 4)}\n{Data} → {answers}"
            + $"{(DroppedRows > 0 ? $"; {DroppedRows} rows dropped" : "")}";
    }

    private static string Shares(CsvFeature feature)
    {
        const int Most = 4;
        var shares =
            feature.Categories.Zip(feature.Means,
                (name, share) => $"{name} {100 * share:F1} %");
        return string.Join(", ", shares.Take(Most)) + (feature.Width > Most ? ", …" : "");
    }
}
