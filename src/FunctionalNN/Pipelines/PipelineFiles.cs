using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <content>Files, content hashes, verification.</content>
public static partial class Pipeline
{
    /// <summary>Writes a pipeline to a safetensors file: columns, network, numbers, classes, temperature, threshold, and how the model was
    /// trained. It appears whole or not at all, in place of one that may be there.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="path">The file. <see cref="Model.Load{T}"/> reads the model in it.</param>
    /// <param name="vocabulary">The records that the file may speak of: needed for layers of your own.</param>
    /// <returns>An error that names the file when it cannot be written or a layer is not in the vocabulary; the file that was there is then
    /// still there.</returns>
    public static Either<Error, Unit> Save<T>(this Pipeline<T> pipeline, string path, Vocabulary? vocabulary = null)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        FileErrors.Writing(path, stream => StoredPipeline.Write(stream, pipeline, vocabulary ?? Vocabulary.Standard));

    /// <summary>Reads a pipeline: nothing else is needed to serve it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="vocabulary">The same that the file was written with.</param>
    /// <returns>The pipeline, or an error that names file, place and reason.</returns>
    public static Either<Error, Pipeline<float>> Load(string path, Vocabulary? vocabulary = null) => Load<float>(path, vocabulary);

    /// <inheritdoc cref="Load(string, Vocabulary?)"/>
    /// <typeparam name="T">The number type that the file was written with.</typeparam>
    public static Either<Error, Pipeline<T>> Load<T>(string path, Vocabulary? vocabulary = null)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        FileErrors.Reading(path, SafeTensorsFile.Kind, stream => StoredPipeline.Read<T>(stream, vocabulary ?? Vocabulary.Standard));

    /// <summary>SHA-256 over columns, network, numbers, classes, temperature and threshold, in 64 hexadecimal digits: pipelines have the
    /// same exactly when they predict the same, bit for bit. A version to serve by.</summary>
    /// <exception cref="ArgumentException">A layer is not in the vocabulary.</exception>
    public static string ContentHash<T>(this Pipeline<T> pipeline, Vocabulary? vocabulary = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var words = vocabulary ?? Vocabulary.Standard;
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', pipeline.Model.ContentHash(words),
            StoredPipeline.ColumnsText(pipeline, words), StoredPipeline.DecisionText(pipeline, words)))));
    }

    /// <summary>Fits the columns anew on the training rows and trains anew by the recipe of the run, and says whether columns and model
    /// come out the same, bit for bit.</summary>
    /// <param name="pipeline">A pipeline with the model of a state of its own
    /// <see cref="Pipeline{T}.Epochs(Table, Optimizer, int, int, Loss?)"/>.</param>
    /// <param name="trainingRows">The rows it learned from.</param>
    /// <param name="parallelism">All cores by default; the answer is the same.</param>
    public static Verification Verify<T>(this Pipeline<T> pipeline, Table trainingRows, Parallelism? parallelism = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var encoding = pipeline.Encoding;
        var recipe = new TableRecipe
        {
            Columns = [.. encoding.Columns.Select(column => column.Column)],
            Interactions = encoding.Interactions,
            LeftOut = encoding.LeftOut,
            Target = pipeline.Target.Column,
        };
        return recipe.Fit(trainingRows).Match(
            fitted => !fitted.Equals(encoding)
                    ? new Verification(false, "fitting the columns anew on these rows gave other numbers or categories"
                        + $"{(Differing(fitted, encoding) is { } name ? $": the first column that differs is \"{name}\"" : "")}")
                : pipeline.Run is not { } run
                    ? new Verification(false,
                        "the columns are the same; how the model came to be is not known: only With(state), of a state "
                        + "of Epochs from a fresh pipeline, says it")
                : run.Verify(new Pipeline<T>(fitted, pipeline.Model).Encode(trainingRows), parallelism: parallelism) is var trained
                    && trained.IsSame ? new Verification(true, $"the columns are the same, and {trained.Reason}")
                : trained,
            faults => new Verification(false, string.Join("; ", faults.Map(fault => fault.Message))));
    }

    /// <summary>
    /// Reads a CSV file, in the notation of the training rows, and writes it with more columns: the class and the probability of each
    /// class,
    /// or the quantity. The new file appears whole or not at all.
    /// </summary>
    /// <param name="pipeline">What predicts.</param>
    /// <param name="path">The rows; what is to be predicted may be missing.</param>
    /// <param name="output">The new file, in UTF-8.</param>
    /// <returns>How many rows were predicted, or an error that names file, line and column.</returns>
    public static Either<Error, int> PredictFile<T>(this Pipeline<T> pipeline, string path, string output)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        from table in Table.Read(path, pipeline.Encoding.Notation)
        from inputs in pipeline.Encoding.Matrix<T>(table).MapLeft(fault => fault)
        from written in FileErrors.Writing(output, stream => PredictionFile.Write(stream, table, pipeline))
        select table.Count;

    private static string? Differing(TableEncoding left, TableEncoding right) =>
        left.Columns.Zip(right.Columns, (one, other) => one.Equals(other) ? null : one.Name).FirstOrDefault(name => name is not null);
}

/// <summary>A table with its predictions as a CSV file.</summary>
internal static class PredictionFile
{
    public static void Write<T>(Stream stream, Table table, Pipeline<T> pipeline)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (target, notation) = (pipeline.Target, pipeline.Encoding.Notation);
        var outputs = pipeline.Outputs(table);
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        var separator = notation.Separator;
        string[] added = target.Column.IsQuantity
            ? [$"predicted {target.Name}"]
            : [$"predicted {target.Name}", .. target.Classes.Select(name => $"P({target.Name}={name})")];
        writer.WriteLine(string.Join(separator, table.Names.Concat(added).Select(Field)));
        for (var row = 0; row < table.Count; row++)
        {
            var prediction = pipeline.PredictionOf(outputs.Row(row));
            var cells = Enumerable.Range(0, table.Names.Length).Select(column => table.CellAt(row, column).Written());
            var numbers = target.Column.IsQuantity
                ? [Number(prediction.Value)]
                : prediction.Probabilities.Select(one => Number(one.Probability)).Prepend(prediction.Class!);
            writer.WriteLine(string.Join(separator, cells.Concat(numbers).Select(Field)));
        }

        string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture).Replace('.', notation.DecimalMark);

        string Field(string text) => text.AsSpan().ContainsAny(['"', '\r', '\n', separator]) || text != text.Trim()
            ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : text;
    }
}
