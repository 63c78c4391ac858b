using FsCheck.Xunit;

namespace FunctionalNN.Tests;

[Properties(Arbitrary = [typeof(TrainingGenerators)])]
public sealed class VerificationTests : IDisposable
{
    private static readonly DataSet<float> Data = Generate.Spiral(60, 3, seed: 1);
    private static readonly Network Network =
        new(2, [new Dense(8), new BatchNormalization(), new Relu(), new Dropout(0.2), new Dense(3), new Softmax()]);
    private readonly TemporaryFolder folder = new();

    private static TrainingState<float> State =>
        Network.Initialize(7).Train(new Adam(0.02), seed: 3).Epochs(Data.Shuffled(16), new CategoricalCrossEntropy()).ElementAt(2);

    public void Dispose() => folder.Dispose();

    [Property(MaxTest = 40)]
    public void Any_run_is_verified_by_its_file(TrainingCase run)
    {
        var state = run.Trained<double>();
        var verdict = InMemory.State<double>(InMemory.Bytes(state)).Good()
            .Verify(run.Data.Create<double>(), parallelism: new Parallelism(1));
        Assert.True(verdict.IsSame, verdict.ToString());
    }

    [Fact]
    public void A_state_from_a_file_is_verified()
    {
        State.Save(folder["s"]).Good();
        Assert.Equal(
            "verified: 3 epochs on the same data gave the same bits in all 83 numbers of the model and in 2 vectors of moments",
            TrainingState.Load<float>(folder["s"]).Good().Verify(Data).ToString());
    }

    [Fact]
    public void A_run_on_rows_that_were_changed_at_random_is_verified()
    {
        var state = Network.Initialize(7).Train(new Adam(0.02), seed: 3)
            .Epochs(Data.Shuffled(16).Augmented(new RandomNoise(0.1)), new CategoricalCrossEntropy()).ElementAt(2);
        state.Save(folder["s"]).Good();
        var verdict = TrainingState.Load<float>(folder["s"]).Good().Verify(Data);
        Assert.True(verdict.IsSame, verdict.ToString());
        Assert.NotEqual(State.Model, state.Model);
    }

    [Fact]
    public void What_is_not_the_same_is_named()
    {
        Assert.Equal("the state has no recipe: only Epochs, from a state at step 0, writes one, and only of data that can be read again",
            Network.Initialize(7).Train(new Adam()).Verify(Data).Reason);
        var other = Generate.Spiral(60, 3, seed: 2);
        Assert.Equal($"the data is another: its hash is {other.ContentHash[..12]}…, the run learned from {Data.ContentHash[..12]}…",
            State.Verify(other).Reason);
        Assert.Equal($"the held-out data is another: its hash is {other.ContentHash[..12]}…, the run had none",
            State.Verify(Data, other).Reason);
        var touched =
            State with
            {
                Model =
                State.Model.With("dense2", "bias", State.Model.Parameters["dense2", "bias"].Map(x => MathF.BitIncrement(x)))
            };
        Assert.Matches("training anew gave other bits: the first parameter that differs is \\[\"dense2\", \"bias\"\\] at 0, ",
            touched.Verify(Data).Reason);
        Assert.Matches("training anew gave other bits: the first parameter that differs is \\[\"dense1\", \"weights\"\\] at 0, ",
            (State with { Key = new Key(4) }).Verify(Data).Reason);
        Assert.False(touched.Verify(Data).IsSame);
    }

    [Fact]
    public void A_run_that_began_elsewhere_is_verified_from_there()
    {
        var start = new Network(2, [new Normalization(), .. Network.Layers]).Initialize(1).Adapt(Data);
        var state = start.Train(new Adam()).Epochs(Data.InOrder(20), new CategoricalCrossEntropy(), heldOut: Data).ElementAt(1);
        Assert.Equal("the run began with a model whose numbers no seed gives: pass it as start", state.Verify(Data, Data).Reason);
        Assert.True(state.Verify(Data, Data, start).IsSame);
        Assert.False(state.Verify(Data, Data, start.With("dense1", "bias", Matrix.Create<float>(1, 8, (_, _) => 1))).IsSame);
    }

    [Fact]
    public void Names_of_classes_come_from_the_data()
    {
        var labels = (ClassLabels)Data.Targets;
        var named = new DataSet<float>(Data.Inputs, new ClassLabels(labels.Values, 3, "a", "b", "c"));
        Assert.Equal("a b c",
            string.Join(' ',
                Network.Initialize(1).Train(new Adam()).Epochs(named.InOrder(20), new CategoricalCrossEntropy()).First().Model.LabelNames));
        Assert.Empty(State.Model.LabelNames);
    }

    [Fact]
    public void Equal_models_have_one_hash_and_others_another()
    {
        var model = Network.Initialize(7);
        var hash = model.ContentHash();
        Assert.Matches("^[0-9a-f]{64}$", hash);
        Assert.Equal(hash, Network.Initialize(7).ContentHash());
        Assert.EndsWith($"model {hash[..12]}", model.ToString(), StringComparison.Ordinal);
        Model<float>[] others =
        [
            Network.Initialize(8),
            model.With("dense1", "bias", Matrix.Create<float>(1, 8, (_, column) => column == 7 ? -0f : 0)),
            new(new Network(2, [.. Network.Layers.Replace(new Dropout(0.2), new Dropout(0.3))]), model.Parameters, model.Statistics),
            State.Model,
        ];
        Assert.Equal(5, others.Select(other => other.ContentHash()).Append(hash).Distinct().Count());
        Assert.NotEqual(hash, Network.Initialize<double>(7).ContentHash());
        Assert.StartsWith("Opaque is not in the vocabulary",
            Assert.Throws<ArgumentException>(() => new Network(1, [new Opaque(new Relu())]).Initialize(1).ContentHash()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_numbers_have_one_hash_however_they_are_kept()
    {
        var bytes = new DataSet<float>(new ByteRows<float>(new byte[] { 0, 255, 7, 1, 2, 3 }, 2), new ClassLabels([0, 1, 1], 2));
        Assert.Equal(bytes.ContentHash, bytes.InMemory().ContentHash);
        Assert.Equal(bytes.ContentHash, bytes.Pick([0, 1, 2]).ContentHash);
        DataSet<float>[] others =
        [
            bytes, bytes.Pick([0, 2, 1]), bytes.Take(2), bytes.Weighted<float>([1, 1, 1]), new(bytes.Inputs, new ClassLabels([0, 1, 1], 3)),
            new(bytes.Inputs, new ClassLabels([0, 1, 0], 2)),
            new(bytes.Inputs, new RealTargets<float>(Matrix.Create<float>(3, 1, [0, 1, 1]))),
            new(new ByteRows<float>(new byte[] { 0, 255, 7, 1, 2, 3 }, 2, shift: 1), bytes.Targets),
        ];
        Assert.Equal(others.Length, others.Select(other => other.ContentHash).Distinct().Count());
    }
}
