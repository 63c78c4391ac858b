namespace FunctionalNN.Tests;

/// <summary>What a run must know of its data, wherever its batches come from.</summary>
public sealed class StreamTrainingTests : IDisposable
{
    private const string Refused =
        "a network is fitted on training data, and this is the test part of a split: give it the training part (data.AsTraining() lifts "
            + "the mark, where that is truly meant)";
    private static readonly CategoricalCrossEntropy Loss = new();
    private static readonly DataSet<float> Spiral = Labelled(Generate.Spiral(20, 3, seed: 1));
    private readonly TemporaryFolder folder = new();

    private static TrainingState<float> Start =>
        new Network(2, [new Dense(8), new Relu(), new Dense(3), new Softmax()]).Initialize(1).Train(new Adam(0.01), seed: 2);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Held_out_rows_are_refused_wherever_they_come_from_with_one_message()
    {
        var (_, test) = Spiral.Split(0.3, seed: 1);
        var (batches, stream) = (test.InOrder(5), StreamedRows.Of(test).InOrder(5));
        Func<object>[] ways =
        [
            () => Start.Epochs(batches, Loss),
            () => Start.Epochs(stream, Loss),
            () => Start.Run(batches.Epoch(default, 0), Loss),
            () => Start.Run(stream.Epoch(default, 0), Loss),
            () => Start.Run(batches.Epoch(default, 0).ToArray(), Loss),
            () => batches.Epoch(default, 0).Aggregate(Start, Train.Step<float>(Loss)),
            () => stream.Epoch(default, 0).Aggregate(Start, Train.Step<float>(Loss)),
            () => Start.Run(StreamedRows.Of(() => batches.Epoch(default, 0)).InOrder(7).Epoch(default, 0), Loss),
            () => LearningRateRange.Test(Start, batches, Loss),
        ];
        Assert.All(ways, way => Assert.Equal(Refused, Assert.Throws<ArgumentException>(way).Message));
        Start.Run(test.AsTraining().InOrder(5).Epoch(default, 0), Loss);
    }

    [Fact]
    public void A_model_that_learned_from_a_stream_is_not_measured_on_a_part_of_its_rows()
    {
        var (_, test) = Spiral.Split(0.3, seed: 1);
        TrainingState<float>[] states =
        [
            Start.Epochs(StreamedRows.Of(Spiral).InOrder(8), Loss).First(),
            Start.Run(StreamedRows.Of(Spiral).Shuffled(8, window: 20).Epoch(default, 0), Loss),
            Start.Step(Spiral.InOrder(8).Epoch(default, 0)[0], Loss),
            Start.Run(Spiral.InOrder(8).Epoch(default, 0).Take(2), Loss),
        ];
        Assert.All(states, state => Assert.StartsWith(
            "the model has learned from all rows, this test part among them",
            Assert.Throws<ArgumentException>(() => state.Model.Evaluate(test, Loss)).Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Until_ends_an_epoch_of_a_stream_in_its_middle_and_nothing_is_lost()
    {
        using var cancellation = new CancellationTokenSource();
        var rows = 0;
        var counted = StreamedRows.Of(() => StreamedRows.Of(Spiral).InOrder(1).Epoch(default, 0).Select(piece =>
        {
            if (++rows == 60 + 60 + 9)
            {
                cancellation.Cancel();
            }

            return piece;
        }));
        var states = Start.Epochs(counted.InOrder(4), Loss).Take(50).Until(cancellation.Token).ToArray();
        Assert.Equal([1, 2, 2], states.Select(state => state.Epoch));
        Assert.Equal("cancelled in epoch 3, after 3 batches: this is the state before it", states[^1].Stopped.IfNone(""));
        var expected = Start.Epochs(Spiral.InOrder(4), Loss).ElementAt(3);
        var goneOn = states[^1].Epochs(counted.InOrder(4), Loss).ElementAt(1);
        StateBits.AssertSame(expected, goneOn);
        Assert.Equal(expected, goneOn);
    }

    [Fact]
    public void A_saved_state_of_a_stream_has_names_and_is_verified_by_its_recipe()
    {
        var weighted = Spiral.Weighted<float>([.. Enumerable.Range(0, Spiral.Count).Select(i => 1f + (i % 3))]);
        foreach (var data in new[] { Spiral, weighted })
        {
            var stream = StreamedRows.Of(() => data.InOrder(7).Epoch(default, 0));
            foreach (var batches in new[] { stream.InOrder(8), stream.Shuffled(8, window: 20),
                StreamedRows.Of(data).Shuffled(8, window: 20) })
            {
                Start.Epochs(batches, Loss).ElementAt(1).Save(folder["s"]).Good();
                var state = TrainingState.Load<float>(folder["s"]).Good();
                Assert.Equal("ash birch cedar", string.Join(' ', state.Model.LabelNames));
                Assert.Equal("verified", state.Verify(data).ToString()[..8]);
            }
        }
    }

    [Fact]
    public void A_stream_that_cannot_be_read_again_leaves_a_state_without_recipe_that_can_be_saved()
    {
        var isGone = false;
        var stream = StreamedRows.Of(() => isGone ? throw new InvalidDataException("gone") : Spiral.InOrder(7).Epoch(default, 0));
        var state = Start.Epochs(stream.InOrder(8), Loss).First();
        isGone = true;
        Assert.True(state.Recipe.IsNone);
        state.Save(folder["s"]).Good();
    }

    [Fact]
    public void A_last_batch_that_is_too_small_for_a_layer_is_refused_on_every_way()
    {
        var start = new Network(2, [new Dense(4), new BatchNormalization(), new Dense(3), new Softmax()]).Initialize(1)
            .Train(new Adam(0.01));
        var data = Spiral.Take(9);
        Func<object>[] ways =
        [
            () => start.Epochs(data.InOrder(4), Loss),
            () => start.Epochs(StreamedRows.Of(data).InOrder(4), Loss).First(),
            () => start.Run(data.InOrder(4).Epoch(default, 0), Loss),
            () => start.Run(data.InOrder(4).Epoch(default, 0).ToArray(), Loss),
            () => data.InOrder(4).Epoch(default, 0).Aggregate(start, Train.Step<float>(Loss)),
        ];
        Assert.All(ways, way => Assert.Matches("choose (a|another) batch size", Assert.Throws<ArgumentException>(way).Message));
    }

    [Fact]
    public void A_range_test_on_a_stream_is_that_in_memory() => Assert.Equal(
        LearningRateRange.Test(Start, Spiral.InOrder(8), Loss),
        LearningRateRange.Test(Start, StreamedRows.Of(Spiral).InOrder(8), Loss));

    private static DataSet<float> Labelled(DataSet<float> data) =>
        new(data.Inputs, new ClassLabels(((ClassLabels)data.Targets).Values, 3, "ash", "birch", "cedar"));
}
