using System.Globalization;
using System.Runtime.InteropServices;

namespace FunctionalNN.Tests;

/// <summary>
/// Many models in one folder, checked by one process of the ONNX checker and run by one of ONNX Runtime: for each what they said, and how far
/// the outputs are from ours.
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
            folder.Write($"{NameOf(i)}.in", this.cases[i].InputBytes);
        }

        File.WriteAllLines(folder["cases.txt"], this.cases.Select((c, i) => $"{NameOf(i)} {c.Inputs.Rows} {c.Inputs.Columns} {(c.IsDouble ? "float64" : "float32")}"));
    }

    public void Dispose() => folder.Dispose();

    /// <summary>What the checker finds wrong: nothing, for each of the files.</summary>
    public IEnumerable<string> CheckerFaults()
    {
        var lines = OnnxTools.Script(OnnxTools.Python!, "check-onnx.py", folder.FullName).Skip(1).Select(line => line.Split(' ', 3)).ToDictionary(words => words[0]);
        return from i in Enumerable.Range(0, cases.Length)
               let words = lines[NameOf(i)]
               where words[1] != "good"
               select $"{Describe(i)}: {words[2]}";
    }

    /// <summary>Each run of a file.</summary>
    public IEnumerable<OnnxRun> Runs()
    {
        foreach (var words in OnnxTools.Script("node", "run-onnx.mjs", folder.FullName, OnnxTools.Runtime!).Select(line => line.Split(' ', 4)))
        {
            var i = int.Parse(words[0][1..], CultureInfo.InvariantCulture);
            var isGood = words[2] == "good";
            yield return new OnnxRun(
                cases[i],
                words[1],
                isGood ? null : words[3],
                isGood ? Difference(cases[i].Expected, cases[i].Parse(File.ReadAllBytes(folder[$"{words[0]}.{words[1]}"]))) : double.NaN,
                !File.Exists(folder[$"{words[0]}.label"]) || SameClasses(i));
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
                .. columns.Select(column => group.Where(run => run.Column == column).ToArray() is var cell && cell.Any(run => run.Fault is not null)
                    ? $"{cell.Count(run => run.Fault is not null)} of {cell.Length} not run"
                    : cell.Max(run => run.Difference).ToString("0.0E-0", CultureInfo.InvariantCulture)),
            ]),
        ];
        return TextTable.Of(["layer", .. columns], rows);
    }

    private static string NameOf(int i) => $"m{i}";

    private string Describe(int i) => $"{cases[i].Group}, {cases[i].Variant}, {cases[i].Model.Network}";

    private bool SameClasses(int i) =>
        MemoryMarshal.Cast<byte, long>(File.ReadAllBytes(folder[$"{NameOf(i)}.label"])).ToArray().SequenceEqual(cases[i].ExpectedClasses.Select(label => (long)label));

    /// <summary>The greatest difference, relative to numbers above 1.</summary>
    private static double Difference(double[] expected, double[] found) =>
        expected.Length == found.Length ? expected.Zip(found, (e, f) => e.Equals(f) ? 0 : Math.Abs(e - f) / Math.Max(1, Math.Abs(e))).Max() : double.PositiveInfinity;
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
