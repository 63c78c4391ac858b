using System.Text.Json;

namespace FunctionalNN.Tests;

/// <summary>Filters and feature maps, and the shapes in the diagram: small networks whose numbers are known.</summary>
public class ConvolutionContents
{
    private static readonly ImageSize Size = new(4, 6, 1);

    /// <summary>The first filter is the pixel itself, the second what lies left of it.</summary>
    private static readonly Model<float> Shift =
        new Network(Size, [new Convolution(2, 3) { Padding = Padding.Same }, new MaxPooling(2), new Dense(3), new Softmax()])
        .Initialize(1)
        .With("convolution1", "weights", Matrix.Create<float>(9, 2, (at, filter) => at == 4 - filter ? 1 : 0));

    [Fact]
    public void Filters_are_pictures_of_weights()
    {
        var figure = Figure.Filters(Shift);
        Assert.Equal("Filters of convolution1", figure.Title);
        var z = Numbers(figure);
        Assert.Equal([0, 0, 0, double.NaN, 0, 0, 0], z[0]);
        Assert.Equal([0, 1, 0, double.NaN, 1, 0, 0], z[1]);
    }

    [Fact]
    public void Filters_over_colours_are_in_colour_and_those_over_more_stand_in_lines()
    {
        var colour = Figure.Filters(new Network(Size with { Channels = 3 }, [new Convolution(5, 3)]).Initialize(1));
        Assert.Contains("1 × image", colour.ToString(), StringComparison.Ordinal);
        var deep = new Network(Size, [new Convolution(4, 1), new Convolution(3, 1)]).Initialize(1)
            .With("convolution2", "weights", Matrix.Create<float>(4, 3, (channel, filter) => channel == filter ? -2 : 1));
        var z = Numbers(Figure.Filters(deep, "convolution2"));

        // Three lines of four pictures of one pixel, with gaps.
        Assert.Equal(3, z.Count(line => !line.All(double.IsNaN)));
        Assert.Equal([-1, double.NaN, 1, double.NaN, 1, double.NaN, 1], z[0]);
        Assert.Equal([1, double.NaN, -1, double.NaN, 1, double.NaN, 1], z[2]);
    }

    [Fact]
    public void Feature_maps_are_what_a_layer_puts_out()
    {
        var picture = Matrix.Create<float>(1, 24, (_, pixel) => pixel + 1);
        var z = Numbers(Figure.FeatureMaps(Shift, picture, "convolution1"));
        Assert.Equal([1, 2, 3, 4, 5, 6, double.NaN, 0, 1, 2, 3, 4, 5], z[0]);
        var pooled = Numbers(Figure.FeatureMaps(Shift, picture, "maxPooling1"));
        Assert.Equal([8, 10, 12, double.NaN, 7, 9, 11], pooled[0]);
    }

    [Fact]
    public void The_diagram_has_the_shapes()
    {
        var json = Figure.Diagram(Shift.Network).ToJson();
        foreach (var shape in (string[])["4 \\u00D7 6", "4 \\u00D7 6 \\u00D7 2", "2 \\u00D7 3 \\u00D7 2", "channel 1", "unit 2", "square"])
        {
            Assert.Contains(shape, json, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void Wrong_calls_say_what_there_is()
    {
        var dense = new Network(24, [new Dense(3)]).Initialize(1);
        Assert.Equal("the network has no convolution, so no filters: FirstWeights shows those of a dense layer",
            Assert.Throws<ArgumentException>(() => Figure.Filters(dense)).Message);
        Assert.Equal("\"dense1\" is no convolution of the network: there are convolution1",
            Assert.Throws<ArgumentException>(() => Figure.Filters(Shift, "dense1")).Message);
        var picture = Matrix.Zeros<float>(1, 24);
        Assert.Equal("the layer \"dense1\" puts out no image: there are convolution1, maxPooling1",
            Assert.Throws<ArgumentException>(() => Figure.FeatureMaps(Shift, picture, "dense1")).Message);
        Assert.Throws<KeyNotFoundException>(() => Figure.FeatureMaps(Shift, picture, "no"));
        Assert.Contains("2 rows were given", Assert.Throws<ArgumentException>(() =>
            Figure.FeatureMaps(Shift, Matrix.Zeros<float>(2, 24), "convolution1")).Message, StringComparison.Ordinal);
    }

    /// <summary>The heat map's lines; what is not drawn is NaN.</summary>
    private static double[][] Numbers(Figure figure)
    {
        using var json = JsonDocument.Parse(figure.ToJson());
        return [.. json.RootElement.GetProperty("data")[0].GetProperty("z").EnumerateArray().Select(line => line.EnumerateArray()
            .Select(number => number.ValueKind == JsonValueKind.Null ? double.NaN : number.GetDouble()).ToArray())];
    }
}
