using System.Globalization;
using Microsoft.ML.OnnxRuntime;

namespace FunctionalNN.Tests;

/// <summary>Small graphs of other programs, with rows for them and what those programs make of the rows: see fixtures/make_graphs.py and
/// fixtures/make_exported_graphs.py.</summary>
internal static class OnnxGraphs
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Onnx", "fixtures", "graphs");

    public static string[] Names =>
        [.. Directory.GetFiles(Folder, "*.onnx").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    public static string PathOf(string name) => Path.Combine(Folder, $"{name}.onnx");

    /// <summary>What the text beside a graph says.</summary>
    public static OnnxAnswer Answer(string name)
    {
        var lines = File.ReadAllLines(Path.Combine(Folder, $"{name}.txt"));
        if (lines[0].StartsWith("refused ", StringComparison.Ordinal))
        {
            return new OnnxAnswer(lines[0]["refused ".Length..], lines[1]["advised ".Length..].Split(' '), null, null);
        }

        var sizes = lines[0].Split(' ').Select(word => int.Parse(word, CultureInfo.InvariantCulture)).ToArray();
        return new OnnxAnswer(null, [], Numbers(lines[1..(sizes[0] + 1)], sizes[1]), Numbers(lines[(sizes[0] + 1)..], sizes[2]));
    }

    /// <summary>What ONNX Runtime gives for rows: the output of real numbers, or the numbers of a ZipMap.</summary>
    public static float[] Run(string path, Matrix<float> rows)
    {
        // Its optimisations compute quantised weights in whole numbers, which is no longer what the graph says.
        using var options = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL,
            IntraOpNumThreads = 1,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        using var session = new InferenceSession(path, options);
        var (input, about) = session.InputMetadata.First(pair => !session.OverridableInitializerMetadata.ContainsKey(pair.Key));
        long[] shape = [rows.Rows, .. about.Dimensions.Length > 1 ? about.Dimensions[1..].Select(length => (long)length) : [rows.Columns]];
        using var values = about.ElementType == typeof(long)
            ? OrtValue.CreateTensorValueFromMemory(rows.Values.ToArray().Select(value => (long)value).ToArray(), shape)
            : OrtValue.CreateTensorValueFromMemory(rows.Values.ToArray(), shape);
        using var run = new RunOptions();
        using var outputs = session.Run(run, new Dictionary<string, OrtValue> { [input] = values }, session.OutputNames);
        var found = outputs.First(output => output.OnnxType == OnnxValueType.ONNX_TYPE_SEQUENCE
            || output.GetTensorTypeAndShape().ElementDataType == Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float);
        return found.OnnxType == OnnxValueType.ONNX_TYPE_SEQUENCE ? Zipped(found) : found.GetTensorDataAsSpan<float>().ToArray();
    }

    /// <summary>One map a row: its values in the order of the classes.</summary>
    private static float[] Zipped(OrtValue sequence)
    {
        var numbers = new List<float>();
        sequence.ProcessSequence((row, _) =>
            row.ProcessMap((_, values) => numbers.AddRange(values.GetTensorDataAsSpan<float>()), OrtAllocator.DefaultInstance),
            OrtAllocator.DefaultInstance);
        return [.. numbers];
    }

    private static Matrix<float> Numbers(string[] lines, int columns) =>
        Matrix.Create<float>(lines.Length, columns,
            [.. lines.SelectMany(line => line.Split(' ')).Select(word => float.Parse(word, CultureInfo.InvariantCulture))]);
}

/// <summary>What is to come of a graph: numbers, or an error and the graph that its advice leads to.</summary>
/// <param name="Refusal">A part of the error; null where the graph is read.</param>
/// <param name="Advised">The graph that the advice makes of this one, and the output to name where the advice names one.</param>
/// <param name="Rows">What goes in.</param>
/// <param name="Expected">What comes out.</param>
internal sealed record OnnxAnswer(string? Refusal, string[] Advised, Matrix<float>? Rows, Matrix<float>? Expected);
