using System.Diagnostics;
using System.Runtime.InteropServices;

namespace FunctionalNN.Tests;

/// <summary>The test assembly as a program of its own: see <see cref="Program"/>.</summary>
internal static class ChildProcess
{
    /// <summary>The lines that it prints.</summary>
    public static async Task<string[]> Run(string arguments, params (string Name, string Value)[] settings)
    {
        using var process = Start(arguments, settings);
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{arguments} ended with {process.ExitCode}: {await errors}");
        return output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>The process, with its output to read.</summary>
    public static Process Start(string arguments, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo(Host, $"exec \"{typeof(ChildProcess).Assembly.Location}\" {arguments}") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static string Host =>
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host
            ? host
            : Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
}
