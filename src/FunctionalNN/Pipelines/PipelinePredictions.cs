using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Data;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using LanguageExt;

namespace FunctionalNN;

/// <content>Predictions for rows by name.</content>
public sealed partial record Pipeline<T>
{
    private const int MaxDepth = 8;

    private readonly ConcurrentDictionary<Type, object> maps = new();

    private RowCells Rows => field ??= new RowCells(Encoding);

    /// <summary>
    /// What is said of one row, by the names of its columns, from any number of threads at once: a dictionary from names to values, an
    /// anonymous object or a record of one's own, whose public properties are looked up once (age, Age and AGE are one name, and so are
    /// signup_date and SignupDate), or an object in JSON.
    /// </summary>
    /// <param name="row">The row: null for what is not known. What is to be predicted and what the recipe leaves out may be there.</param>
    /// <typeparam name="TRow">The type of the row: a class or a record.</typeparam>
    /// <exception cref="RowException">The row does not fit; the exception holds all that is wrong, by column.</exception>
    /// <exception cref="ArgumentException">The type of the row lacks a property or has one of another type.</exception>
    public Prediction Predict<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TRow>(TRow row)
        where TRow : notnull => TryPredict(row).Match(
            prediction => prediction,
            faults => throw new RowException([.. faults]));

    /// <summary>As <see cref="Predict{TRow}"/>, with all that is wrong with the row as a value: for a server, which answers with
    /// it.</summary>
    /// <param name="row">The row.</param>
    /// <typeparam name="TRow">The type of the row.</typeparam>
    public Validation<RowFault, Prediction> TryPredict<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TRow>(TRow row)
        where TRow : notnull
    {
        List<RowFault> faults = [];
        switch (row)
        {
            case IReadOnlyDictionary<string, object?> named:
                return Answer(Rows.Of(named, faults), faults);
            case IReadOnlyDictionary<string, string?> texts:
                return Answer(Rows.Of(texts.Select(pair => KeyValuePair.Create(pair.Key, (object?)pair.Value)), faults), faults);
            case JsonElement json:
                return Answer(Rows.Of(json, faults), faults);
            case IDataRecord record:
                return Answer(Rows.Of(record, faults), faults);
            default:
                return Map<TRow>().TryPredict(row);
        }
    }

    /// <summary>What is said of an object in JSON, or of each object of a list: <c>{"age": 41, "plan": "basic"}</c>.</summary>
    /// <param name="json">UTF-8.</param>
    /// <returns>One prediction a row, in order.</returns>
    /// <exception cref="RowException">The text is no JSON of this form, or a row does not fit; the message names row and
    /// column.</exception>
    public ImmutableArray<Prediction> PredictJson(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document =
                JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false });
            return document.RootElement.ValueKind == JsonValueKind.Array
                ? [.. document.RootElement.EnumerateArray().Select((row, i) => TryPredict(row).Match(
                    prediction => prediction,
                    faults => throw new RowException([.. faults.Map(fault => fault with { Message = $"{fault.Message} (row {i})" })])))]
                : [Predict(document.RootElement)];
        }
        catch (JsonException fault)
        {
            throw new RowException($"this is no JSON of rows: {fault.Message}", fault);
        }
    }

    /// <summary>What is said of each row of a query's answer, one after the other.</summary>
    /// <param name="rows">The rows; the reader is not disposed of.</param>
    /// <exception cref="RowException">A row does not fit.</exception>
    public IEnumerable<Prediction> PredictRows(IDataReader rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return Sequence();

        IEnumerable<Prediction> Sequence()
        {
            while (rows.Read())
            {
                yield return Predict((IDataRecord)rows);
            }
        }
    }

    /// <summary>What is said of each row of a table, in order. What is to be predicted may be missing.</summary>
    /// <exception cref="ArgumentException">A row does not fit; the message names row, column, what was found and what was
    /// expected.</exception>
    public ImmutableArray<Prediction> Predict(Table table)
    {
        var outputs = Outputs(table);
        return [.. Enumerable.Range(0, outputs.Rows).Select(row => PredictionOf(outputs.Row(row)))];
    }

    /// <summary>A prepared type of rows, whose properties are looked up once: <see cref="RowMap{TRow, T}.Predict(TRow, Span{double})"/>
    /// then allocates nothing.</summary>
    /// <typeparam name="TRow">A class or a record with a public property a column: text, number, flag, date, or a nullable one.</typeparam>
    /// <exception cref="ArgumentException">A property is missing or of another type; the message names all.</exception>
    public RowMap<TRow, T> Map<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TRow>()
        where TRow : notnull =>
        maps.TryGetValue(typeof(TRow), out var known)
            ? (RowMap<TRow, T>)known
            : (RowMap<TRow, T>)maps.GetOrAdd(typeof(TRow), new RowMap<TRow, T>(this, RowProperties.Of<TRow>(Encoding)));

    /// <summary>A prepared type of rows with a function a column, for types whose properties are others than the columns.</summary>
    /// <example><code>
    /// var customers = pipeline.Map&lt;Customer>(columns => columns.Number("age", row => row.Years).Text("plan", row => row.Plan.Name));
    /// </code></example>
    /// <typeparam name="TRow">Any type.</typeparam>
    /// <exception cref="ArgumentException">A column is missing or is none; the message names all.</exception>
    public RowMap<TRow, T> Map<TRow>(Func<RowColumns<TRow>, RowColumns<TRow>> columns)
        where TRow : notnull => new(this, columns(new RowColumns<TRow>()).For(Encoding));

    /// <summary>The probabilities, or the quantity, of each row of a table.</summary>
    internal Matrix<double> Outputs(Table table)
    {
        var inputs = Encoding.Matrix<T>(table).Match(rows => rows, fault => throw new ArgumentException(fault.Message));
        var raw = Model.Predict(inputs);
        var outputs = new double[raw.Rows * OutputCount];
        for (var row = 0; row < raw.Rows; row++)
        {
            Read(raw.Row(row), outputs.AsSpan(row * OutputCount, OutputCount));
        }

        return Matrix.Create(raw.Rows, OutputCount, outputs);
    }

    /// <summary>The answer to a row in the order of the columns, if nothing is wrong with it.</summary>
    internal Validation<RowFault, Prediction> Answer(ReadOnlySpan<Cell> cells, List<RowFault>? faults)
    {
        Span<double> outputs = OutputCount <= SmallRow ? stackalloc double[OutputCount] : new double[OutputCount];
        if (faults is null || faults.Count == 0)
        {
            Compute(cells, outputs, ref faults);
        }
        else if (faults.All(fault => fault.Column.Length > 0))
        {
            // What is wrong with names comes together with what is wrong with the values of the other columns.
            List<RowFault> values = [];
            Encoding.Write(cells, new double[Encoding.Width], values);
            var known = faults.Select(fault => fault.Column).ToHashSet(StringComparer.Ordinal);
            faults.AddRange(values.Where(fault => !known.Contains(fault.Column)));
        }

        return faults is null || faults.Count == 0
            ? Validation<RowFault, Prediction>.Success(PredictionOf(outputs))
            : Validation<RowFault, Prediction>.Fail(LanguageExt.Seq.createRange(faults));
    }
}
