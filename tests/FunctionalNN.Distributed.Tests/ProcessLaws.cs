using System.Diagnostics;
using System.Runtime.InteropServices;

namespace FunctionalNN.Distributed.Tests;

/// <summary>Workers as processes, killed as <c>kill -9</c> does it.</summary>
public class ProcessLaws
{
    [Fact]
    public async Task Processes_that_are_killed_change_nothing()
    {
        var kills = int.Parse(Environment.GetEnvironmentVariable("FUNCTIONALNN_PROCESS_KILLS") ?? "3", null);
        await using var cluster = await Cluster.Lead(settings: new ClusterSettings { Slots = 0, MostDeaths = int.MaxValue });
        var workers = new List<Process> { await Start(cluster.Port), await Start(cluster.Port) };
        try
        {
            var done = 0;
            for (var round = 0; done < kills; round++)
            {
                var run = Spirals.Long[round % Spirals.Long.Length];
                var told = new Told();
                var found = run.Plan.On(cluster, told);
                await Task.WhenAny(found, told.After(1));
                if (!found.IsCompleted)
                {
                    workers[0].Kill();
                    await workers[0].WaitForExitAsync();
                    workers[0].Dispose();
                    workers.RemoveAt(0);
                    workers.Add(await Start(cluster.Port));
                    done++;
                }

                run.AssertSame(await found);
            }

            Same.Assert(Spirals.Comparison.Run(), await Spirals.Comparison.On(cluster));
        }
        finally
        {
            foreach (var worker in workers)
            {
                worker.Kill();
                worker.Dispose();
            }
        }
    }

    private static async Task<Process> Start(int port)
    {
        var start = new ProcessStartInfo(Host)
        {
            ArgumentList = { "exec", typeof(ProcessLaws).Assembly.Location, "worker", $"{port}" },
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        Assert.Equal("ready", await process.StandardOutput.ReadLineAsync());
        return process;
    }

    private static string Host =>
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host
            ? host
            : Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..",
                OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
}
