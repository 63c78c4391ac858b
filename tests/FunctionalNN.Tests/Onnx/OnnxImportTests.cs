using System.Numerics;

namespace FunctionalNN.Tests;

public sealed class OnnxImportTests
{
    public static TheoryData<string> Fixtures => [.. OnnxFixtures.Names.Where(name => name != "convolution")];

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void A_model_of_PyTorch_predicts_what_PyTorch_does(string name)
    {
        var (inputs, expected) = OnnxFixtures.Answers(name);
        var found = OnnxFile.Read<float>(OnnxFixtures.PathOf(name)).Good().Predict(Matrix.Convert<double, float>(inputs));
        Assert.Equal((expected.Rows, expected.Columns), (found.Rows, found.Columns));
        Close(Matrix.Convert<double, float>(expected), found, 1e-5);
        Close(expected, OnnxFile.Read<double>(OnnxFixtures.PathOf(name)).Good().Predict(inputs), name == "double" ? 1e-14 : 2e-6);
    }

    [Fact]
    public void The_network_has_the_layers_that_PyTorch_had()
    {
        var classifier = OnnxFile.Read<float>(OnnxFixtures.PathOf("classifier-opset13")).Good().Network;
        Assert.Equal(new Network(4, [new Dense(16), new BatchNormalization(), new Relu(), new Dense(3), new Softmax()]), classifier);
        var residual = OnnxFile.Read<float>(OnnxFixtures.PathOf("residual")).Good().Network;
        Assert.Equal(
            new Network(4,
                [new Dense(6), new Residual(new LayerNormalization(), new Dense(6), new Gelu(), new Residual(new Dense(6), new Silu())),
                    new Dense(1)]).ToString(), residual.ToString());
        Assert.Equal(["Relu", "Sigmoid", "Tanh", "Softplus", "Elu", "Selu", "LeakyRelu", "PRelu", "PRelu", "HardSigmoid", "Silu", "Gelu",
            "Gelu"], Kinds("activations").Where(kind => kind != "Dense").SkipLast(1));
        Assert.Equal(["Dense", "Tanh", "Dense"], Kinds("images"));
    }

    /// <summary>Each kind of layer, and random networks, in float and in double.</summary>
    [Fact]
    public void Export_and_import_are_the_identity_on_predictions_bit_for_bit_where_the_operators_are_the_layers()
    {
        // An embedding is written, and not read: its Gather and Concat are of a graph, not of a chain.
        foreach (var one in OnnxCase.Many(each: 3, random: 25, seed: 4)
            .Where(one => !one.Options.FoldsBatchNormalization && one.Model.Network.EmbeddedColumns.IsEmpty))
        {
            if (one.IsDouble)
            {
                Same(one.Model, one.Inputs, OnnxFile.Read<double>(one.Bytes).Good(), 1e-13);
            }
            else
            {
                Same(OnnxCase.As<float>(one.Model), Matrix.Convert<double, float>(one.Inputs), OnnxFile.Read<float>(one.Bytes).Good(),
                    2e-6);
            }
        }
    }

    [Fact]
    public void A_folded_model_predicts_the_same_to_rounding_and_has_a_layer_less()
    {
        var model =
            OnnxCase.Random(
                new Network(3,
                    [new Dense(5), new Dropout(0.1), new BatchNormalization(), new Tanh(), new Dense(2), new BatchNormalization()]), 3);
        var options = new OnnxOptions { FoldsBatchNormalization = true, KeepsDouble = true };
        var folded = OnnxFile.Read<double>(model.ToOnnx(options).Good()).Good();
        Assert.Equal(new Network(3, [new Dense(5), new Tanh(), new Dense(2)]), folded.Network);
        var inputs = Matrix.Create(4, 3, (row, column) => row - (0.7 * column));
        Close(model.Predict(inputs), folded.Predict(inputs), 1e-13);
    }

    /// <summary>What is read is written the same again: an export is a fixed point.</summary>
    [Fact]
    public void A_second_export_is_the_first_to_the_byte()
    {
        var model = OnnxCase.As<float>(OnnxCase.Random(
            new Network(3,
                [new Dense(4), new BatchNormalization { Epsilon = 1e-3 }, new Residual(new Elu(0.7), new Dense(4), new Gelu()),
                    new LeakyRelu(0.3), new HardSigmoid(), new Dense(1), new Sigmoid()]), 1));
        var first = model.ToOnnx().Good();
        Assert.Equal(first, OnnxFile.Read<float>(first).Good().ToOnnx().Good());
    }

