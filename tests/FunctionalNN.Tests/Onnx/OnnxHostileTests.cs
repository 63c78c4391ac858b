using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace FunctionalNN.Tests;

/// <summary>
/// Files changed at random: bits, bytes, lengths, pieces of other files, and nodes, names, constants and shapes of graphs. Each is an error
/// that names the file, or a model that predicts and can be written again. FUNCTIONALNN_FUZZ is how many, 24,000 without it.
/// </summary>
public sealed class OnnxHostileTests(ITestOutputHelper output)
{
    private const int MaxPerByte = 32;
    private const int MaxApart = 1 << 16;

    private static int Rounds =>
        int.TryParse(Environment.GetEnvironmentVariable("FUNCTIONALNN_FUZZ"), CultureInfo.InvariantCulture, out var rounds)
            ? rounds
            : 24_000;

    [Fact]
    public void A_file_changed_at_random_is_an_error_or_a_model_and_never_a_crash()
    {
        var files = Files();
        var graphs = files.Select(OnnxImport.Parse).ToArray();
        var (errors, models, slowest, dearest, most) = (0, 0, TimeSpan.Zero, 0.0, 0L);
        for (var round = 0; round < Rounds; round++)
        {
            var random = new Random(round);
            var bytes = round % 3 == 0 ? Restructured(graphs[random.Next(graphs.Length)], random).Bytes() : Damaged(files, random);
            try
            {
                var (watch, before) = (Stopwatch.StartNew(), GC.GetAllocatedBytesForCurrentThread());
                var answer = OnnxFile.Read<float>(bytes, "changed.onnx");
                var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                slowest = round > 100 && watch.Elapsed > slowest ? watch.Elapsed : slowest;
                dearest = bytes.Length > 1000 ? Math.Max(dearest, (double)allocated / bytes.Length) : dearest;
                most = bytes.Length <= 1000 ? Math.Max(most, allocated) : most;
                Assert.InRange(allocated, 0, MaxApart + ((long)MaxPerByte * bytes.Length));
                answer.Match(
                    Right: model =>
                    {
                        models++;
                        Use(model);
                    },
                    Left: error =>
                    {
                        errors++;
                        Assert.StartsWith("changed.onnx, ", error.Message, StringComparison.Ordinal);
                    });
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                throw new InvalidOperationException($"round {round}: {Convert.ToHexString(bytes)}", fault);
            }
        }

        output.WriteLine(
            $"{Rounds} files: {errors} errors, {models} models; slowest {slowest.TotalMilliseconds:F1} ms, most memory {dearest:F0} times "
                + $"a file above 1 KB, {most} bytes for a smaller one");
        Assert.True(errors > Rounds / 4 && models > Rounds / 100,
            $"{errors} errors and {models} models: the changes are too tame or too wild to test anything");
    }

    [Fact]
    public void Every_truncation_of_an_exported_file_is_an_error()
    {
        var model = new Network(3, [new Dense(2), new BatchNormalization(), new Softmax()]).Initialize(1);
        var whole = model.ToOnnx(new OnnxOptions { Labels = ["a", "b"], Description = "d" }).Good();
        for (var length = 0; length < whole.Length; length++)
        {
            Assert.StartsWith("cut.onnx, ", OnnxFile.Read<float>(whole[..length], "cut.onnx").Fault(), StringComparison.Ordinal);
        }
    }

    /// <summary>Small elements that take much memory: empty messages, names and numbers, as many as a megabyte holds.</summary>
    [Theory]
    [InlineData(0x0A, 0)]
    [InlineData(0x2A, 0)]
    [InlineData(0x5A, 0)]
    [InlineData(0x62, 0)]
    [InlineData(0x52, 0)]
    public void Memory_follows_the_file_and_not_the_count_of_its_pieces(byte tag, byte length)
    {
        byte[] pieces = [.. Enumerable.Range(0, 1 << 19).SelectMany(_ => new[] { tag, length })];
        byte[] file = [8, 8, 0x3A, 0x80, 0x80, 0x40, .. pieces, 0x42, 2, 0x10, 13];
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("changed.onnx, ", OnnxFile.Read<float>(file, "changed.onnx").Fault(), StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 * file.Length);
    }

    /// <summary>As many nodes as a graph may have, in a chain, doubled, and around each other: nothing that grows faster than the
    /// file.</summary>
    [Theory]
    [InlineData("chain", 4096)]
    [InlineData("doubled", 4096)]
    [InlineData("residuals", 2048)]
    public void The_longest_graphs_are_read(string form, int layers)
    {
        string After(int i) => i == 0 ? "x" : i == layers ? "y" : $"a{i}";
        var nodes = Enumerable.Range(0, layers).SelectMany(i => (NodeMessage[])(form switch
        {
            "chain" => [GraphOf.Node("Relu", After(i), After(i + 1))],
            "doubled" => [GraphOf.Node("Add", $"{After(i)} {After(i)}", After(i + 1))],
            _ => [GraphOf.Node("Tanh", After(i), $"t{i}"), GraphOf.Node("Add", $"t{i} {After(i)}", After(i + 1))],
        }));
        var file = GraphOf.Nodes([.. nodes]).Bytes();
        var watch = Stopwatch.StartNew();
        Assert.Equal(layers, OnnxFile.Read<float>(file).Good().Network.Layers.Length);
        output.WriteLine($"{file.Length} bytes, {watch.Elapsed.TotalMilliseconds:F0} ms");
    }

