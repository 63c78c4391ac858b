using System.Text.RegularExpressions;

namespace FunctionalNN.Tests;

/// <summary>Graphs as scikit-learn, PyTorch and MATLAB write them: read, and answering as NumPy computes them, or refused with the node at
/// fault and advice that works.</summary>
public class OnnxGraphTests
{
    public static TheoryData<string> Graphs => [.. OnnxGraphs.Names];

    [Theory]
    [MemberData(nameof(Graphs))]
    public void A_graph_answers_as_ONNX_Runtime_or_says_what_to_do(string name)
    {
        var (refusal, advised, rows, expected) = OnnxGraphs.Answer(name);
        var read = OnnxFile.Read<float>(OnnxGraphs.PathOf(name));
        if (refusal is not null)
        {
            Assert.Contains(refusal, read.Fault(), StringComparison.Ordinal);
            Assert.True(OnnxFile.Read<float>(OnnxGraphs.PathOf(advised[0]), advised.ElementAtOrDefault(1)).IsRight, read.Fault());
            if (Regex.Match(read.Fault(), "with output: \"([^\"]+)\"") is { Success: true } before)
            {
                Assert.True(OnnxFile.Read<float>(OnnxGraphs.PathOf(name), before.Groups[1].Value).IsRight, read.Fault());
            }

            return;
        }

        var found = read.Good().Predict(rows!);
        Assert.Equal((expected!.Rows, expected.Columns), (found.Rows, found.Columns));
        AssertNear(expected.Values, found.Values);
        AssertNear(OnnxGraphs.Run(OnnxGraphs.PathOf(name), rows!), found.Values);

        // Written and read again it is the same model, for ONNX Runtime too.
        var written = read.Good().ToOnnx().Good();
        var again = OnnxFile.Read<float>(written).Good().Predict(rows!);
        if (read.Good().Network.Layers.Any(layer => layer is Normalization or GraphActivation))
        {
            AssertNear(again.Values, found.Values, 1e-6f);
        }
        else
        {
            Assert.Equal(found, again);
        }

        using var folder = new TemporaryFolder();
        AssertNear(OnnxGraphs.Run(folder.Write("again.onnx", written), rows!), found.Values);
    }

    [Fact]
    public void There_are_graphs_of_every_kind()
    {
        var names = OnnxGraphs.Names;
        Assert.True(names.Length >= 100, $"{names.Length} graphs");
        Assert.True(names.Count(name => name.Contains("torch-", StringComparison.Ordinal)) >= 45);
        Assert.True(names.Count(name => OnnxGraphs.Answer(name).Refusal is null) >= 80);
    }

    [Fact]
    public void Names_of_classes_are_those_of_the_ZipMap()
    {
        Assert.Equal(["a", "b", "c"], Model("sklearn-zipmap").LabelNames.ToArray());
        Assert.Equal(["3", "7"], Model("sklearn-binary-zipmap").LabelNames.ToArray());
        Assert.Empty(Model("sklearn").LabelNames);
    }

    [Fact]
    public void The_other_outputs_are_named_where_one_cannot_be_read()
    {
        var fault = OnnxFile.Read<float>(OnnxGraphs.PathOf("sklearn"), "output_label").Fault();
        Assert.EndsWith("; the output that was read is \"output_label\", the graph also has \"probabilities\": name another with output: …",
            fault, StringComparison.Ordinal);
        Assert.True(OnnxFile.Read<float>(OnnxGraphs.PathOf("sklearn"), "probabilities").IsRight);
    }

    [Fact]
    public void Steps_with_constants_go_into_the_dense_layers_beside_them()
    {
        Assert.Equal(["Dense"], Kinds("norm-numbers"));
        Assert.Equal(["Dense"], Kinds("behind-dense"));
        Assert.Equal(["Dense"], Kinds("matlab"));
        Assert.Equal(["Dense", "Relu", "Dense", "Softmax"], Kinds("sklearn-scaler"));
        Assert.Equal(["Dense", "Relu", "Dense", "Softmax"], Kinds("sklearn-binary"));
        Assert.Equal(["Relu", "Dense"], Kinds("behind-relu"));
    }

    [Fact]
    public void Names_are_written_and_read()
    {
        var moons = Generate.Moons(samples: 20, noise: 0.2, seed: 1);
        var data =
            new DataSet<float>(moons.Inputs, new ClassLabels(((ClassLabels)moons.Targets).Values, 2, "up", "down")).WithInputNames("width",
                "height");
        foreach (var layers in new Layer[][] { [new Dense(2), new Softmax()], [new Dense(1), new Sigmoid()] })
        {
            Loss loss = layers[^1] is Softmax ? new CategoricalCrossEntropy() : new BinaryCrossEntropy();
            var model = new Network(2, [.. layers]).Initialize(1).Train(new Adam()).Epochs(data.Shuffled(16), loss).First().Model;
            var bytes = model.ToOnnx().Good();
            Assert.Equal(["up", "down"], OnnxFile.Describe(bytes).Good().Labels.ToArray());
            var again = OnnxFile.Read<float>(bytes).Good();
            Assert.Equal(["up", "down", "width", "height"], again.LabelNames.Concat(again.InputNames));
            Assert.Equal(["yes", "no"],
                OnnxFile.Read<float>(model.ToOnnx(new OnnxOptions { Labels = ["yes", "no"] }).Good()).Good().LabelNames.ToArray());
        }
    }

    [Fact]
    public void Folding_makes_no_more_than_a_few_times_what_the_file_holds()
    {
        // Each node doubles what there is: 2⁴⁰ numbers from two.
        NodeMessage[] nodes =
            [.. Enumerable.Range(0, 40)
                .Select(i =>
                    new NodeMessage("Concat", $"n{i}", [i == 0 ? "c" : $"c{i}", i == 0 ? "c" : $"c{i}"],
                        [$"c{i + 1}"]) { Attributes = [OnnxSetting.Whole("axis", 0)] }), GraphOf.Node("Add", "x c40", "y")];
        Assert.Contains("(Concat): computes",
            OnnxFile.Read<float>(GraphOf.Nodes([.. nodes[..^1], GraphOf.Node("Gemm", "x c40", "y")]).Bytes()).Fault(),
            StringComparison.Ordinal);
    }

    private static Model<float> Model(string name) => OnnxFile.Read<float>(OnnxGraphs.PathOf(name)).Good();

    private static string[] Kinds(string name) => [.. Model(name).Network.Layers.Select(layer => layer.Kind)];

    private static void AssertNear(ReadOnlySpan<float> expected, ReadOnlySpan<float> found, float tolerance = 2e-5f)
    {
        Assert.Equal(expected.Length, found.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], found[i], tolerance * Math.Max(1, Math.Abs(expected[i])));
        }
    }
}
