using FsCheck.Xunit;

namespace FunctionalNN.Tests;

[Properties(Arbitrary = [typeof(TrainingGenerators)])]
public sealed class WeightExportTests : IDisposable
{
    private const string LoadByTorch = """
        import sys, json, struct, numpy as np, torch
        from torch import nn
        model = nn.Sequential(
            nn.Linear(3, 5), nn.BatchNorm1d(5), nn.ReLU(), nn.Linear(5, 4), nn.PReLU(), nn.LayerNorm(4), nn.Dropout(0.5),
            nn.Linear(4, 4), nn.PReLU(4), nn.GELU(), nn.Linear(4, 4), nn.Softmax(dim=1)).eval()
        npz, safetensors, rows, out = sys.argv[1:]
        arrays = np.load(npz)
        model.load_state_dict({n: torch.from_numpy(arrays[n]) for n in arrays.files})
        x = torch.from_numpy(np.load(rows))
        first = model(x).detach().numpy()
        data = open(safetensors, 'rb').read()
        length = struct.unpack('<Q', data[:8])[0]
        types = {'F32': np.float32, 'I64': np.int64}
        part = lambda t: data[8 + length + t['data_offsets'][0]:8 + length + t['data_offsets'][1]]
        state = {n: torch.from_numpy(np.frombuffer(part(t), types[t['dtype']]).reshape(t['shape']).copy())
                 for n, t in json.loads(data[8:8 + length]).items() if n != '__metadata__'}
        model.load_state_dict(state)
        assert np.array_equal(first, model(x).detach().numpy())
        np.save(out, first)
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Property(MaxTest = 100)]
    public void A_model_comes_back_from_its_own_layout_bit_for_bit(TrainingCase run)
    {
        var model = run.Start<float>().Model;
        using var stream = new MemoryStream();
        model.ToNumPy().Write(stream, isCompressed: run.Seed % 2 == 0);
        stream.Position = 0;
        var read = new NumPyArchiveReader(stream, "m.npz", null).Read();
        Assert.Equal(model, run.Network.FromNumPy<float>(read).OrThrow());
        Assert.Equal(model, run.Network.FromNumPy<float>(model.ToNumPy().ToSafeTensors().ToNumPy()).OrThrow());
    }

    [Property(MaxTest = 50)]
    public void What_is_exported_comes_back_bit_for_bit(int seed)
    {
        foreach (var dialect in new[] { Dialect.PyTorch, Dialect.Keras })
        {
            var network = NetworkOf(dialect);
            var model = Elsewhere(network, seed);
            var arrays = model.ToNumPy(dialect).OrThrow();
            Assert.Equal(model, arrays.ToModel<double>(network, dialect).OrThrow());
            Assert.Equal(model, arrays.ToSafeTensors().ToModel<double>(network, dialect).OrThrow());
        }
    }

    [Fact]
    public void Names_and_order_are_those_of_the_other_system()
    {
        Assert.Equal(
            OtherSystems.Archive("torch.npz").Names.Where(name => name != "3.bias"),
            OtherSystems.Torch.Initialize(1).ToNumPy(Dialect.PyTorch).OrThrow().Names.Where(name => name != "3.bias"));
        Assert.Equal(
            OtherSystems.Archive("keras_positional.npz").Arrays.Select(pair => pair.Value.ToString()),
            OtherSystems.Keras.Initialize(1).ToNumPy(Dialect.Keras).OrThrow().Arrays.Select(pair => pair.Value.ToString()));
    }

    [Fact]
    public void A_layer_that_the_other_system_does_not_have_is_an_error()
    {
        var model = new Network(3, [Normalization.MinMax, new Dense(2), BatchNormalization.Equinox]).Initialize(1);
        Assert.Equal(["normalization1 (Normalization) has numbers, but PyTorch has no such layer: leave it out of what is exported"],
            WeightImportTests.Faults(model.ToNumPy(Dialect.PyTorch)));
        Assert.Equal(2, WeightImportTests.Faults(model.ToNumPy(Dialect.Keras)).Length);
        Assert.Throws<ArgumentException>(() => model.ToNumPy(Dialect.Book));
    }

    [Fact]
    public void What_is_no_model_of_the_network_is_an_error()
    {
        var network = new Network(2, [new Dense(1)]);
        var arrays = new NumPyArchive(("dense1.weights", NumPyArray.Of<float>([1, 2])), ("dense2.bias", NumPyArray.Of<float>([1], 1, 1)));
        Assert.Equal(
            [
                "'dense1.weights' is float32 2, expected 2 × 1 numbers: is the network that of the file?",
                "the archive has no array 'dense1.bias'; it has dense1.weights, dense2.bias",
                "'dense2.bias' of the archive belongs to no layer of the network; there is dense1.weights, dense1.bias",
            ],
            WeightImportTests.Faults(network.FromNumPy<float>(arrays)));
    }

    [PythonFact("torch")]
    public void PyTorch_loads_what_was_exported_and_predicts_the_same()
    {
        var model = OtherSystems.Archive("torch.npz").ToModel(OtherSystems.Torch, Dialect.PyTorch).OrThrow();
        var arrays = model.ToNumPy(Dialect.PyTorch).OrThrow();
        arrays.Write(folder["m.npz"]).Good();
        SafeTensorsFile.Write(folder["m.safetensors"], arrays.ToSafeTensors()).Good();
        var rows = OtherSystems.Archive("torch_expected.npz")["x"];
        NumPyFile.Write(folder["x.npy"], rows).Good();
        Python.Run("torch", LoadByTorch, folder["m.npz"], folder["m.safetensors"], folder["x.npy"], folder["y.npy"]);
        OtherSystems.AssertNear(NumPyFile.Read(folder["y.npy"]).Good().ToMatrix<double>(), model.Predict(rows.ToMatrix<float>()));
    }

    private static Network NetworkOf(Dialect dialect) => new(3,
    [
        new Dense(5), BatchNormalization.Like(dialect),
        new Residual(new Dense(5), new PRelu(), new Sequence(new Dropout(0.5), new Dense(5))),
        LayerNormalization.Like(dialect), new Dense(5), PRelu.Like(Dialect.PyTorch), new Dense(2),
        new Softmax(),
    ]);

    private static Model<double> Elsewhere(Network network, int seed)
    {
        var model = network.Initialize<double>(seed);
        var key = new Key((ulong)seed);
        return model with
        {
            Parameters =
                new ParameterVector<double>(network.ParameterLayout,
                    [.. Enumerable.Range(0, model.Parameters.Count).Select(i => key.Normal(i))]),
            Statistics =
                new ParameterVector<double>(network.StatisticLayout,
                    [.. Enumerable.Range(0, model.Statistics.Count).Select(i => Math.Abs(key.Fold(1).Normal(i)))]),
        };
    }
}
