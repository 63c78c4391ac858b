using System.Diagnostics;

namespace FunctionalNN.Tests;

/// <summary>The ONNX checker, where it is at hand.</summary>
internal static class OnnxTools
{
    /// <summary>A Python with the package onnx: FUNCTIONALNN_PYTHON, else the system's.</summary>
    private static readonly Lazy<string?> FoundPython = new(() =>
        new[] { Environment.GetEnvironmentVariable("FUNCTIONALNN_PYTHON"), "/usr/bin/python3", "python3", "python" }
            .FirstOrDefault(python => !string.IsNullOrEmpty(python)
                && Run(python, "-c", "import importlib.util, sys; sys.exit(importlib.util.find_spec('onnx') is None)") is not null));

    public static string? Python => FoundPython.Value;

    /// <summary>The lines that a script of this folder prints.</summary>
    public static string[] Script(string program, string script, params string[] arguments) =>
        (Run(program, [Path.Combine(AppContext.BaseDirectory, "Onnx", script), .. arguments])
            ?? throw new Xunit.Sdk.XunitException($"{script} failed"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>What a program prints, or null where there is none or it fails.</summary>
    private static string? Run(string program, params string[] arguments)
    {
        try
        {
            using var process =
                Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}

/// <summary>A test that needs the ONNX checker, and is skipped with a word on how to get it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnnxCheckerFactAttribute : FactAttribute
{
    public OnnxCheckerFactAttribute()
    {
        if (OnnxTools.Python is null)
        {
            Skip = "needs the ONNX checker: apt-get install python3-onnx, or name a Python that has the package onnx in "
                + "FUNCTIONALNN_PYTHON";
        }
    }
}
