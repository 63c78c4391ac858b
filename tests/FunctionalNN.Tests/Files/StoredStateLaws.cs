using System.Collections.Immutable;
using System.Numerics;
using FsCheck.Xunit;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN.Tests;

/// <summary>Persistence: load(save(x)) = x, and a run that was saved and loaded on the way goes on as if nothing had been.</summary>
[Properties(Arbitrary = [typeof(TrainingGenerators)])]
public sealed class StoredStateLaws : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Property(MaxTest = 150)]
    public void A_state_comes_back(TrainingCase run)
    {
        ComesBack<float>(run);
        ComesBack<double>(run);
    }

    [Property(MaxTest = 150)]
    public void Resuming_changes_nothing(TrainingCase run)
    {
        Resumes<float>(run);
        Resumes<double>(run);
    }

    [Property(MaxTest = 30)]
    public void Files_do_not_depend_on_the_folder_or_the_time(TrainingCase run)
    {
        var state = run.Trained<float>();
        Assert.Equal(InMemory.Bytes(state), InMemory.Bytes(InMemory.State<float>(InMemory.Bytes(state)).Good()));
    }

    [Fact]
    public void A_state_with_everything_comes_back()
    {
        var data = Generate.Spiral(30, 3, seed: 1);
        var named =
            new DataSet<float>(data.Inputs, new ClassLabels(((ClassLabels)data.Targets).Values, 3, "left", "middle \"quoted\"", "rëchts"));
        var state =
            new Network(2,
                [new Dense(4) { Name = "a/b" }, new BatchNormalization(), new Residual(new Dense(4), new Tanh()), new Dense(3),
                    new Softmax()])
            .Initialize(seed: 3).Train(new Adam(0.01).ReduceOnPlateau().AverageWeights(), seed: 5)
            .Epochs(named.Shuffled(16), new CategoricalCrossEntropy(), heldOut: named).Take(2).Last() with
            {
                Stopped = "enough",
                Divergence = new Divergence(7, "a/b", "weights", 3, double.NaN),
            };
        state.Save(folder["all.safetensors"]).Good();
        var loaded = TrainingState.Load<float>(folder["all.safetensors"]).Good();
        Assert.Equal(state, loaded);
        Assert.Equal(["left", "middle \"quoted\"", "rëchts"], loaded.Model.LabelNames.AsEnumerable());
        Assert.Equal(state.Recipe, loaded.Recipe);
        Assert.True(loaded.Recipe.IsSome);
        Assert.Equal(state.Model, Model.Load<float>(folder["all.safetensors"]).Good());
        Assert.Equal(
            ["parameters/a/b/weights", "parameters/a/b/bias", "parameters/batchNormalization1/gamma",
                "parameters/batchNormalization1/beta"],
            SafeTensorsFile.Read(folder["all.safetensors"]).Good().Tensors.Take(4).Select(tensor => tensor.Name));
        state.Model.Save(folder["model.safetensors"]).Good();
        Assert.Equal(state.Model, Model.Load<float>(folder["model.safetensors"]).Good());
        Assert.Equal(["all.safetensors", "model.safetensors"], folder.Entries);
    }

    [Fact]
    public void What_a_file_does_not_hold_is_an_error()
    {
        var model = new Network(2, [new Dense(2)]).Initialize(1);
        var path = folder["m.safetensors"];
        model.Save(path).Good();
        Assert.Equal($"{path}: the file holds a model and no training state: read it with Model.Load, and go on with its Train",
            TrainingState.Load<float>(path).Fault());
        Assert.Matches("m.safetensors, byte \\d+: \"parameters/dense1/weights\" holds F32 numbers, asked for was F64: use Load<float>$",
            Model.Load<double>(path).Fault());
        SafeTensorsFile.Write(path, new SafeTensors([StoredTensor.Of("w", Matrix.Create<float>(1, 1, [1]))])).Good();
        Assert.Equal(
            $"{path}: there is no network in this safetensors file, as another program wrote it: read its tensors with "
                + $"SafeTensorsFile.Read", Model.Load<float>(path).Fault());
        Assert.Equal($"{folder["none"]}: there is no such file", Model.Load<float>(folder["none"]).Fault());
        Assert.Equal(
            $"{path}: there is no network in this safetensors file, as another program wrote it: read its tensors with "
                + $"SafeTensorsFile.Read", Assert.Throws<InvalidOperationException>(() => Model.Load<float>(path).OrThrow()).Message);
    }

    /// <summary>Each a change of one text or tensor in a file that is right otherwise, checksum and all.</summary>
    [Theory]
    [InlineData("FunctionalNN", "\"version\":1", "\"version\":2",
        $", FunctionalNN: the file is of version 2 of the format, written by FunctionalNN {LibraryVersion.Text}; this is FunctionalNN "
            + $"{LibraryVersion.Text}, which reads version 1: update it")]
    [InlineData("FunctionalNN", "\"model\"", "\"virus\"",
        ", FunctionalNN: found the content \"virus\", expected \"model\", \"training state\" or \"pipeline\"")]
    [InlineData("network", "\"inputs\":2", "\"inputs\":3", "\"parameters/dense1/weights\" is 2 × 2, the network asks for 3 × 2")]
    [InlineData("network", "\"outputs\":2", "\"outputs\":-2", ", network: layer 1 (Dense), input width 2: -2 outputs: give 1 or more")]
    [InlineData("network", "\"Relu\"", "\"Dense\"", ", network.layers[1]: Dense lacks the setting \"outputs\"")]
    [InlineData("network", "\"Relu\"", "{\"kind\":\"Relu\",\"name\":\"dense1\"}",
        ", network: layers 1 and 2 are both named \"dense1\": give each a Name of its own")]
    [InlineData("network", ",\"Relu\"", ",{\"kind\":\"PRelu\",\"initialSlope\":0,\"isShared\":true}",
        ": there is no tensor \"parameters/pRelu1/slope\", which the network asks for")]
    public void What_does_not_go_together_is_an_error(string text, string found, string replacement, string fault)
    {
        var content = InMemory.Tensors(InMemory.Bytes(new Network(2, [new Dense(2), new Relu()]).Initialize(1)));
        Assert.Contains(found, content.Metadata[text], StringComparison.Ordinal);
        var changed =
            new SafeTensors(content.Tensors,
                content.Metadata.SetItem(text, content.Metadata[text].Replace(found, replacement, StringComparison.Ordinal)));
        Assert.EndsWith(fault, InMemory.Model<float>(InMemory.Bytes(changed)).Fault(), StringComparison.Ordinal);
    }

    [Fact]
    public void Other_texts_and_tensors_are_errors()
    {
        var content = InMemory.Tensors(InMemory.Bytes(new Network(2, [new Dense(2), new Relu()]).Initialize(1)));
        Assert.EndsWith(": there is the unknown text \"a\" in the metadata, expected FunctionalNN, network, labels, inputs, run, recipe, "
                + "columns, decision",
            InMemory.Model<float>(InMemory.Bytes(new SafeTensors(content.Tensors, content.Metadata.Add("a", "")))).Fault(),
            StringComparison.Ordinal);
        Assert.EndsWith(": there is a tensor \"a\", which the network does not ask for",
            InMemory.Model<float>(
                InMemory.Bytes(new SafeTensors([.. content.Tensors, StoredTensor.Of("a", Matrix.Create<float>(1, 1, [1]))],
                    content.Metadata))).Fault(), StringComparison.Ordinal);
        Assert.EndsWith(": there is no tensor \"parameters/dense1/bias\", which the network asks for",
            InMemory.Model<float>(InMemory.Bytes(new SafeTensors([content.Tensors[0]], content.Metadata))).Fault(),
            StringComparison.Ordinal);
    }

    /// <summary>As a program leaves it that changes the numbers and means it.</summary>
    [Fact]
    public void A_file_without_a_checksum_is_read_unchecked()
    {
        var bytes = InMemory.Bytes(new Network(2, [new Dense(2)]).Initialize(1));
        bytes[^1] ^= 0x80;
        Assert.Contains("the checksum of the file is", InMemory.Model<float>(bytes).Fault(), StringComparison.Ordinal);
        var at = bytes.AsSpan().IndexOf("\"FunctionalNN.sha256\""u8);
        bytes.AsSpan(at, bytes.AsSpan(at).IndexOf((byte)',') + 1).Fill((byte)' ');
        Assert.Equal(-0f, InMemory.Model<float>(bytes).Good().Parameters.Values[^1]);
        Assert.True(float.IsNegative(InMemory.Model<float>(bytes).Good().Parameters.Values[^1]));
    }

    [Fact]
    public void A_layer_of_ones_own_needs_a_vocabulary()
    {
        var model = new Network(2, [new Opaque(new Tanh()) { Name = "mine" }, new Dense(2)]).Initialize(1);
        Assert.Equal(
            $"{folder["o"]}: Opaque is not in the vocabulary that the file is written with: give it one that has it, "
                + $"Vocabulary.Standard.With(Term.Layer(\"Opaque\", new …)) for a layer",
            model.Save(folder["o"]).Fault());
        Assert.Empty(folder.Entries);
        var vocabulary =
            Vocabulary.Standard.With(Term.Layer("Opaque", new Opaque(new Relu()))
                .With("inner", layer => layer.Inner, (layer, inner) => layer with { Inner = inner }));
        model.Save(folder["o"], vocabulary).Good();
        Assert.Equal(model, Model.Load<float>(folder["o"], vocabulary).Good());
        Assert.EndsWith(
            ", network.layers[0]: found \"Opaque\", which is not in the vocabulary: a record of your own is read with the vocabulary "
                + "that it was written with", Model.Load<float>(folder["o"]).Fault(), StringComparison.Ordinal);
        Assert.DoesNotContain("model ", model.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_version_is_the_assembly_s() => Assert.Equal(LibraryVersion.Text, typeof(Layer).Assembly.GetName().Version!.ToString(3));

    private static void ComesBack<T>(TrainingCase run)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var state = run.Trained<T>();
        var bytes = InMemory.Bytes(state);
        var loaded = InMemory.State<T>(bytes).Good();
        StateBits.AssertSame(state, loaded);
        Assert.Equal(state, loaded);
        Assert.Equal(state.Recipe, loaded.Recipe);
        Assert.Equal(state.Model, InMemory.Model<T>(bytes).Good());
    }

    private static void Resumes<T>(TrainingCase run)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        const int More = 2;
        var straight = run.Start<T>().Epochs(run.Batches<T>(), run.Loss, run.Parallelism).Take(run.Epochs + More).ToArray();
        var saved = InMemory.Bytes(straight[Math.Min(run.Epochs, straight.Length) - 1]);
        var resumed = InMemory.State<T>(saved).Good().Epochs(run.Batches<T>(), run.Loss, run.Parallelism).Take(More).ToArray();
        Assert.Equal(Math.Max(0, straight.Length - run.Epochs), resumed.Length);
        foreach (var (expected, actual) in straight.Skip(run.Epochs).Zip(resumed))
        {
            StateBits.AssertSame(expected, actual);
            Assert.Equal(expected.Recipe, actual.Recipe);
        }
    }
}

