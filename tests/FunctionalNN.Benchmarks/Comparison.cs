using System.Globalization;

namespace FunctionalNN.Benchmarks;

/// <summary>What is to be compared, and where the peers are.</summary>
/// <param name="Peers">The folder of the Python scripts.</param>
/// <param name="TorchSharp">The folder of the built .NET peer, or null for none.</param>
/// <param name="Python">The interpreter.</param>
/// <param name="Data">The folder of the data sets, or null for stand-ins.</param>
internal sealed record ComparisonSettings(string Peers, string? TorchSharp, string Python, string? Data)
{
    public int Rounds { get; init; } = 3;

    public int Repeats { get; init; } = 3;

    public int[] Threads { get; init; } = [1, 2];

    /// <summary>The vectors' width to which all are held, or null for what the processor has.</summary>
    public int? Width { get; init; }

    /// <summary>Names of workloads; all where it is empty.</summary>
    public string[] Only { get; init; } = [];

    /// <summary>Busy foreign processes beside each run.</summary>
    public int Load { get; init; }
}

/// <summary>Runs our workloads and the peers' in turn, several rounds, and prints the ratio of the best peer's median to ours.</summary>
internal static class Comparison
{
    public static int Run(ComparisonSettings settings)
    {
        Console.WriteLine(Machine.Line(settings.Width) + (settings.Load > 0 ? $"; beside {settings.Load} busy processes" : ""));
        Peer[] peers =
        [
            .. Peer.InPython(settings.Peers, settings.Python, settings.Data, settings.Repeats, settings.Width),
            .. Peer.OfImages(settings.Python, settings.Data, settings.Repeats, settings.Width),
            .. settings.TorchSharp is { } folder ? Peer.InDotNet(folder, settings.Data, settings.Repeats, settings.Width) : [],
        ];
        using var load = new ForeignLoad(settings.Load);
        Console.WriteLine(
            $"| workload | threads | {string.Join(" | ", peers.Select(peer => peer.Name))} | FunctionalNN | best peer / ours | metric: "
                + $"best peer, ours |");
        Console.WriteLine($"|---|---|{string.Concat(Enumerable.Repeat("---|", peers.Length + 3))}");
        foreach (var workload in Workload.All.Where(workload => settings.Only.Length == 0 || settings.Only.Contains(workload.Name)))
        {
            foreach (var threads in settings.Threads)
            {
                Compare(settings, peers, workload, threads);
            }
        }

        return 0;
    }

    private static void Compare(ComparisonSettings settings, Peer[] peers, Workload workload, int threads)
    {
        var ours = new List<(double Seconds, double Value)>();
        var theirs = peers.Select(_ => new List<(double Seconds, double Value)>()).ToArray();
        for (var round = 0; round < settings.Rounds; round++)
        {
            for (var i = 0; i < peers.Length; i++)
            {
                // Each peer run is followed by one of ours, so that both see the same state of the machine.
                if (peers[i].Command(workload, threads) is { } command && Peer.Measure(command) is { } their)
                {
                    theirs[i].Add(their);
                    ours.Add(Peer.Measure(Peer.Ours(workload, threads, settings.Data, settings.Repeats, settings.Width))
                        ?? throw new InvalidOperationException("our own run failed"));
                }
            }
        }

        var medians = theirs.Select(runs => runs.Count == 0 ? double.NaN : Median(runs.Select(run => run.Seconds))).ToArray();
        if (medians.All(double.IsNaN))
        {
            Console.WriteLine($"| {workload.Name} | {threads} | no peer ran |");
            return;
        }

        var best = Array.IndexOf(medians, medians.Where(median => !double.IsNaN(median)).Min());
        var our = Median(ours.Select(run => run.Seconds));
        var cells =
            string.Join(" | ", medians.Select(median => double.IsNaN(median) ? "–" : median.ToString("G3", CultureInfo.InvariantCulture)));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {workload.Name} | {threads} | {cells} | **{our:G3}** | ratio {medians[best] / our:F2} ({peers[best].Name}) | "
                + $"{theirs[best][0].Value:F4}, {ours[0].Value:F4} |"));
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
