using FsCheck;
using FsCheck.Fluent;
using Xunit.Abstractions;

namespace FunctionalNN.Tests;

/// <summary>Networks of images: as PyTorch writes them, read; as they are written here, run by ONNX Runtime.</summary>
public class OnnxImageTests(ITestOutputHelper output)
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Onnx", "fixtures", "images");

    public static TheoryData<string> Graphs =>
        [.. Directory.GetFiles(Folder, "*.onnx").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Graphs))]
    public void A_graph_of_PyTorch_answers_as_PyTorch_or_is_refused_with_its_node(string name)
    {
        var path = Path.Combine(Folder, $"{name}.onnx");
        var text = File.ReadAllText(Path.Combine(Folder, $"{name}.txt"));
        if (text.StartsWith("refused ", StringComparison.Ordinal))
        {
            Assert.Contains(text["refused ".Length..].Trim(), OnnxFile.Read<float>(path).Fault(), StringComparison.Ordinal);
            return;
        }

        var model = OnnxFile.Read<double>(path).Good();
        var (inputs, expected) = OnnxFixtures.Answers(Path.Combine("images", name));
        var found = model.Predict(inputs.ChannelsLast(model.Network.Input.Image!.Value));
        if (model.Network.Shapes[^1].Image is { } image)
        {
            found = found.ChannelsFirst(image);
        }

        var worst = Worst(expected.Values, found.Values);
        output.WriteLine($"{name}: {worst:E1}, {string.Join(", ", model.Network.Layers.Select(layer => layer.Kind))}");

        // The exporter has folded a normalisation into weights in float.
        Assert.True(worst < (name == "resnet" ? 1e-6 : 1e-9), $"{worst}{Environment.NewLine}{model.Network}");

        // Written and read again it gives the same numbers.
        var again = OnnxFile.Read<double>(model.ToOnnx(new OnnxOptions { KeepsDouble = true }).Good()).Good();
        var second = again.Predict(inputs.ChannelsLast(model.Network.Input.Image!.Value));
        Assert.True(Worst(again.Network.Shapes[^1].Image is { } same ? second.ChannelsFirst(same).Values : second.Values,
            found.Values) < 1e-12);
    }

    [Fact]
    public void The_networks_that_every_course_begins_with_are_among_them()
    {
        Assert.Equal(["Convolution", "Tanh", "AveragePooling", "Convolution", "Tanh", "AveragePooling", "Dense", "Tanh", "Dense", "Tanh",
            "Dense"],
            Kinds("lenet"));
        Assert.Equal(
            ["Convolution", "Relu", "Convolution", "Relu", "MaxPooling", "Convolution", "Relu", "Convolution", "Relu", "MaxPooling",
                "Dense", "Relu",
                "Dense", "Softmax"], Kinds("vgg"));
        Assert.Equal(["Convolution", "Relu", "MaxPooling", "Residual", "Relu", "Residual", "Relu", "GlobalAveragePooling", "Dense"],
            Kinds("resnet"));
    }

    [Fact]
    public void The_least_convolution_is_read()
    {
        var model = OnnxFile.Read<double>(OnnxFixtures.PathOf("convolution")).Good();
        var (inputs, expected) = OnnxFixtures.Answers("convolution");
        Assert.True(Worst(expected.Values, model.Predict(inputs).Values) < 1e-5);
    }

    [Fact]
    public void A_sum_of_two_branches_is_a_residual_with_a_projection()
    {
        var model = OnnxFile.Read<double>(
            GraphOf.Nodes(GraphOf.Node("Gemm", "x w", "a"), GraphOf.Node("Gemm", "x w", "d"), GraphOf.Node("Add", "a d", "y")).Bytes())
                .Good();
        Assert.IsType<Dense>(Assert.IsType<Residual>(Assert.Single(model.Network.Layers)).Projection);

        // Twice x·w with w = (0.5, 1.5, 2.5; 3.5, 4.5, 5.5).
        Assert.Equal([15, 21, 27], model.Predict(Matrix.Row(1.0, 2)).Values.ToArray());
    }

    [Fact]
    public void ONNX_Runtime_gives_the_outputs_of_random_networks_of_images()
    {
        var runs = ImageCases.Runs().Generator.Sample(30, new Rnd(3, 1), 30);
        OnnxOptions[] variants = [new() { AddsLabel = true }, new() { Opset = 17 }, new() { FoldsBatchNormalization = true }];
        using var models = new OnnxMatrix(runs.SelectMany(run => variants.Select(options =>
            new OnnxCase("images", OnnxCase.Random(run.Network, run.Seed), options))));
        Check(models);
    }

    [Fact]
    public void ONNX_Runtime_gives_the_images_of_every_layer()
    {
        var cases = ImageCases.Cases().Generator.Sample(60, new Rnd(5, 1), 30);
        using var models = new OnnxMatrix(cases.Select(found =>
            new OnnxCase(found.Layer.Kind, OnnxCase.Random(found.Alone, found.Seed), new OnnxOptions { Opset = 13 })));
        Check(models);
    }

    [Fact]
    public void What_was_written_is_read_and_predicts_the_same()
    {
        foreach (var run in ImageCases.Runs().Generator.Sample(60, new Rnd(7, 1), 30))
        {
            var model = OnnxCase.Random(run.Network, run.Seed);
            var again = OnnxFile.Read<double>(model.ToOnnx(new OnnxOptions { KeepsDouble = true }).Good()).Good();
            var inputs = run.Data<double>().InputsOf(0, 1, 2);
            var worst = Worst(model.Predict(inputs).Values, again.Predict(inputs).Values);
            Assert.True(worst < 1e-12, $"{worst}{Environment.NewLine}{model.Network}{Environment.NewLine}{again.Network}");
        }
    }

    [Fact]
    public void An_image_of_no_fixed_size_is_named() => Assert.Contains("expected n × channels × rows × columns in numbers",
        OnnxFile.Read<float>((GraphOf.Nodes(GraphOf.Node("Conv", "x k", "y")).With(GraphOf.Tensor("k", 2, 3, 1, 1)).With(graph => graph with
        {
            Inputs = [GraphOf.Value("x", null, 3, null, null)],
        })).Bytes()).Fault(), StringComparison.Ordinal);

    private static string[] Kinds(string name) =>
        [.. OnnxFile.Read<float>(Path.Combine(Folder, $"{name}.onnx")).Good().Network.Layers.Select(layer => layer.Kind)];

    private void Check(OnnxMatrix models)
    {
        if (OnnxTools.Python is not null)
        {
            // It infers no shape behind a Resize whose count of rows is free.
            Assert.DoesNotContain(models.CheckerFaults(), fault => !fault.StartsWith("Upsampling", StringComparison.Ordinal)
                && !(fault.Contains(": inferred", StringComparison.Ordinal) && fault.Contains("upsampling", StringComparison.Ordinal)));
        }

        var runs = models.Runs().ToArray();
        output.WriteLine(OnnxMatrix.Table(runs));
        Assert.Empty(runs.Where(run => run.Fault is not null).Select(run => $"{run.Fault}{Environment.NewLine}{run.Case.Model}"));
        Assert.Empty(runs.Where(run => run.Difference > 1e-5).Select(run => $"{run.Difference}{Environment.NewLine}{run.Case.Model}"));
        Assert.All(runs, run => Assert.True(run.HasSameClasses));
    }

    private static double Worst(ReadOnlySpan<double> expected, ReadOnlySpan<double> found)
    {
        Assert.Equal(expected.Length, found.Length);
        var worst = 0.0;
        for (var i = 0; i < found.Length; i++)
        {
            worst = Math.Max(worst, Math.Abs(expected[i] - found[i]) / Math.Max(1, Math.Abs(expected[i])));
        }

        return worst;
    }
}
