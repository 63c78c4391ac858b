using System.Collections.Immutable;
using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// How the columns of a CSV file become inputs and targets, fitted on one file: the categories of each column, the classes, and the means
/// that take the place of missing values. Reading another file with it gives the same inputs in the same order and learns nothing from
/// that file.
/// </summary>
public sealed record CsvEncoding
{
    internal CsvEncoding(ImmutableArray<CsvFeature> features, string? labelName, ImmutableArray<string> classNames,
        ImmutableArray<string> targetNames, ImmutableArray<string> columnNames, CsvOptions options) =>
        (Features, LabelName, ClassNames, TargetNames, ColumnNames, Options) =
            (features, labelName, classNames, targetNames, columnNames, options);

    /// <summary>The columns that become inputs, in their order.</summary>
    public ImmutableArray<CsvFeature> Features { get; internal init; }

    /// <summary>The names of the inputs, one a column of <see cref="RowSource{T}"/>.</summary>
    public ImmutableArray<string> InputNames => [.. Features.SelectMany(feature => feature.InputNames)];

    /// <summary>The column of the classes, or null for regression.</summary>
    public string? LabelName { get; }

    /// <summary>The names of the classes in the order of their numbers; empty for regression.</summary>
    public ImmutableArray<string> ClassNames { get; }

    /// <summary>The columns to predict; empty for classification.</summary>
    public ImmutableArray<string> TargetNames { get; }

    /// <summary>How the file was read, and others are.</summary>
    public CsvOptions Options { get; }

    /// <summary>The values as they go to a network: NaN in place of what is missing is filled in, unless it is to be kept.</summary>
    internal Matrix<T> Fill<T>(Matrix<T> values)
        where T : unmanaged, IFloatingPointIeee754<T> => Options.Missing == Missing.Mean ? CsvFill.Filled(values, Features) : values;

    /// <summary>All columns of the file that it was fitted on.</summary>
    internal ImmutableArray<string> ColumnNames { get; }

    /// <summary>How far a prediction may be off and still count as right; null for classes. See
    /// <see cref="RealTargets{T}.Tolerance"/>.</summary>
    internal double? Tolerance { get; init; }

    /// <summary>
    /// Reads another file, such as the test data. Columns are found by name (by position without a header); those that this encoding
    /// does not know are not read.
    /// </summary>
    /// <returns>The rows, or an error that names file, line, column, what was found and what was expected.</returns>
    public Either<Error, CsvTable<float>> Read(string path) => Read<float>(path);

    /// <inheritdoc cref="Read(string)"/>
    /// <typeparam name="T">float or double.</typeparam>
    public Either<Error, CsvTable<T>> Read<T>(string path)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        DataFile.Read(path, Csv.Kind, (stream, _) => CsvLoad<T>.Fitted(path, stream, this));

    /// <summary>
    /// Reads the inputs of a file that need not have the columns to predict, one row a line: for
    /// <see cref="Model{T}.Predict(Matrix{T}, Parallelism?)"/>. No row is dropped, so that predictions and lines match: with
    /// <see cref="Missing.DropRow"/> a missing value is an error here.
    /// </summary>
    public Either<Error, Matrix<float>> ReadInputs(string path) => ReadInputs<float>(path);

    /// <inheritdoc cref="ReadInputs(string)"/>
    /// <typeparam name="T">float or double.</typeparam>
    public Either<Error, Matrix<T>> ReadInputs<T>(string path)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        DataFile.Read(path, Csv.Kind, (stream, _) => CsvLoad<T>.Inputs(path, stream, this));

    /// <summary>
    /// Reads a file row by row, again for each epoch, without keeping it: for files that are larger than memory, after
    /// <see cref="Csv.Fit{T}"/>. With <see cref="Missing.DropRow"/> a row with a gap is left out.
    /// </summary>
    /// <example><code>
    /// var encoding = Csv.Fit("large.csv", new CsvOptions { Label = "class" }).OrThrow();
    /// var rows = encoding.Stream&lt;float>("large.csv").OrThrow();
    /// var states = model.Train(new Adam()).Epochs(rows.Shuffled(batchSize: 128, window: 50_000), new CategoricalCrossEntropy());
    /// </code></example>
    /// <typeparam name="T">float or double.</typeparam>
    /// <returns>
    /// The rows, or an error where the file cannot be opened or lacks a column. A mistake in a later row is found when the row is read: the
    /// batches then end with an <see cref="InvalidDataException"/> of the same message.
    /// </returns>
    public Either<Error, StreamedRows<T>> Stream<T>(string path)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        DataFile.Read(path, Csv.Kind, (stream, _) => CsvLoad<T>.Open(path, stream, this, withAnswers: true).Map(scan =>
        {
            scan.Dispose();

            // A relative path is that of the folder at the call, whatever the folder is when an epoch begins.
            var full = Path.GetFullPath(path);
            return new StreamedRows<T>(() => CsvPieces<T>.Of(full, this), InputNames);
        }), isWhole: false);

    /// <summary>The inputs and what is predicted.</summary>
    public override string ToString() =>
        $"{Features.Length} columns as {Features.Sum(feature => feature.Width)} inputs → "
            + $"{(LabelName is null ? string.Join(", ", TargetNames) : $"{LabelName} ({string.Join(", ", ClassNames)})")}";
}
