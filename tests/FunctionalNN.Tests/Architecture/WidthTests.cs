using System.Text.RegularExpressions;

namespace FunctionalNN.Tests;

/// <summary>Which width vectors have is known in one folder: everything else is written as formulas.</summary>
public partial class WidthTests
{
    [Fact]
    public void Nothing_outside_the_kernels_names_a_width()
    {
        var kernels = Path.Combine("FunctionalNN", "Kernels") + Path.DirectorySeparatorChar;
        var sources = Directory.EnumerateFiles(Sources(), "*.cs", SearchOption.AllDirectories)
            .Select(path => (Path: Path.GetRelativePath(Sources(), path), Text: File.ReadAllText(path)))
            .Where(source => !source.Path.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))
            .ToArray();
        Assert.Contains(sources, source => source.Path.StartsWith(kernels, StringComparison.Ordinal) && Width().IsMatch(source.Text));
        Assert.True(sources.Length > 300, $"{sources.Length} sources were found");
        Assert.Empty(sources
            .Where(source => !source.Path.StartsWith(kernels, StringComparison.Ordinal))
            .SelectMany(source => source.Text.Split('\n').Select((line, i) => (Line: line, Place: $"src/{source.Path}, line {i + 1}: {line.Trim()}")))
            .Where(line => Width().IsMatch(line.Line))
            .Select(line => line.Place));
    }

    /// <summary>The folder src beside the solution that this was built in.</summary>
    private static string Sources()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "FunctionalNN.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder!.FullName, "src");
    }

    [GeneratedRegex(@"\b(Vector(64|128|256|512)|Lanes(128|256|512)|System\.Runtime\.Intrinsics)\b")]
    private static partial Regex Width();
}