    private static byte[][] Files() =>
    [
        .. OnnxFixtures.Names.Select(OnnxFixtures.PathOf).Select(File.ReadAllBytes),
        .. OnnxCase.Many(each: 1, random: 0, seed: 9)
            .Where(one => one.Model.Network.Inputs < 100 && one.Options is { AddsLabel: true } or { Opset: 17 }).Select(one => one.Bytes),
    ];

    private static void Use(Model<float> model)
    {
        if (model.Network.Inputs < 10_000)
        {
            Assert.Equal(model.Network.Outputs, model.Predict(Matrix.Zeros<float>(1, model.Network.Inputs), Parallelism.None).Columns);
        }

        Assert.Equal(model.Network.Outputs, OnnxFile.Read<float>(model.ToOnnx().Good()).Good().Network.Outputs);
    }

    private static byte[] Damaged(byte[][] files, Random random)
    {
        var bytes = files[random.Next(files.Length)].ToList();
        for (var change = random.Next(1, 4); change > 0; change--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(8))
            {
                case 0:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 1:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
                case 2:
                    bytes.RemoveRange(at, random.Next(1, Math.Min(20, bytes.Count - at) + 1));
                    break;
                case 3:
                    // A length or number of any size.
                    bytes.InsertRange(at, Enumerable.Repeat((byte)0xFF, random.Next(1, 10)).Append((byte)random.Next(128)));
                    break;
                case 4:
                    var other = files[random.Next(files.Length)];
                    var start = random.Next(other.Length);
                    bytes.InsertRange(at, other[start..random.Next(start, Math.Min(other.Length, start + 200))]);
                    break;
                default:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
            }

            if (bytes.Count == 0)
            {
                break;
            }
        }

        return [.. bytes];
    }

    /// <summary>A well-formed file with a graph that is changed.</summary>
    private static ModelMessage Restructured(ModelMessage model, Random random)
    {
        for (var change = random.Next(1, 3); change > 0; change--)
        {
            model = model with { Graph = Changed(model.Graph!, random), Opset = random.Next(20) == 0 ? random.NextInt64() : model.Opset };
        }

        return model;
    }

    private static GraphMessage Changed(GraphMessage graph, Random random)
    {
        var names = graph.Nodes.SelectMany(node => node.Inputs.Concat(node.Outputs)).Concat(graph.Tensors.Select(tensor => tensor.Name))
            .Append("").ToArray();
        string Name() => names[random.Next(names.Length)];
        var node = random.Next(Math.Max(1, graph.Nodes.Length));
        var tensor = random.Next(Math.Max(1, graph.Tensors.Length));
        return random.Next(12) switch
        {
            0 when graph.Nodes.Length > 0 => graph with { Nodes = graph.Nodes.RemoveAt(node) },
            1 when graph.Nodes.Length > 0 => graph with { Nodes = graph.Nodes.Insert(random.Next(graph.Nodes.Length), graph.Nodes[node]) },
            2 => graph with { Nodes = [.. graph.Nodes.Reverse()] },
            3 when graph.Nodes.Length > 0 => graph with { Nodes = graph.Nodes.SetItem(node, Renamed(graph.Nodes[node], random, Name())) },
            4 when graph.Nodes.Length > 0 =>
                graph with
                {
                    Nodes =
                    graph.Nodes.SetItem(node,
                        graph.Nodes[node] with { Operator = graph.Nodes[random.Next(graph.Nodes.Length)].Operator })
                },
            5 when graph.Nodes.Length > 0 =>
                graph with { Nodes = graph.Nodes.Insert(node, new NodeMessage("Add", "", [Name(), Name()], [Name()])) },
            6 when graph.Tensors.Length > 0 => graph with { Tensors = graph.Tensors.RemoveAt(tensor) },
            7 when graph.Tensors.Length > 0 => graph with { Tensors = graph.Tensors.Add(graph.Tensors[tensor]) },
            8 when graph.Tensors.Length > 0 =>
                graph with
                {
                    Tensors =
                    graph.Tensors.SetItem(tensor,
                        graph.Tensors[tensor] with { Shape = [.. Enumerable.Range(0, random.Next(4)).Select(_ => Length(random))] })
                },
            9 when graph.Tensors.Length > 0 =>
                graph with { Tensors = graph.Tensors.SetItem(tensor, graph.Tensors[tensor] with { DataType = random.Next(18) }) },
            10 => graph with { Inputs = [GraphOf.Value(Name(), null, Length(random)), .. graph.Inputs.Take(random.Next(2))] },
            _ => graph with { Outputs = [GraphOf.Value(Name(), null, Length(random))] },
        };
    }

    private static NodeMessage Renamed(NodeMessage node, Random random, string name)
    {
        var place = random.Next(node.Inputs.Length + 1);
        return place < node.Inputs.Length ? node with { Inputs = node.Inputs.SetItem(place, name) } : node with { Outputs = [name] };
    }

    private static long Length(Random random) => random.Next(5) switch
    {
        0 => random.NextInt64(long.MinValue, long.MaxValue),
        1 => int.MaxValue - random.Next(2),
        2 => -random.Next(3),
        _ => random.Next(1, 8),
    };
}