/// <summary>Files in memory.</summary>
internal static class InMemory
{
    public const string Path = "memory.safetensors";

    public static byte[] Bytes<T>(TrainingState<T> state)
        where T : unmanaged, IFloatingPointIeee754<T> => Bytes(stream => StoredModel.Write(stream, state, Vocabulary.Standard));

    public static byte[] Bytes<T>(Model<T> model)
        where T : unmanaged, IFloatingPointIeee754<T> => Bytes(stream => StoredModel.Write(stream, model, Vocabulary.Standard));

    public static byte[] Bytes(Pipeline<float> pipeline) => Bytes(stream => StoredPipeline.Write(stream, pipeline, Vocabulary.Standard));

    public static byte[] Bytes(SafeTensors content) => Bytes(stream => SafeTensorsFile.Write(stream, content));

    public static Either<Error, TrainingState<T>> State<T>(byte[] bytes)
        where T : unmanaged, IFloatingPointIeee754<T> =>
            FileErrors.Guarded(Path, "read", () => StoredModel.ReadState<T>(new MemoryStream(bytes), Vocabulary.Standard));

    public static Either<Error, Model<T>> Model<T>(byte[] bytes)
        where T : unmanaged, IFloatingPointIeee754<T> =>
            FileErrors.Guarded(Path, "read", () => StoredModel.ReadModel<T>(new MemoryStream(bytes), Vocabulary.Standard));

    public static SafeTensors Tensors(byte[] bytes) =>
        FileErrors.Guarded(Path, "read", () => SafeTensorsFile.Read(new MemoryStream(bytes))).Good();

    private static byte[] Bytes(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return stream.ToArray();
    }
}
