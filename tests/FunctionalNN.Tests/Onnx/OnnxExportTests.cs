using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN.Tests;

public sealed class OnnxExportTests : IDisposable
{
    private static readonly Model<float> Small =
        new Network(4, [new Dense(3), new Relu(), new Dropout(0.5), new Dense(2), new Softmax()]).Initialize(1);
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_file_says_what_it_is()
    {
        var options = new OnnxOptions
        {
            Labels = ["no \"way\"", "yes"],
            Metadata = ImmutableSortedDictionary<string, string>.Empty.Add("author", "me"),
            Description = "A test.",
            InputName = "features",
            OutputName = "probabilities",
            AddsLabel = true,
        };
        Small.SaveOnnx(folder["a.onnx"], options).Good();
        Assert.Equal(["a.onnx"], folder.Entries);
        var summary = OnnxFile.Describe(folder["a.onnx"]).Good();
        Assert.Equal("FunctionalNN 0.1.0", summary.Producer);
        Assert.Equal(13, summary.Opset);
        Assert.Equal("A test.", summary.Description);
        Assert.Equal(["features: n × 4"], summary.Inputs.ToArray());
        Assert.Equal(["probabilities: n × 2", "label: n"], summary.Outputs.ToArray());
        Assert.Equal(["no \"way\"", "yes"], summary.Labels.ToArray());
        Assert.Equal("me", summary.Metadata["author"]);
        Assert.Equal("ArgMax, 2 Gemm, Relu, Softmax",
            string.Join(", ", summary.Operators.Select(pair => pair.Value == 1 ? pair.Key : $"{pair.Value} {pair.Key}")));
        Assert.Contains("2 Gemm", summary.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_and_file_are_the_same_each_time()
    {
        Small.SaveOnnx(folder["a.onnx"]).Good();
        Assert.Equal(Small.ToOnnx().Good(), File.ReadAllBytes(folder["a.onnx"]));
        Small.SaveOnnx(folder["a.onnx"], new OnnxOptions { Opset = 17 }).Good();
        Assert.Equal(17, OnnxFile.Describe(folder["a.onnx"]).Good().Opset);
    }

    [Fact]
    public void A_network_that_does_nothing_is_one_node()
    {
        var nothing = new Network(3, [new Dropout(0.5), new Linear()]).Initialize(1);
        Assert.Equal("Identity", OnnxFile.Describe(nothing.ToOnnx().Good()).Good().Operators.Single().Key);
        Assert.Equal(new Network(3, [new Linear()]), OnnxFile.Read<float>(nothing.ToOnnx().Good()).Good().Network);
    }

    [Fact]
    public void Names_that_clash_are_told_apart()
    {
        var model =
            new Network(2,
                [new Dense(2) { Name = "input" }, new Relu { Name = "output" }, new Dense(2) { Name = "label" },
                    new Tanh { Name = "input.weights" }]).Initialize(2);
        var read = OnnxFile.Read<float>(model.ToOnnx(new OnnxOptions { AddsLabel = true }).Good()).Good();
        var row = Matrix.Row(0.3f, -0.8f);
        Assert.Equal(model.Predict(row), read.Predict(row));
    }

    [Fact]
    public void A_layer_of_ones_own_needs_a_rule_and_gets_one()
    {
        var model =
            OnnxCase.As<float>(OnnxCase.Random(new Network(2, [new Dense(3), new Shifted(), new Residual(new Shifted { Name = "inner" })]),
                5));
        Assert.Equal(
            "the model cannot be written as ONNX: layer \"shifted1\" (Shifted) has no form in ONNX: give OnnxOptions.Rules a rule that "
                + "adds its nodes" + Environment.NewLine
            + "layer \"residual1.inner\" (Shifted) has no form in ONNX: give OnnxOptions.Rules a rule that adds its nodes",
            model.ToOnnx().Fault());

        var options =
            new OnnxOptions
            {
                Rules =
                [(layer, nodes, x) => layer is Shifted ? nodes.Add("Add", [nodes.Add("Relu", [x]), nodes.ParameterRow(0)]) : null]
            };
        var summary = OnnxFile.Describe(model.ToOnnx(options).Good()).Good();
        Assert.Equal(3, summary.Operators["Add"]);
        Assert.Contains(OnnxImport.Parse(model.ToOnnx(options).Good()).Graph!.Tensors,
            tensor => tensor.Name == "residual1.inner.shift" && tensor.Shape is [3]);
    }

    [Fact]
    public void A_rule_that_gives_no_nodes_output_is_named() => Assert.Equal(
        "the model cannot be written as ONNX: the rule for layer \"relu1\" (Relu) gave the output \"y\", which is none that "
            + "OnnxNodes.Add returned",
        Small.ToOnnx(new OnnxOptions { Rules = [(layer, _, _) => layer is Relu ? "y" : null] }).Fault());

    [Fact]
    public void A_rule_comes_before_the_librarys()
    {
        var options =
            new OnnxOptions
            {
                Rules =
                [(layer, nodes, x) => layer is Relu ? nodes.Add("LeakyRelu", [x], OnnxSetting.Number("alpha", 0)) : null]
            };
        Assert.Equal(1, OnnxFile.Describe(Small.ToOnnx(options).Good()).Good().Operators["LeakyRelu"]);
    }

    [Fact]
    public void Wrong_options_are_named_all_at_once()
    {
        var options = new OnnxOptions { Opset = 12, InputName = "x", OutputName = "x", Labels = ["a", "b", "c"] };
        Assert.Equal(
            string.Join(Environment.NewLine, "the model cannot be written as ONNX: the opset is 12, expected 13 to 17",
                "the input and outputs are named \"x\", \"x\": give each a name of its own",
                "3 labels were given for 2 classes: give one a class"),
            Small.ToOnnx(options).Fault());
        Assert.Contains("\"output\", \"label\"", Small.ToOnnx(new OnnxOptions { AddsLabel = true, InputName = "label" }).Fault(),
            StringComparison.Ordinal);
        Assert.Contains("leave one of them out",
            Small.ToOnnx(new OnnxOptions
            {
                Labels = ["a", "b"],
                Metadata = ImmutableSortedDictionary<string, string>.Empty.Add("labels", "x")
            }).Fault(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_too_large_for_float_is_an_error_unless_double_is_kept()
    {
        var model = new Network(1, [new Dense(1)]).Initialize<double>(1).With("dense1", "weights", Matrix.Row(1e300));
        Assert.Equal(
            "the model cannot be written as ONNX: dense1.weights holds 1E+300, which is too large for float: export with KeepsDouble "
                + "= true", model.ToOnnx().Fault());
        var bytes = model.ToOnnx(new OnnxOptions { KeepsDouble = true }).Good();
        Assert.Equal(model.Parameters, OnnxFile.Read<double>(bytes).Good().Parameters);
        Assert.Equal("the ONNX model, dense1.weights holds 1E+300, which is too large for float: read the model as double",
            OnnxFile.Read<float>(bytes).Fault());
        Assert.Contains("alpha is too large", new Network(1, [new LeakyRelu(1e300)]).Initialize(1).ToOnnx().Fault(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_an_error_and_leaves_nothing()
    {
        folder.Write("file", []);
        Assert.Contains("cannot be written", Small.SaveOnnx(folder["file/below.onnx"]).Fault(), StringComparison.Ordinal);
        Assert.Contains("no form in ONNX", new Network(2, [new Shifted()]).Initialize(1).SaveOnnx(folder["b.onnx"]).Fault(),
            StringComparison.Ordinal);
        Assert.Equal(["file"], folder.Entries);
    }

    /// <summary>y = max(x, 0) + shift.</summary>
    private sealed record Shifted : Layer
    {
        public override Validation<Error, int> Width(int inputs) => Right(inputs);

        public override ImmutableArray<Slot> Parameters(int inputs) => [new Slot("shift", 1, inputs)];

        public override Cache<T> Forward<T>(in Pass<T> pass, Matrix<T> input) => throw new NotSupportedException();
    }
}
