using System.Diagnostics;

namespace FunctionalNN.Benchmarks;

/// <summary>Busy processes that have nothing to do with the run, as a notebook's browser or a server's neighbours are.</summary>
internal sealed class ForeignLoad : IDisposable
{
    private readonly Process[] processes;

    public ForeignLoad(int count) =>
        processes =
            [.. Enumerable.Range(0, count)
                .Select(_ => Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["busy", $"{Environment.ProcessId}"]))!)];

    /// <summary>What such a process does, until it or the one that it serves is ended.</summary>
    public static int Busy(int served)
    {
        using var process = Process.GetProcessById(served);
        var x = 1UL;
        while (!process.HasExited)
        {
            for (var i = 0; i < 10_000_000; i++)
            {
                x = (x * 6364136223846793005) + 1442695040888963407;
            }
        }

        return (int)(x & 1);
    }

    public void Dispose()
    {
        foreach (var process in processes)
        {
            process.Kill();
            process.Dispose();
        }
    }
}
