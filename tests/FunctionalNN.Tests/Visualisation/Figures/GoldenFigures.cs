using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace FunctionalNN.Tests;

/// <summary>
/// Figures as values: their JSON, by its hash. Training gives the same bits with any number of threads and any width of vectors, and
/// numbers are written with five digits, so a hash that changes says that a figure looks different: look at it, and if it is better, write
/// the new one here.
/// </summary>
public class GoldenFigures
{
    [Theory]
    [InlineData("regions", 0, "c3753d312ac7")]
    [InlineData("regions", 100, "e5097384418f")]
    [InlineData("regions", 1000, "f53d387cbd95")]
    [InlineData("probabilities", 0, "2e245c076b42")]
    [InlineData("probabilities", 100, "067b1107bbca")]
    [InlineData("probabilities", 1000, "0c7774903fd2")]
    [InlineData("curves", 100, "c90a88f80397")]
    [InlineData("curves", 1000, "fa82fa44595b")]
    [InlineData("runs", 100, "5b1e8c7def09")]
    [InlineData("weights", 0, "afea7a34ff14")]
    [InlineData("weights", 100, "2b5ec2a7fb3c")]
    [InlineData("weights", 1000, "839639d628b0")]
    [InlineData("activations", 100, "0b7ddebe353f")]
    [InlineData("gradients", 100, "0b03edd506c2")]
    [InlineData("network", 0, "92cacd6dab00")]
    [InlineData("model", 1000, "16b3a493d99d")]
    [InlineData("confusion", 100, "6284a141cc9e")]
    [InlineData("roc", 100, "cf77bc3c9416")]
    [InlineData("precision", 100, "85635c19fbf5")]
    [InlineData("calibration", 100, "8b67251b18b5")]
    [InlineData("rate", 0, "a9846f393b1f")]
    [InlineData("fit", 0, "f82403530284")]
    [InlineData("truth", 0, "15ceb201ce57")]
    [InlineData("surface", 0, "e794912c74cb")]
    [InlineData("first weights", 0, "1abc587e7c1e")]
    [InlineData("images", 0, "a0a2bd173f90")]
    [InlineData("mistakes", 0, "e212bbe36225")]
    [InlineData("saliency", 0, "87cd4495da1f")]
    [InlineData("occlusion", 0, "bd76c5ab715e")]
    [InlineData("animation", 100, "f195b60dc24d")]
    public void A_figure_is_the_same_text_for_ever(string kind, int epoch, string hash)
    {
        var figure = FigureSamples.Draw(kind, epoch);
        Assert.Equal(hash, HashOf(figure.ToJson()));
        Assert.Equal(figure, FigureSamples.Draw(kind, epoch));
        RequireReadable(figure);
    }

    /// <summary>JSON that parses, with something to draw, and a title on every axis that is seen.</summary>
    private static void RequireReadable(Figure figure)
    {
        using var json = JsonDocument.Parse(figure.ToJson());
        Assert.NotEmpty(figure.Title);
        Assert.NotEqual(0, json.RootElement.GetProperty("data").GetArrayLength());
        var layout = json.RootElement.GetProperty("layout");
        var axes = (layout.TryGetProperty("scene", out var scene) ? scene : layout).EnumerateObject()
            .Where(part => part.Name.Contains("axis", StringComparison.Ordinal)).ToArray();
        Assert.True(axes.Length >= 2);
        Assert.All(axes, axis => Assert.True(
            (axis.Value.TryGetProperty("visible", out var isVisible) && !isVisible.GetBoolean())
                || axis.Value.GetProperty("title").GetProperty("text").GetString() is not null));
    }

    private static string HashOf(string json) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)))[..12];
}
