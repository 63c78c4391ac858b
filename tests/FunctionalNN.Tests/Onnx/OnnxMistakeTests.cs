using System.Text;

namespace FunctionalNN.Tests;

/// <summary>What is said of files that are not read.</summary>
public sealed class OnnxMistakeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string, byte[], string> Files => new()
    {
        { "nothing", [], "there is no graph in it: it is no ONNX model" },
        { "text", "label,pixel0,pixel1"u8.ToArray(), "byte 1: the bytes here are no protocol buffer" },
        { "some bytes", [0x89, 0x50, 0x4E, 0x48, 13, 10, 26, 10], "byte " },
        { "a length past the end", [0x3A, 0xFF, 0xFF, 0xFF, 0xFF, 0x07, 1],
            "byte 6: field 7 is 2147483647 bytes long, but 1 follow in its message: the file is truncated or damaged" },
        { "a negative length", [0x3A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1, 1], "byte " },
        { "a field past its message", [0x3A, 3, 0x12, 5, 65, 65, 65, 65, 65],
            "byte 9: a field runs past the end of the message that it is in: the file is damaged" },
        { "another wire type", [0x3D, 1, 2, 3, 4],
            "byte 1: field 7 has the wire type Fixed32, expected LengthDelimited: the file is damaged or is no ONNX model" },
        { "deep groups", [.. Enumerable.Repeat((byte)0x1B, 100_000)], "byte " },
        { "no version", new ModelMessage { Opset = 13, Graph = GraphOf.Nodes().Graph }.Bytes(),
            "the format's version is 0, expected 3 to 13" },
        { "no operators", new ModelMessage { IrVersion = 8, Graph = GraphOf.Nodes().Graph }.Bytes(),
            "the operators' version is 0, expected 7 to 25: the file is cut off, or was made for other operators" },
        { "a second graph", [.. GraphOf.Nodes().Bytes(), .. GraphOf.Nodes().Bytes()], "a second graph follows: the file is damaged" },
        { "empty nodes", new Envelope(7, new Envelope(1, new Envelope(9, null))).Bytes(),
            "the node \"\" has no operator: the file is damaged" },
        { "functions", [.. GraphOf.Nodes().Bytes(), 0xCA, 1, 0], "the model defines functions: only standard operators are read" },
        { "too many nodes", Linear(5000).Bytes(), "a list of more than 4096 entries: no network that can be read has that many" },
        { "a tensor's shape", WithTensor(new long[] { -1, 3 }, 6),
            "tensor \"t\" has the shape -1 × 3: a length is negative, or the numbers do not fit an array" },
        { "a tensor's shape that overflows", WithTensor([1L << 31, 1L << 31, 1L << 31], 6),
            "a length is negative, or the numbers do not fit an array" },
        { "a tensor's shape that overflows to zero", WithTensor([1L << 16, 1L << 16, 1L << 16, 1L << 16], 0),
            "a length is negative, or the numbers do not fit an array" },
        { "a tensor's rank", WithTensor([.. Enumerable.Repeat(1L, 9)], 1), "a list of more than 8 entries" },
        { "a tensor's numbers", WithTensor([2, 2], 3), "tensor \"t\" has 12 bytes, expected 16 for the shape 2 × 2" },
        { "an empty tensor that promises", WithTensor([1 << 20], 0), "tensor \"t\" has 0 numbers, expected 1048576 for the shape 1048576" },
    };

    private static readonly Dictionary<string, (ModelMessage Model, string Reason)> Graphs = new()
    {
        ["convolution"] =
            (GraphOf.Nodes(GraphOf.Node("Conv", "x w", "y")),
                "node \"the Conv\" (Conv): the weights \"w\" are 2 × 3, expected filters × channels × rows × columns"),
        ["a recurrent layer"] =
            (GraphOf.Nodes(GraphOf.Node("LSTM", "x w", "y")),
                "node \"the LSTM\" (LSTM): the operator is not read here. Read are Gemm, MatMul, Add, Sub, Mul and Div with constants"),
        ["another domain"] =
            (GraphOf.Nodes(GraphOf.Node("Relu", "x", "y") with { Domain = "com.acme" }),
                "node \"the Relu\" (com.acme.Relu): the operator is not read here"),
        ["no output"] = (GraphOf.Nodes().With(graph => graph with { Outputs = [] }), "the graph has no output"),
        ["output of nothing"] = (GraphOf.Nodes(), "the value \"y\" is made by no node, and is neither the input nor an initializer"),
        ["two inputs"] =
            (GraphOf.Nodes(GraphOf.Node("Relu", "x", "y"))
                .With(graph => graph with { Inputs = [.. graph.Inputs, GraphOf.Value("z", null, 2)] }),
                    "the graph has 2 inputs (x, z), expected one with a name"),
        ["no input"] =
            (GraphOf.Nodes(GraphOf.Node("Relu", "w", "y")).With(graph => graph with { Inputs = [] }),
                "the graph has 0 inputs, expected one with a name"),
        ["cycle"] =
            (GraphOf.Nodes(GraphOf.Node("Relu", "b2", "a"), GraphOf.Node("Tanh", "a", "b2"), GraphOf.Node("Relu", "a", "y")),
                "node \"the Relu\" (Relu): takes \"b2\", which no node before it makes"),
        ["itself"] = (GraphOf.Nodes(GraphOf.Node("Relu", "y", "y")), "takes \"y\", which no node before it makes"),
        ["missing initializer"] =
            (GraphOf.Nodes(GraphOf.Node("Gemm", "x w2", "y")),
                "node \"the Gemm\" (Gemm): takes \"w2\", which no node before it makes and which is neither the input nor an initializer"),
        ["initializer twice"] = (GraphOf.Nodes().With(GraphOf.Tensor("w", 1)), "the initializer \"w\" is there twice or has no name"),
        ["value twice"] =
            (GraphOf.Nodes(GraphOf.Node("Relu", "x", "y"), GraphOf.Node("Tanh", "x", "y")),
                "node \"the Tanh\" (Tanh): makes \"y\", which is there already"),
        ["value over initializer"] = (GraphOf.Nodes(GraphOf.Node("Relu", "x", "w")), "makes \"w\", which is there already"),
        ["computed weights"] =
            (GraphOf.Nodes(GraphOf.Node("Relu", "w", "u"), GraphOf.Node("Gemm", "x u", "y")),
                "node \"the Relu\" (Relu): computes the weights \"u\" from constants by an operator that is not computed here: export "
                    + "the model with constants folded"),
        ["no weights"] = (GraphOf.Nodes(GraphOf.Node("Gemm", "x", "y")), "node \"the Gemm\" (Gemm): the weights is missing: input 2"),
        ["constant input"] =
            (GraphOf.Nodes(GraphOf.Node("Gemm", "w v", "y")),
                "node \"the Gemm\" (Gemm): computes constants by an operator that is not computed here"),
        ["constant output"] =
            (GraphOf.Nodes().With(graph => graph with { Outputs = [GraphOf.Value("w", 2, 3)] }), "\"w\" does not come from \"x\""),
        ["transposed input"] =
            (GraphOf.Nodes(GraphOf.Node("Gemm", "x w", "y", OnnxSetting.Whole("transA", 1))),
                "transA is 1, expected 0: the input's rows are samples"),
        ["weights of rank 1"] =
            (GraphOf.Nodes(GraphOf.Node("Gemm", "x b", "y")), "the weights \"b\" are 3, expected inputs × outputs, both 1 or more"),
        ["weights of whole numbers"] =
            (GraphOf.Nodes(GraphOf.Node("Gemm", "x flat", "y")),
                "the weights \"flat\" has the element type 7, expected 1 (float) or 11 (double)"),
        ["bias of another width"] = (GraphOf.Nodes(GraphOf.Node("Gemm", "x w c", "y")), "the bias \"c\" is 2, expected 3 numbers"),
        ["widths"] =
            (GraphOf.Nodes(GraphOf.Node("Gemm", "x w b", "h"), GraphOf.Node("Gemm", "h w b", "y")),
                "node \"the Gemm\" (Gemm): takes 2 columns, but 3 come in"),
        ["input's width"] =
            (GraphOf.Nodes(GraphOf.Node("Gemm", "x w b", "y")).With(graph => graph with { Inputs = [GraphOf.Value("x", null, 5)] }),
                "takes 2 columns, but 5 come in"),
        ["input's rank"] =
            (GraphOf.Nodes(GraphOf.Node("Gemm", "x w b", "y")).With(graph => graph with { Inputs = [GraphOf.Value("x", null, 1, 2)] }),
                "the input \"x\" is n × 1 × 2, expected rows × columns, or a Flatten first"),
        ["input's length"] =
            (GraphOf.Nodes(GraphOf.Node("Relu", "x", "y")).With(graph => graph with { Inputs = [GraphOf.Value("x", null, -2)] }),
                "the input \"x\" is n × -2: each length must be 1 or more"),
        ["input's size"] =
            (GraphOf.Nodes(GraphOf.Node("Flatten", "x", "y"))
                .With(graph => graph with { Inputs = [GraphOf.Value("x", null, 1L << 20, 1L << 20, 1L << 60)] }),
                    "their product fit an array"),
        ["unknown width"] =
            (GraphOf.Nodes(GraphOf.Node("Relu", "x", "y")).With(graph => graph with { Inputs = [GraphOf.Value("x", null, null)] }),
                "the input \"x\" is n × n, and no layer tells its width"),
        ["whole numbers"] =
            (GraphOf.Nodes(GraphOf.Node("Relu", "x", "y"))
                .With(graph => graph with { Inputs = [graph.Inputs[0] with { ElementType = 7 }] }),
                    "the input \"x\" has the element type 7, expected 1 (float) or 11 (double)"),
        ["softmax of one"] =
            (GraphOf.Nodes(GraphOf.Node("Gemm", "x s", "h"), GraphOf.Node("Softmax", "h", "y")).With(GraphOf.Tensor("s", 2, 1)),
                "layer 2 (Softmax), input width 1: the softmax of a single number is always 1"),
        ["softmax along the batch"] =
            (GraphOf.Nodes(GraphOf.Node("Softmax", "x", "y", OnnxSetting.Whole("axis", 0))),
                "axis is 0, expected 1 or -1: only the last axis of rows of numbers is read"),
        ["unknown setting"] =
            (GraphOf.Nodes(GraphOf.Node("Elu", "x", "y", OnnxSetting.Number("alpga", 2))),
                "node \"the Elu\" (Elu): has the setting \"alpga\", expected only alpha"),
        ["setting twice"] =
            (GraphOf.Nodes(GraphOf.Node("Elu", "x", "y", OnnxSetting.Number("alpha", 2), OnnxSetting.Number("alpha", 1))),
                "has the setting \"alpha\" twice"),
        ["setting of another type"] =
            (GraphOf.Nodes(GraphOf.Node("Elu", "x", "y", OnnxSetting.Whole("alpha", 2))), "the setting \"alpha\" is no real number"),
        ["wrong setting"] =
            (GraphOf.Nodes(GraphOf.Node("Elu", "x", "y", OnnxSetting.Number("alpha", -2))), "layer 1 (Elu), input width 2: α is -2"),
        ["another Selu"] =
            (GraphOf.Nodes(GraphOf.Node("Selu", "x", "y", OnnxSetting.Number("gamma", 1))), "only the self-normalising unit is read"),
        ["another HardSigmoid"] =
            (GraphOf.Nodes(GraphOf.Node("HardSigmoid", "x", "y", OnnxSetting.Number("beta", 0.4))), "beta is 0.4, expected 0.5"),
        ["training"] =
            (GraphOf.Nodes(GraphOf.Node("BatchNormalization", "x c c c c", "y", OnnxSetting.Whole("training_mode", 1))),
                "export it in evaluation mode"),
        ["batch normalization without statistics"] =
            (GraphOf.Nodes(GraphOf.Node("BatchNormalization", "x c c", "y")), "input 4 is missing: input 4"),
        ["training dropout"] = (GraphOf.Nodes(GraphOf.Node("Dropout", "x - t", "y")).With(GraphOf.Whole("t", 1)), "is in training mode"),
        ["shapes inside"] =
            (GraphOf.Nodes(GraphOf.Node("Reshape", "x f", "y")).With(GraphOf.Whole("f", 1, 2)),
                "reshapes to 1 × 2, expected −1 or 0 and the width: the count of rows must stay free"),
        ["another width"] =
            (GraphOf.Nodes(GraphOf.Node("Gemm", "x w", "h"), GraphOf.Node("Reshape", "h f", "y")).With(GraphOf.Whole("f", -1, 6)),
                "takes 6 columns, but 3 come in"),
        ["second output"] = (GraphOf.Nodes(GraphOf.Node("Dropout", "x", "z y")), "\"y\" is not the first output of its node"),
        ["divided by zero"] =
            (GraphOf.Nodes(GraphOf.Node("Div", "x m", "y")).With(TensorMessage.Of("m", [2], [1.0, 0.0], isDouble: false)),
                "node \"the Div\" (Div): gives Infinity·x + 0 in column 2, expected finite numbers: look for a 0 that is divided by"),
        ["constants a row of the batch"] =
            (GraphOf.Nodes(GraphOf.Node("Add", "x m", "y")).With(GraphOf.Tensor("m", 2, 1)),
                "node \"the Add\" (Add): the constant is 2 × 1, expected a number or one row of numbers, the same for every row of "
                    + "the input: export the network with samples as rows, and the constant as one row"),
        ["constants of another width"] =
            (GraphOf.Nodes(GraphOf.Node("Add", "x b", "h"), GraphOf.Node("Gemm", "h w b", "y")),
                "node \"the Add\" (Add): takes 3 columns, but 2 come in"),
        ["squeezed rows"] =
            (GraphOf.Nodes(GraphOf.Node("Squeeze", "x f", "y")).With(GraphOf.Whole("f", 0)), "takes the axis of the rows away"),
        ["nested too deep"] = (Nested(40), "lies in more than 16 residuals, one in the other"),
        ["residual of another width"] =
            (GraphOf.Nodes(GraphOf.Node("Gemm", "x w", "h"), GraphOf.Node("Add", "x h", "y")),
                "layer 1 (Residual), input width 2: the layers end 3 wide, but their output is added to the input, 2 wide"),
        ["other file"] =
            (GraphOf.Nodes(GraphOf.Node("Gemm", "x e", "y")).With(new TensorMessage("e", 1, [2, 3]) { IsExternal = true }),
                "the weights \"e\" lies in another file: save the model as one file"),
    };

    public static TheoryData<string> GraphNames => [.. Graphs.Keys];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Files))]
    public void A_damaged_file_gives_an_error_with_file_byte_and_reason(string name, byte[] content, string reason)
    {
        var path = folder.Write($"{name}.onnx", content);
        var fault = OnnxFile.Read<float>(path).Fault();
        Assert.StartsWith($"{path}, ", fault, StringComparison.Ordinal);
        Assert.Contains(reason, fault, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(GraphNames))]
    public void A_graph_outside_of_what_is_read_gives_an_error_with_node_and_reason(string name) =>
        Assert.Contains(Graphs[name].Reason, OnnxFile.Read<float>(Graphs[name].Model.Bytes()).Fault(), StringComparison.Ordinal);

    [Fact]
    public void What_is_no_file_is_an_error()
    {
        Assert.Equal($"{folder["absent"]}: there is no such file", OnnxFile.Read<float>(folder["absent"]).Fault());
        Assert.Contains("is a folder", OnnxFile.Read<float>(folder.FullName).Fault(), StringComparison.Ordinal);
        Assert.Contains("cannot be read", OnnxFile.Describe("").Fault(), StringComparison.Ordinal);
    }

    private static ModelMessage Linear(int count) =>
        GraphOf.Nodes([.. Enumerable.Range(0, count)
            .Select(i => GraphOf.Node("Relu", i == 0 ? "x" : $"r{i}", i == count - 1 ? "y" : $"r{i + 1}"))]);

    /// <summary>x + (x + (x + … tanh x)).</summary>
    private static ModelMessage Nested(int depth) =>
        GraphOf.Nodes([GraphOf.Node("Tanh", "x", "a0"),
            .. Enumerable.Range(0, depth).Select(i => GraphOf.Node("Add", $"x a{i}", i == depth - 1 ? "y" : $"a{i + 1}"))]);

    private static byte[] WithTensor(long[] shape, int count) =>
        GraphOf.Nodes().With(TensorMessage.Of("t", [.. shape], new double[count], isDouble: false)).Bytes();

    /// <summary>A message with one field.</summary>
    private sealed record Envelope(int Field, IMessage? Inner) : IMessage
    {
        public void Write(FieldWriter to)
        {
            if (Inner is not null)
            {
                to.Message(Field, Inner);
            }
        }
    }
}