    [Fact]
    public void Another_output_is_read_by_name()
    {
        var bytes = new Network(2, [new Dense(3), new Softmax()]).Initialize(1).ToOnnx(new OnnxOptions { AddsLabel = true }).Good();
        var swapped = OnnxImport.Parse(bytes).With(graph => graph with { Outputs = [.. graph.Outputs.Reverse()] }).Bytes();
        Assert.Contains("node \"label\" (ArgMax): the operator is not read here", OnnxFile.Read<float>(swapped, output: "label").Fault(),
            StringComparison.Ordinal);
        Assert.Equal(OnnxFile.Read<float>(bytes).Good(), OnnxFile.Read<float>(swapped).Good());
        Assert.Equal(OnnxFile.Read<float>(bytes).Good(), OnnxFile.Read<float>(swapped, output: "output").Good());
        Assert.Equal("the ONNX model, the graph has no output \"probabilities\"; it has label, output",
            OnnxFile.Read<float>(swapped, output: "probabilities").Fault());
    }

    /// <summary>Forms that other exporters write: MatMul and Add, Constant nodes, shared weights, casts, factors, biases of one
    /// number.</summary>
    [Fact]
    public void Other_ways_to_write_a_layer_are_read()
    {
        NodeMessage constant = new("Constant", "", [], ["k"]) { Attributes = [OnnxSetting.Number("value_float", 2)] };
        var dense = new Network(2, [new Dense(3)]);
        var row = Matrix.Row(1f, 10f);
        Check([GraphOf.Node("MatMul", "x w", "y")], 35.5f, 46.5f, 57.5f);
        Check([GraphOf.Node("MatMul", "x w", "m"), GraphOf.Node("Add", "b m", "y")], 36, 48, 60);
        Check([constant, GraphOf.Node("Gemm", "x w k", "y", OnnxSetting.Number("alpha", 2), OnnxSetting.Number("beta", 0.5))], 72, 94, 116);
        Check([GraphOf.Node("Identity", "w", "u"), GraphOf.Node("Cast", "x", "f", OnnxSetting.Whole("to", 1)),
            GraphOf.Node("Dropout", "f", "d mask"), GraphOf.Node("Gemm", "d u b", "y")], 36, 48, 60);
        Check([GraphOf.Node("Reshape", "x flat", "f"), GraphOf.Node("Gemm", "f t b", "y", OnnxSetting.Whole("transB", 1))], 16, 39, 62);

        void Check(NodeMessage[] nodes, params float[] expected)
        {
            var model = OnnxFile.Read<float>(GraphOf.Nodes(nodes).With(GraphOf.Tensor("t", 3, 2)).Bytes()).Good();
            Assert.Equal(dense, model.Network);
            Assert.Equal(expected, model.Predict(row).Values.ToArray());
        }
    }

    private static string[] Kinds(string name) =>
        [.. OnnxFile.Read<float>(OnnxFixtures.PathOf(name)).Good().Network.Layers.Select(layer => layer.Kind)];

    private static void Same<T>(Model<T> model, Matrix<T> inputs, Model<T> read, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (expected, found) = (model.Predict(inputs), read.Predict(inputs));
        if (Kinds(model.Network.Layers).Contains(nameof(Normalization))
            || model.Network.Layers.Any(layer => layer is GraphActivation))
        {
            Close(expected, found, tolerance);
        }
        else
        {
            Assert.True(expected.Equals(found), $"{model}{Environment.NewLine}{expected}{Environment.NewLine}{found}");
        }
    }

    /// <summary>Relative to numbers above 1.</summary>
    private static void Close<T>(Matrix<T> expected, Matrix<T> found, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var i = 0; i < expected.Values.Length; i++)
        {
            var (e, f) = (double.CreateTruncating(expected.Values[i]), double.CreateTruncating(found.Values[i]));
            Assert.True(Math.Abs(e - f) <= tolerance * Math.Max(1, Math.Abs(e)), $"number {i} is {f}, expected {e}");
        }
    }

    private static IEnumerable<string> Kinds(IEnumerable<Layer> layers) =>
        layers.SelectMany(layer => layer is Sequence sequence ? Kinds(sequence.Layers) : layer is Residual residual
            ? Kinds(residual.Layers)
            : [layer.Kind]);
}
