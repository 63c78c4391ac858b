using System.Text.Json;

namespace FunctionalNN.Tests;

/// <summary>Pictures beside maps of what a prediction rests on: a network that looks at one pixel.</summary>
public class ExplanationContents
{
    private static readonly ImageSize Size = new(4, 5, 3);

    /// <summary>Class 1 where the red of row 1, column 2 is great.</summary>
    private static readonly Model<float> OnePixel = new Network(60, [new Dense(2), new Softmax()]).Initialize(1)
        .With("dense1", "weights", Matrix.Create<float>(60, 2, (input, output) => input == ((1 * 5) + 2) * 3 && output == 1 ? 4 : 0));

    private static readonly DataSet<float> Pictures = new(
        Matrix.Create<float>(2, 60, (row, input) => row == 0 ? 1 : input % 3 == 1 ? 0.5f : 0), new ClassLabels([1, 1], 2, "no", "yes"));

    [Fact]
    public void Saliency_is_bright_where_the_network_looks()
    {
        var pixels = Pixels(Figure.Saliency(OnePixel, Pictures, Size));

        // Both pictures in a line, each with its map on the right, a gap of one pixel between all.
        Assert.Equal([255, 255, 255, 1], pixels[0][0]);
        Assert.Equal([0, 128, 0, 1], pixels[0][12]);
        Assert.Equal([255, 255, 255, 1], pixels[1][6 + 2]);
        Assert.Equal([255, 255, 255, 1], pixels[1][18 + 2]);
        Assert.Equal([0, 0, 0, 1], pixels[1][6 + 3]);
        Assert.Equal([0, 0, 0, 1], pixels[2][18 + 2]);
        Assert.Equal(0, pixels[0][5][3]);
    }

    [Fact]
    public void Occlusion_is_vermilion_where_covering_lowers_the_probability()
    {
        var figure = Figure.Occlusion(OnePixel, Pictures, Size, patch: 1);
        var pixels = Pixels(figure);
        Assert.Equal([0xD5, 0x5E, 0, 1], pixels[1][6 + 2]);
        Assert.Equal([255, 255, 255, 1], pixels[1][6 + 3]);

        // e⁴ to 1 falls to ½.
        Assert.Contains("\\u22120.48", figure.ToJson(), StringComparison.Ordinal);
        Assert.Contains("yes", figure.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_single_output_the_other_class_falls_where_the_output_rises()
    {
        var one = new Network(60, [new Dense(1), new Sigmoid()]).Initialize(1)
            .With("dense1", "weights", Matrix.Create<float>(60, 1, (input, _) => input == 21 ? -4 : 0));
        Assert.Equal([0xD5, 0x5E, 0, 1], Pixels(Figure.Occlusion(one, Pictures, Size, patch: 1))[1][6 + 2]);
    }

    [Fact]
    public void Wrong_calls_say_what_is_wrong()
    {
        Assert.Contains("the rows are 60 wide",
            Assert.Throws<ArgumentException>(() => Figure.Saliency(OnePixel, Pictures, new ImageSize(4, 4))).Message,
            StringComparison.Ordinal);
        Assert.Contains("no rows", Assert.Throws<ArgumentException>(() => Figure.Occlusion(OnePixel, Pictures.Take(0), Size)).Message,
            StringComparison.Ordinal);
    }

    private static double[][][] Pixels(Figure figure)
    {
        using var json = JsonDocument.Parse(figure.ToJson());
        return [.. json.RootElement.GetProperty("data")[0].GetProperty("z").EnumerateArray().Select(line =>
            line.EnumerateArray().Select(pixel => pixel.EnumerateArray().Select(level => level.GetDouble()).ToArray()).ToArray())];
    }
}
