using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace FunctionalNN.Benchmarks;

/// <summary>
/// Runs our workloads and the peers' scripts in turn, several rounds, and prints the ratio of the best peer's median to ours:
/// <c>compare --peers DIR --data DIR [--python FILE] [--rounds 3] [--repeats 3] [--threads 2] [--only a,b]</c>.
/// </summary>
internal static class Comparison
{
    private static readonly (string Script, string Variant)[] Peers =
    [
        ("numpy", "default"), ("sklearn", "default"), ("torch", "module"), ("torch", "foreach"), ("torch", "script"), ("torch", "flat"), ("torch", "manual"),
    ];

    public static int Run(string peers, string? data, string python, int rounds, int repeats, int[] threadCounts, string[] only)
    {
        Console.WriteLine($"| workload | threads | {string.Join(" | ", Peers.Select(Name))} | FunctionalNN | best peer / ours | metric: best peer, ours |");
        Console.WriteLine($"|---|---|{string.Concat(Enumerable.Repeat("---|", Peers.Length + 3))}");
        foreach (var workload in Workload.All.Where(workload => only.Length == 0 || only.Contains(workload.Name)))
        {
            foreach (var threads in threadCounts)
            {
                Compare(workload, threads);
            }
        }

        return 0;

        void Compare(Workload workload, int threads)
        {
            var ours = new List<(double Seconds, double Value)>();
            var theirs = Peers.Select(_ => new List<(double Seconds, double Value)>()).ToArray();
            string[] common = ["--workload", workload.Name, "--threads", $"{threads}", "--repeats", $"{repeats}", .. data is null ? Array.Empty<string>() : ["--data", data]];
            for (var round = 0; round < rounds; round++)
            {
                for (var i = 0; i < Peers.Length; i++)
                {
                    // Each peer run is followed by one of ours, so that both see the same state of the machine.
                    var (script, variant) = Peers[i];
                    string[] named = script == "torch" ? ["--variant", variant] : [];
                    if (Measure(python, [Path.Combine(peers, $"peer_{script}.py"), .. common, .. named]) is { } their)
                    {
                        theirs[i].Add(their);
                        ours.Add(Measure(Environment.ProcessPath!, ["workload", workload.Name, .. common[2..]]) ?? throw new InvalidOperationException("our own run failed"));
                    }
                }
            }

            var medians = theirs.Select(runs => runs.Count == 0 ? double.NaN : Median(runs.Select(run => run.Seconds))).ToArray();
            var best = Array.IndexOf(medians, medians.Where(median => !double.IsNaN(median)).Min());
            var our = Median(ours.Select(run => run.Seconds));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {workload.Name} | {threads} | {string.Join(" | ", medians.Select(median => double.IsNaN(median) ? "–" : median.ToString("G3", CultureInfo.InvariantCulture)))} | **{our:G3}** | **{medians[best] / our:F2}** | {theirs[best][0].Value:F4}, {ours[0].Value:F4} |"));
        }
    }

    private static string Name((string Script, string Variant) peer) => peer.Variant == "default" ? peer.Script : $"{peer.Script} {peer.Variant}";

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>The median seconds and the metric that a process prints; null when it does not support the workload.</summary>
    private static (double Seconds, double Value)? Measure(string file, string[] arguments)
    {
        var start = new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var line = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault(text => text.StartsWith('{'));
        process.WaitForExit();
        if (line is null)
        {
            return errors.Result.Contains("invalid choice", StringComparison.Ordinal) || process.ExitCode != 0 ? null : throw new InvalidOperationException(errors.Result);
        }

        var result = JsonDocument.Parse(line).RootElement;
        return result.TryGetProperty("seconds_median", out var seconds) && !result.TryGetProperty("unsupported", out _)
            ? (seconds.GetDouble(), result.GetProperty("value").GetDouble())
            : null;
    }
}
