using System.Text.RegularExpressions;

namespace FunctionalNN.Tests;

/// <summary>Which width vectors have is known in one folder: everything else is written as formulas.</summary>
public partial class WidthTests
{
    private const string Kernels = "src/FunctionalNN/Kernels/";

    [Fact]
    public void Nothing_outside_the_kernels_names_a_width()
    {
        var sources = SourceTree.Of("src");
        Assert.True(sources.Length > 300, $"{sources.Length} sources were found");
        Assert.Contains(sources, source =>
            source.Path.StartsWith(Kernels, StringComparison.Ordinal) && source.Lines.Any(line => Width().IsMatch(line)));
        Assert.Empty(sources
            .Where(source => !source.Path.StartsWith(Kernels, StringComparison.Ordinal))
            .SelectMany(source => source.Lines.Select((line, i) => (Line: line, Place: $"{source.Path}, line {i + 1}: {line.Trim()}")))
            .Where(line => Width().IsMatch(line.Line))
            .Select(line => line.Place));
    }

    [GeneratedRegex(@"\b(Vector(64|128|256|512)|Lanes(128|256|512)|System\.Runtime\.Intrinsics)\b")]
    private static partial Regex Width();
}
