using System.Diagnostics;

namespace FunctionalNN.Tests;

/// <summary>A test that runs a script with Python and NumPy: skipped where they are not. FUNCTIONALNN_PYTHON names another Python than python3.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PythonFactAttribute : FactAttribute
{
    private static readonly Lazy<bool> HasNumPy = new(() => Try("-c", "import numpy").ExitCode == 0);

    public PythonFactAttribute()
    {
        if (!HasNumPy.Value)
        {
            Skip = $"needs {Python} with NumPy";
        }
    }

    private static string Python => Environment.GetEnvironmentVariable("FUNCTIONALNN_PYTHON") ?? (File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3");

    /// <summary>What a script prints, and how it ended: −1 where there is no Python.</summary>
    public static (int ExitCode, string Output) Try(params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo(Python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output + errors.Result);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (-1, "");
        }
    }
}
