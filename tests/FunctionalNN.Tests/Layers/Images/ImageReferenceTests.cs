using System.Text.Json;
using Xunit.Abstractions;

namespace FunctionalNN.Tests;

/// <summary>Layers of images against PyTorch in double, forward and backward; references/images.py makes the numbers.</summary>
public class ImageReferenceTests(ITestOutputHelper output)
{
    private const double Tolerance = 1e-12;

    private static readonly Lazy<Dictionary<string, JsonElement>> Cases = new(() =>
        JsonDocument.Parse(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Layers", "Images", "references", "images.json"))).RootElement
            .EnumerateArray().ToDictionary(found => found.GetProperty("name").GetString()!));

    public static TheoryData<string> Names => [.. Cases.Value.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Output_and_gradients_are_PyTorchs(string name)
    {
        var found = Cases.Value[name];
        int[] shape = [.. found.GetProperty("image").EnumerateArray().Select(length => length.GetInt32())];
        var size = new ImageSize(shape[2], shape[3], shape[1]);
        var network = new Network(size, [LayerOf(found)]);
        var model = network.Initialize<double>(1);
        var layout = network.ParameterLayout;
        var weights = Lists(found, "weights");
        var parameters = layout.Placements.Length == 0 ? [] : Parameters(found, network, weights);
        model = model with { Parameters = new ParameterVector<double>(layout, parameters) };
        var inputs = Matrix.Create<double>(shape[0], (int)size.Count, List(found, "x")).ChannelsLast(size);
        var outer = network.Shapes[^1];
        Matrix<double> Here(string what) =>
            Matrix.Create<double>(shape[0], outer.Width, List(found, what)) is var flat && outer.Image is { } image
                ? flat.ChannelsLast(image)
                : flat;

        var answer = Train(model, inputs, Here("dy"));
        var worst = Worst(Here("y").Values, answer.Output.Values);
        worst = Math.Max(worst,
            Worst(Matrix.Create<double>(shape[0], (int)size.Count, List(found, "dx")).ChannelsLast(size).Values,
                answer.InputGradient.Values));
        worst = Math.Max(worst,
            Worst(parameters.Length == 0 ? [] : Parameters(found, network, Lists(found, "dweights")), answer.Gradient.Values));
        output.WriteLine($"{name}: {worst:E1}");
        Assert.True(worst <= Tolerance, $"{name}: {worst}");
        if (network.Layers[0] is not BatchNormalization)
        {
            Assert.True(Worst(Here("y").Values, model.Predict(inputs).Values) <= Tolerance, name);
        }
    }

    /// <summary>PyTorch divides by what of the window lies in image and padding; here it is refused, not computed otherwise.</summary>
    [Fact]
    public void A_mean_of_partial_windows_in_which_padding_counts_is_refused_with_a_way_that_works()
    {
        var layer = AveragePooling.Like(Dialect.PyTorch, 2) with { IncludesPartialWindows = true };
        Assert.Contains("set CountsPadding = false",
            Assert.Throws<ArgumentException>(() => new Network(new ImageSize(5, 7, 2), [layer])).Message,
            StringComparison.Ordinal);
        Assert.Equal(new ImageSize(3, 4, 2), new Network(new ImageSize(5, 7, 2), [layer with { CountsPadding = false }]).Shapes[^1].Image);
        Assert.Equal(new ImageSize(3, 4, 2), new Network(new ImageSize(6, 8, 2), [layer]).Shapes[^1].Image);
    }

    [Fact]
    public void Channels_are_dropped_whole_and_the_rest_is_scaled_as_in_PyTorch()
    {
        var model = new Network(new ImageSize(4, 5, 40), [new SpatialDropout(0.25)]).Initialize<double>(1);
        var answer =
            Train(model, Matrix.Create<double>(50, 800, [.. Enumerable.Repeat(3.0, 40_000)]), Matrix.Create(50, 800, (_, _) => 1.0));
        var dropped = 0;
        for (var row = 0; row < 50; row++)
        {
            for (var channel = 0; channel < 40; channel++)
            {
                var first = answer.Output[row, channel];
                Assert.True(first is 0.0 or 4.0, $"{first}");
                Assert.All(Enumerable.Range(0, 20), pixel => Assert.Equal(first, answer.Output[row, (pixel * 40) + channel]));
                Assert.Equal(first / 3, answer.InputGradient[row, channel], 1e-15);
                dropped += first == 0 ? 1 : 0;
            }
        }

        // 2,000 draws: five standard deviations on each side. The key is fixed.
        Assert.InRange(dropped, 500 - 97, 500 + 97);
    }

    /// <summary>One training pass through the layer as the network placed it.</summary>
    private static LayerAnswer<double> Train(Model<double> model, Matrix<double> input, Matrix<double> outputGradient)
    {
        var statistics = model.Statistics.Thaw();
        var pass =
            new Pass<double>(new Heap<double>(), Team.Single, model.Parameters, 0, statistics, 0, new Key(5), needsInputGradient: true);
        var cache = model.Network.Plan.Layers[0].Forward(pass, input);
        var gradient = ParameterVector<double>.Zeros(model.Parameters.Layout);
        return new LayerAnswer<double>(cache.Output, cache.Backward(pass, outputGradient, gradient.Block.Span), gradient, statistics);
    }

    /// <summary>PyTorch's weights in the order of here.</summary>
    private static double[] Parameters(JsonElement found, Network network, double[][] weights) => network.Layers[0] switch
    {
        Convolution layer => [.. Turned(layer, network.Input.Image!.Value.Channels / layer.Groups, weights[0]), .. weights[1]],
        Dense dense => [.. Enumerable.Range(0, weights[0].Length)
            .Select(i => weights[0][(i % dense.Outputs * network.Inputs) + (i / dense.Outputs)]), .. weights[1]],
        _ => [.. weights.SelectMany(list => list)],
    };

    private static IEnumerable<double> Turned(Convolution layer, int channels, double[] weights) =>
        from pixel in Enumerable.Range(0, layer.KernelHeight * layer.KernelWidth)
        from channel in Enumerable.Range(0, channels)
        from filter in Enumerable.Range(0, layer.Filters)
        select weights[(((filter * channels) + channel) * layer.KernelHeight * layer.KernelWidth) + pixel];

    private static Layer LayerOf(JsonElement found) => found.GetProperty("layer").GetString() switch
    {
        "Convolution" => new Convolution(found.GetProperty("filters").GetInt32(), 1)
        {
            KernelHeight = Pair(found, "kernel").First,
            KernelWidth = Pair(found, "kernel").Second,
            StrideHeight = Pair(found, "stride").First,
            StrideWidth = Pair(found, "stride").Second,
            DilationHeight = Pair(found, "dilation").First,
            DilationWidth = Pair(found, "dilation").Second,
            Groups = found.GetProperty("groups").GetInt32(),
            Padding = PaddingOf(found),
        },
        "MaxPooling" => new MaxPooling(1)
        {
            KernelHeight = Pair(found, "kernel").First,
            KernelWidth = Pair(found, "kernel").Second,
            StrideHeight = Pair(found, "stride").First,
            StrideWidth = Pair(found, "stride").Second,
            Padding = PaddingOf(found),
            IncludesPartialWindows = found.GetProperty("ceil").GetBoolean(),
        },
        "AveragePooling" => new AveragePooling(1)
        {
            KernelHeight = Pair(found, "kernel").First,
            KernelWidth = Pair(found, "kernel").Second,
            StrideHeight = Pair(found, "stride").First,
            StrideWidth = Pair(found, "stride").Second,
            Padding = PaddingOf(found),
            IncludesPartialWindows = found.GetProperty("ceil").GetBoolean(),
            CountsPadding = found.GetProperty("count").GetBoolean(),
        },
        "GlobalAveragePooling" => new GlobalAveragePooling(),
        "BatchNormalization" => new BatchNormalization(),
        "LayerNormalization" => new LayerNormalization(),
        "PRelu" => new PRelu(),
        "Upsampling" => new Upsampling(found.GetProperty("factor").GetInt32()),
        _ => new Dense(found.GetProperty("output")[1].GetInt32()),
    };

    private static Padding PaddingOf(JsonElement found) =>
        found.GetProperty("padding") is { ValueKind: JsonValueKind.String } ? Padding.Same
        : found.GetProperty("padding").EnumerateArray().Select(pad => pad.GetInt32()).ToArray() is var pads
            ? Padding.Of(pads[0], pads[1], pads[2], pads[3])
            : Padding.Valid;

    private static (int First, int Second) Pair(JsonElement found, string name) =>
        (found.GetProperty(name)[0].GetInt32(), found.GetProperty(name)[1].GetInt32());

    private static double[] List(JsonElement found, string name) =>
        [.. found.GetProperty(name).EnumerateArray().Select(number => number.GetDouble())];

    private static double[][] Lists(JsonElement found, string name) =>
        [.. found.GetProperty(name).EnumerateArray().Select(list => list.EnumerateArray().Select(number => number.GetDouble()).ToArray())];

    private static double Worst(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        var worst = 0.0;
        for (var i = 0; i < actual.Length; i++)
        {
            worst = Math.Max(worst, Math.Abs(expected[i] - actual[i]));
        }

        return worst;
    }
}
