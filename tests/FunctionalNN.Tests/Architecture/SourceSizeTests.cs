namespace FunctionalNN.Tests;

/// <summary>A source fits a screen: its lines in width, and the file in length.</summary>
public class SourceSizeTests
{
    private const int LongestLine = 140;
    private const int LongestFile = 250;

    private static readonly (string Path, string[] Lines)[] Sources =
        [.. new[] { "src", "tests", "examples", "tools" }.SelectMany(SourceTree.Of)];

    [Fact]
    public void No_line_is_longer_than_140_characters()
    {
        Assert.True(Sources.Length > 500, $"{Sources.Length} sources were found");
        Assert.Empty(Sources.SelectMany(source => source.Lines
            .Select((line, i) => (line.Length, Place: $"{source.Path}, line {i + 1}: {line.Length} characters"))
            .Where(line => line.Length > LongestLine).Select(line => line.Place)));
    }

    [Fact]
    public void No_file_is_longer_than_the_limit() =>
        Assert.Empty(Sources.Where(source => source.Path.StartsWith("src/", StringComparison.Ordinal) && source.Lines.Length > LongestFile)
            .Select(source => $"{source.Path}: {source.Lines.Length} lines"));
}
