using System.Globalization;
using Microsoft.ML.OnnxRuntime;

namespace FunctionalNN.Tests;

/// <summary>
/// Many models in one folder, checked by one process of the ONNX checker and run by ONNX Runtime: for each what they said, and how far the
/// outputs are from ours.
/// </summary>
internal sealed class OnnxMatrix : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly OnnxCase[] cases;

    public OnnxMatrix(IEnumerable<OnnxCase> cases)
    {
        this.cases = [.. cases];
        for (var i = 0; i < this.cases.Length; i++)
        {
            folder.Write($"{NameOf(i)}.onnx", this.cases[i].Bytes);
        }
    }

    public void Dispose() => folder.Dispose();

    /// <summary>What the checker finds wrong: nothing, for each of the files.</summary>
    public IEnumerable<string> CheckerFaults()
    {
        var lines = OnnxTools.Script(OnnxTools.Python!, "check-onnx.py", folder.FullName).Skip(1).Select(line => line.Split(' ', 3))
            .ToDictionary(words => words[0]);
        return from i in Enumerable.Range(0, cases.Length)
               let words = lines[NameOf(i)]
               where words[1] != "good"
               select $"{Describe(i)}: {words[2]}";
    }

    /// <summary>Each file run by ONNX Runtime, with all of its graph optimisations and with none.</summary>
    public IEnumerable<OnnxRun> Runs()
    {
        for (var i = 0; i < cases.Length; i++)
        {
            yield return Run(i, "all", GraphOptimizationLevel.ORT_ENABLE_ALL);
            yield return Run(i, "none", GraphOptimizationLevel.ORT_DISABLE_ALL);
        }
    }

    /// <summary>A table: for each kind of layer and each way of running, the greatest difference.</summary>
    public static string Table(IEnumerable<OnnxRun> runs)
    {
        var all = runs.ToArray();
        var columns = all.Select(run => run.Column).Distinct().ToArray();
        string[][] rows =
        [
            .. all.GroupBy(run => run.Case.Group).Select(group => (string[])
            [
                group.Key,
                .. columns.Select(column => group.Where(run => run.Column == column).ToArray() is var cell
                    && cell.Any(run => run.Fault is not null)
                    ? $"{cell.Count(run => run.Fault is not null)} of {cell.Length} not run"
                    : cell.Max(run => run.Difference).ToString("0.0E-0", CultureInfo.InvariantCulture)),
            ]),
        ];
        return TextTable.Of(["layer", .. columns], rows);
    }

    private static string NameOf(int i) => $"m{i}";

    private string Describe(int i) => $"{cases[i].Group}, {cases[i].Variant}, {cases[i].Model.Network}";

    private OnnxRun Run(int i, string level, GraphOptimizationLevel optimizations)
    {
        try
        {
            using var options = new SessionOptions
            {
                GraphOptimizationLevel = optimizations,
                IntraOpNumThreads = 1,
                LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
            };
            using var session = new InferenceSession(folder[$"{NameOf(i)}.onnx"], options);
            using var inputs = cases[i].ToOrtValue();
            using var run = new RunOptions();
            using var outputs = session.Run(run, new Dictionary<string, OrtValue> { ["input"] = inputs }, session.OutputNames);
            var label = session.OutputNames.ToList().IndexOf("label");
            return new OnnxRun(
                cases[i],
                level,
                null,
                Difference(cases[i].Expected, cases[i].Parse(outputs[session.OutputNames.ToList().IndexOf("output")])),
                label >= 0
                    ? outputs[label].GetTensorDataAsSpan<long>().ToArray().SequenceEqual(cases[i].ExpectedClasses.Select(c => (long)c))
                    : !cases[i].Options.AddsLabel);
        }
        catch (OnnxRuntimeException fault)
        {
            return new OnnxRun(cases[i], level, fault.Message.ReplaceLineEndings(" "), double.NaN, true);
        }
    }

    /// <summary>The greatest difference, relative to numbers above 1.</summary>
    private static double Difference(double[] expected, double[] found) =>
        expected.Length == found.Length
            ? expected.Zip(found, (e, f) => e.Equals(f) ? 0 : Math.Abs(e - f) / Math.Max(1, Math.Abs(e))).Max()
            : double.PositiveInfinity;
}

/// <summary>One file run one way.</summary>
/// <param name="Case">The model.</param>
/// <param name="Level">The runtime's graph optimisations: all or none.</param>
/// <param name="Fault">Why it did not run.</param>
/// <param name="Difference">How far its output is from ours.</param>
/// <param name="HasSameClasses">Whether the label output is ours.</param>
internal sealed record OnnxRun(OnnxCase Case, string Level, string? Fault, double Difference, bool HasSameClasses)
{
    public string Column => $"{Case.Variant}, optimized {Level}";
}
