using System.Globalization;

namespace FunctionalNN.Tests;

/// <summary>Graphs as scikit-learn, PyTorch and MATLAB write them: read, and answering as NumPy computes them, or refused with the node at
/// fault. See fixtures/make_graphs.py.</summary>
public class OnnxGraphTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Onnx", "fixtures", "graphs");

    public static TheoryData<string> Graphs =>
        [.. Directory.GetFiles(Folder, "*.onnx").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Graphs))]
    public void A_graph_answers_as_computed_or_says_why_not(string name)
    {
        var lines = File.ReadAllLines(Path.Combine(Folder, $"{name}.txt"));
        var read = OnnxFile.Read<float>(Path.Combine(Folder, $"{name}.onnx"));
        if (lines[0].StartsWith("refused ", StringComparison.Ordinal))
        {
            Assert.Contains(lines[0]["refused ".Length..], read.Fault(), StringComparison.Ordinal);
            return;
        }

        var sizes = lines[0].Split(' ').Select(word => int.Parse(word, CultureInfo.InvariantCulture)).ToArray();
        var rows = Numbers(lines[1..(sizes[0] + 1)], sizes[1]);
        var expected = Numbers(lines[(sizes[0] + 1)..], sizes[2]);
        var found = read.Good().Predict(rows);
        Assert.Equal((expected.Rows, expected.Columns), (found.Rows, found.Columns));
        for (var i = 0; i < expected.Values.Length; i++)
        {
            Assert.Equal(expected.Values[i], found.Values[i], 2e-5f * Math.Max(1, Math.Abs(expected.Values[i])));
        }

        // Written and read again it is the same model.
        Assert.Equal(found, OnnxFile.Read<float>(read.Good().ToOnnx().Good()).Good().Predict(rows));
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
        var fault = OnnxFile.Read<float>(Path.Combine(Folder, "sklearn.onnx"), "output_label").Fault();
        Assert.EndsWith("; the output that was read is \"output_label\", the graph also has \"probabilities\": name another with output: …",
            fault, StringComparison.Ordinal);
        Assert.True(OnnxFile.Read<float>(Path.Combine(Folder, "sklearn.onnx"), "probabilities").IsRight);
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

    private static Model<float> Model(string name) => OnnxFile.Read<float>(Path.Combine(Folder, $"{name}.onnx")).Good();

    private static string[] Kinds(string name) => [.. Model(name).Network.Layers.Select(layer => layer.Kind)];

    private static Matrix<float> Numbers(string[] lines, int columns) =>
        Matrix.Create<float>(lines.Length, columns,
            [.. lines.SelectMany(line => line.Split(' ')).Select(word => float.Parse(word, CultureInfo.InvariantCulture))]);
}
