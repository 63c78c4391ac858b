using System.Collections.Immutable;
using System.Numerics;
using System.Text.Json;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// Writes pipelines as ONNX: an input a column by its name, the preparation, the network, temperature and decision. Numbers and flags come
/// in as double [n × 1] with NaN for a gap, categories as texts [n × 1] with "" for a gap. What ONNX has no operators for comes in
/// prepared: <see cref="OutsideOnnx{T}"/>. Out go probabilities, or the quantity in its own unit, in double, and of classes a label.
/// </summary>
public static class OnnxPipelines
{
    private const long LabelOpset = 2;

    /// <summary>The columns whose preparation stays outside, with the reason: their inputs take the prepared numbers, [n × width] in
    /// double, as <see cref="TableEncoding.Matrix{T}"/> gives them. They stand in the metadata under "outside", too.</summary>
    public static ImmutableArray<(string Column, string Reason)> OutsideOnnx<T>(this Pipeline<T> pipeline)
        where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        .. pipeline.Encoding.Columns.Select(column => (column.Name, Reason: ColumnNodes.ReasonOutside(column)))
            .Where(column => column.Reason is not null).Select(column => (column.Name, column.Reason!)),
    ];

    /// <summary>The pipeline as the bytes of an ONNX file. What the library refuses gives NaN there: a category that was never seen, where
    /// the recipe calls it an error, a gap that nothing stands for, a number without a logarithm; the number of a category without a row is
    /// an error of the runtime. Texts are compared as they are, without blanks around them.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="options">As for a model; there is always a label for classes, and <see cref="OnnxOptions.InputName"/> is not
    /// used.</param>
    /// <returns>The bytes, or all that has no form in ONNX.</returns>
    public static Either<Error, byte[]> ToOnnx<T>(this Pipeline<T> pipeline, OnnxOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Build(pipeline, options ?? new OnnxOptions()).Map(built =>
        {
            using var stream = new MemoryStream();
            built(stream);
            return stream.ToArray();
        });

    /// <summary>Writes the pipeline to an ONNX file, which appears whole or not at all. The error is that of <see cref="ToOnnx"/>, or says
    /// why the file cannot be written.</summary>
    public static Either<Error, Unit> SaveOnnx<T>(this Pipeline<T> pipeline, string path, OnnxOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Build(pipeline, options ?? new OnnxOptions()).Bind(built => FileErrors.Writing(path, built));

    private static Either<Error, Action<Stream>> Build<T>(Pipeline<T> pipeline, OnnxOptions options)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var isDouble = options.KeepsDouble && typeof(T) == typeof(double);
        string[] names = [.. pipeline.Encoding.Columns.Select(column => column.Name)];
        var graph = new GraphBuilder(options.Opset, isDouble, [.. names, options.OutputName, Labelling.Name]);
        graph.Errors.AddRange(OnnxExport.Mistakes(options, pipeline.Model.Network));
        foreach (var taken in names.Where(name => name == options.OutputName || name == Labelling.Name))
        {
            graph.Errors.Add($"the column \"{taken}\" has the name of an output: rename it, or set OnnxOptions.OutputName");
        }

        var message = graph.Errors.Count == 0 ? Message(pipeline, options, graph, isDouble) : null;
        if (graph.Errors.Count > 0)
        {
            return Error.New($"the pipeline cannot be written as ONNX: {string.Join(Environment.NewLine, graph.Errors)}");
        }

        var built = FieldWriter.Measure(message!);
        return built.Size <= Array.MaxLength
            ? built.Write
            : Error.New($"the pipeline takes {built.Size} bytes, an ONNX file holds up to {Array.MaxLength}");
    }

    private static ModelMessage Message<T>(Pipeline<T> pipeline, OnnxOptions options, GraphBuilder graph, bool isDouble)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (encoding, rows) = (pipeline.Encoding, new OnnxDimension(null, "n"));
        var prepared = Prepared(graph, encoding);
        var inputs = graph.Add("Cast", "inputs", [prepared],
            [OnnxSetting.Whole("to", isDouble ? TensorMessage.DoubleType : TensorMessage.FloatType)]);
        var raw = graph.Add("Cast", "outputs", [new NetworkWalk<T>(pipeline.Model, graph, options).Through(inputs).Name],
            [OnnxSetting.Whole("to", TensorMessage.DoubleType)]);
        var output = new DecisionNodes(graph).Add(raw, pipeline.Model.Network.Outputs, pipeline.Target, pipeline.Temperature,
            pipeline.Decision.Threshold);
        var isQuantity = pipeline.Target.Column.IsQuantity;
        ValueMessage[] outputs =
        [
            new(options.OutputName, TensorMessage.DoubleType,
                [rows, new OnnxDimension(Math.Max(1, pipeline.Target.Classes.Length), "")]),
            new(Labelling.Name, TensorMessage.Int64Type, [rows]),
        ];
        return new ModelMessage
        {
            IrVersion = options.Opset >= 15 ? 8 : 7,
            Opset = options.Opset,
            LabelOpset = graph.Nodes.Any(node => node.Domain == NodeMessage.LabelDomain) ? LabelOpset : 0,
            Producer = nameof(FunctionalNN),
            ProducerVersion = typeof(OnnxExport).Assembly.GetName().Version!.ToString(3),
            Description = options.Description,
            Metadata = [.. Metadata(pipeline, options)],
            Graph = new GraphMessage(graph.NodesWith(output, options.OutputName), [.. graph.Tensors],
                [.. encoding.Columns.Select(column => InputOf(column, rows))], [.. outputs.Take(isQuantity ? 1 : 2)])
            {
                Name = "pipeline",
                Description = pipeline.ToString(),
            },
        };
    }

    private static ValueMessage InputOf(FittedColumn column, OnnxDimension rows) => ColumnNodes.ReasonOutside(column) is not null
        ? new ValueMessage(column.Name, TensorMessage.DoubleType, [rows, new OnnxDimension(column.Width, "")])
        : new ValueMessage(column.Name, column is FittedCategory ? TensorMessage.TextType : TensorMessage.DoubleType,
            [rows, new OnnxDimension(1, "")]);

    /// <summary>The columns in order, then the products of two.</summary>
    private static string Prepared(GraphBuilder graph, TableEncoding encoding)
    {
        ImmutableArray<string> marks = encoding.Notation.MissingValues.IsDefault ? [] : encoding.Notation.MissingValues;
        var columns = encoding.Columns.ToDictionary(column => column.Name, column => ColumnNodes.ReasonOutside(column) is null
            ? new ColumnNodes(graph, column, column.Name, marks).Prepared()
            : column.Name, StringComparer.Ordinal);
        ImmutableArray<string> parts =
        [
            .. encoding.Columns.Select(column => columns[column.Name]),
            .. encoding.Interactions.Select(pair =>
            {
                var name = $"prepare/{pair.First} × {pair.Second}";
                var first = graph.Add("Unsqueeze", name, [columns[pair.First], graph.Constant($"{name}.last", 2)], []);
                var second = graph.Add("Unsqueeze", name, [columns[pair.Second], graph.Constant($"{name}.middle", 1)], []);
                return graph.Add("Flatten", name, [graph.Add("Mul", name, [first, second], [])], [OnnxSetting.Whole("axis", 1)]);
            }),
        ];
        return parts.Length == 1 ? parts[0] : graph.Add("Concat", "prepared", parts, [OnnxSetting.Whole("axis", 1)]);
    }

    private static IEnumerable<EntryMessage> Metadata<T>(Pipeline<T> pipeline, OnnxOptions options)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        string[] outside = [.. pipeline.OutsideOnnx().Select(column => column.Column)];
        foreach (var (key, words) in new[] { (Labelling.Key, pipeline.Target.Classes.ToArray()), ("outside", outside) })
        {
            if (words.Length > 0 && !options.Metadata.ContainsKey(key))
            {
                yield return new EntryMessage(key, JsonSerializer.Serialize(words, LabelJson.Default.StringArray));
            }
        }

        foreach (var entry in options.Metadata)
        {
            yield return new EntryMessage(entry.Key, entry.Value);
        }
    }
}
