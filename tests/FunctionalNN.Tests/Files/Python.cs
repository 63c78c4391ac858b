using System.Collections.Concurrent;
using System.Diagnostics;

namespace FunctionalNN.Tests;

/// <summary>Python, where it is at hand with some modules.</summary>
internal static class Python
{
    /// <summary>The one asked for by FUNCTIONALNN_PYTHON, the one on the path, and the system's own, which has the distribution's
    /// packages.</summary>
    private static readonly string[] Programs =
        [Environment.GetEnvironmentVariable("FUNCTIONALNN_PYTHON") ?? "python3", "python3", "/usr/bin/python3"];
    private static readonly ConcurrentDictionary<string, string?> Found = new();

    /// <summary>Whether some Python has the modules.</summary>
    public static bool Has(string modules) => With(modules) is not null;

    /// <summary>What a program prints, run with a Python that has the modules.</summary>
    public static string Run(string modules, string program, params string[] arguments)
    {
        var (code, output) = Start(With(modules)!, program, arguments)!.Value;
        Assert.True(code == 0, output);
        return output;
    }

    private static string? With(string modules) => Found.GetOrAdd(modules, static names =>
        Array.Find(Programs,
            python =>
                Start(python, $"import importlib.util as u, sys; sys.exit(not all(map(u.find_spec, '{names}'.split())))", []) is (0, _)));

    private static (int Code, string Output)? Start(string python, string program, string[] arguments)
    {
        try
        {
            using var process =
                Process.Start(new ProcessStartInfo(python, ["-c", program, .. arguments])
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true
                })!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output + errors.Result);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}

/// <summary>A test that needs Python, and is skipped with a word on what to install where it is not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PythonFactAttribute : FactAttribute
{
    public PythonFactAttribute(string modules)
    {
        Modules = modules;
        if (!Python.Has(modules))
        {
            Skip = $"needs python3 with {modules} on the path, such as Debian's python3-numpy and python3-torch";
        }
    }

    public string Modules { get; }
}
