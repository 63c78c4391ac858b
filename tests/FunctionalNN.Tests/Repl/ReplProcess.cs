using System.Diagnostics;
using System.Text;

namespace FunctionalNN.Tests;

/// <summary>examples/repl as a process of its own, since scripts write to the console.</summary>
internal static class ReplProcess
{
    /// <summary>Runs scripts of the folder, or lines in a session.</summary>
    public static async Task<(int ExitCode, string Output)> Run(string[] scripts, string lines = "")
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "FunctionalNN.Repl.dll"));
        foreach (var script in scripts)
        {
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "repl", script));
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        await process.StandardInput.WriteAsync(lines);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return (process.ExitCode, (await output + await errors).ReplaceLineEndings("\n"));
    }
}
