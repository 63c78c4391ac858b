using System.Diagnostics;
using System.Runtime.InteropServices;

namespace FunctionalNN.Tests;

/// <summary>The test assembly as a program of its own: see <see cref="Program"/>.</summary>
internal static class ChildProcess
{
    /// <summary>The lines that it prints.</summary>
    public static Task<string[]> Run(string arguments, params (string Name, string Value)[] settings) =>
        Run(Start(arguments, settings), arguments);

    /// <summary>The lines that it prints when it is started in a folder.</summary>
    public static Task<string[]> RunIn(string folder, string arguments) =>
        Run(Process.Start(new ProcessStartInfo(Host, CommandLine(arguments))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        })!, arguments);

    private static async Task<string[]> Run(Process started, string arguments)
    {
        using var process = started;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{arguments} ended with {process.ExitCode}: {await errors}");
        return output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>The process, with its output to read.</summary>
    public static Process Start(string arguments, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo(Host, CommandLine(arguments)) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static string CommandLine(string arguments) => $"exec \"{typeof(ChildProcess).Assembly.Location}\" {arguments}";

    private static string Host =>
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host
            ? host
            : Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..",
                OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
}
