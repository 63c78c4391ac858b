namespace FunctionalNN.Tests;

/// <summary>A run that diverged names the rows of the data set that made it, and is replayed from its last good state.</summary>
public class AutopsyTests
{
    private static readonly MeanSquaredError Loss = new();

    private static readonly DataSet<float> Line = Data(row => row / 40f);

    private static DataSet<float> Data(Func<int, float> x, Func<int, float>? y = null) => new(
        Matrix.Create(40, 1, (row, _) => x(row)),
        new RealTargets<float>(Matrix.Create(40, 1, (row, _) => y is null ? 2 * row / 40f : y(row))));

    private static Network Network { get; } = new(1, [new Dense(8), new Tanh(), new Dense(1)]);

    private static Divergence Of(TrainingState<float> state) =>
        state.Divergence.Match(found => found, () => throw new InvalidOperationException("it went on"));

    private static int[] RowsOf(TrainingState<float> state) => [.. Of(state).Rows];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void One_bad_row_is_named_by_its_number_in_the_data_set(bool isShuffled)
    {
        var data = Data(row => row == 23 ? float.NaN : row / 40f);
        var last = Network.Initialize(1).Train(new Adam(0.01), seed: 2).Epochs(isShuffled ? data.Shuffled(8) : data.InOrder(8), Loss)
            .Last();
        Assert.Equal([23], RowsOf(last));
        Assert.Equal(("inputs", "value"), (Of(last).Layer, Of(last).Quantity));
        Assert.StartsWith($"step {last.Step}, row 23: inputs value is NaN", Of(last).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void So_are_bad_targets_and_more_rows_than_one()
    {
        var last = Network.Initialize(1).Train(new Adam(0.01))
            .Epochs(Data(row => row / 40f, row => row is 9 or 12 ? float.NegativeInfinity : 0).InOrder(8), Loss).Last();
        Assert.Equal(("targets", 1L, "9, 12"), (Of(last).Layer, Of(last).Step, string.Join(", ", Of(last).Rows)));
    }

    [Fact]
    public void An_overflowing_loss_names_the_row_that_made_it()
    {
        var last = Network.Initialize(1).Train(new Sgd(1e-30))
            .Epochs(Data(row => row / 40f, row => row == 17 ? 1e30f : 0).Shuffled(8), Loss).Last();
        Assert.Equal(("loss", "value", double.PositiveInfinity), (Of(last).Layer, Of(last).Quantity, Of(last).Value));
        Assert.Equal([17], RowsOf(last));
    }

    [Fact]
    public void An_overflowing_moment_names_the_row_whose_own_gradient_does_it()
    {
        var model = new Network(1, [new Dense(1)]).Initialize(0).With("dense1", "weights", Matrix.Row(0f));
        var last = model.Train(new Adam()).Epochs(Data(row => row == 30 ? 1e25f : 1).InOrder(8), new MeanAbsoluteError()).Last();
        Assert.Equal(("dense1", "weights moment 2"), (Of(last).Layer, Of(last).Quantity));
        Assert.Equal([30], RowsOf(last));
    }

    [Fact]
    public void A_sum_that_overflows_by_all_rows_together_names_the_batch()
    {
        var model = new Network(1, [new Dense(1) { BiasInitializer = Initializer.Value(3e38) }]).Initialize(0)
            .With("dense1", "weights", Matrix.Row(0f));
        var last = model.Train(new Sgd(3e38)).Epochs(Data(_ => 0, _ => 3.3e38f).InOrder(4), new MeanAbsoluteError()).Last();
        Assert.Equal(("dense1", "bias after the update"), (Of(last).Layer, Of(last).Quantity));
        Assert.Equal([0, 1, 2, 3], RowsOf(last));
    }

    [Fact]
    public void Where_rows_are_not_independent_a_sum_names_the_batch()
    {
        var network = new Network(1, [new BatchNormalization(), new Dense(1)]);
        var last = network.Initialize(0).Train(new Sgd(0.1)).Epochs(Data(row => row == 30 ? 1e25f : 1).InOrder(8), Loss).Last();
        Assert.Equal("batchNormalization1", Of(last).Layer);
        Assert.Equal(Enumerable.Range(24, 8), RowsOf(last));
    }

    [Fact]
    public void A_batch_made_by_hand_counts_its_own_rows()
    {
        var batch = new Batch<float>(Matrix.Column(1f, float.NaN, 3), new RealTargets<float>(Matrix.Column(0f, 1, 2)));
        Assert.Equal([1], RowsOf(Network.Initialize(1).Train(new Sgd(0.1)).Step(batch, Loss)));
    }

    [Fact]
    public void A_replay_with_nothing_changed_diverges_again_at_the_same_number()
    {
        var data = Data(row => row == 23 ? float.NaN : row / 40f).Shuffled(8);
        var diverged = Network.Initialize(1).Train(new Adam(0.01), seed: 2).Epochs(data, Loss).Last();
        StateBits.AssertSame(diverged, Assert.Single(diverged.Replay(data, Loss)));
    }

    [Fact]
    public void A_replay_with_the_row_corrected_is_the_run_that_would_have_been()
    {
        var diverged = Network.Initialize(1).Train(new Adam(0.01), seed: 2)
            .Epochs(Data(row => row == 23 ? float.NaN : row / 40f).Shuffled(8), Loss).Last();
        var whole = Network.Initialize(1).Train(new Adam(0.01), seed: 2).Epochs(Line.Shuffled(8), Loss, heldOut: Line).Take(4).ToArray();
        var replayed = diverged.Replay(Line.Shuffled(8), Loss, heldOut: Line).Take(4).ToArray();
        Assert.All(whole.Zip(replayed), pair => StateBits.AssertSame(pair.Item1, pair.Item2));
        Assert.All(replayed, state => Assert.True(state.Stopped.IsNone && state.Divergence.IsNone && state.Validation.IsSome));
    }

    [Fact]
    public void A_replay_that_is_cancelled_in_its_epoch_can_be_replayed_again()
    {
        var diverged = Network.Initialize(1).Train(new Adam(0.01), seed: 2)
            .Epochs(Data(row => row == 23 ? float.NaN : row / 40f).InOrder(8), Loss).Last();
        using var cancellation = new CancellationTokenSource();
        var rows = new DataSet<float>(new CancellingRows(Line.Inputs, after: 9, cancellation), Line.Targets);
        var stopped = Assert.Single(diverged.Replay(rows.InOrder(8), Loss).Until(cancellation.Token));
        Assert.Equal("cancelled in epoch 1, after 4 of 5 batches: this is the state before it", stopped.Stopped.IfNone(""));
        StateBits.AssertSame(diverged.Replay(Line.InOrder(8), Loss).Take(2).Last(), stopped.Replay(Line.InOrder(8), Loss).Take(2).Last());
    }

    [Fact]
    public void A_rate_that_was_too_high_is_replayed_with_another()
    {
        var start = Network.Initialize(1).Train(new Sgd(0.05), seed: 2).Epochs(Line.Shuffled(8), Loss).Take(3).Last();
        var diverged = (start with { Optimizer = new Sgd(1e38) }).Epochs(Line.Shuffled(8), Loss).Last();
        Assert.InRange(diverged.Step, start.Step, start.Step + 8);
        Assert.NotEmpty(Of(diverged).Rows);

        // The first step at that rate made weights of 10^37, from which no rate leads back; the state before leads on.
        var replayed = (diverged with { Model = start.Model }).Replay(Line.Shuffled(8), Loss, learningRate: 0.05).Take(60).Last();
        Assert.True(replayed.Divergence.IsNone);
        Assert.InRange(replayed.Training.Loss, 0, 0.02);
        Assert.Equal(0.05, replayed.LearningRate);
    }

    [Fact]
    public void A_rate_that_overflows_in_one_step_goes_on_from_the_state_before_it()
    {
        // The very first update overflows, so the last good state is as good as new.
        var diverged = Network.Initialize(1).Train(new Sgd(float.MaxValue * 2.0), seed: 2).Epochs(Line.Shuffled(8), Loss).Last();
        Assert.Equal((0L, "dense1"), (diverged.Step, Of(diverged).Layer));
        Assert.EndsWith("after the update", Of(diverged).Quantity, StringComparison.Ordinal);
        var replayed = diverged.Replay(Line.Shuffled(8), Loss, learningRate: 0.05).Take(60).Last();
        StateBits.AssertSame(Network.Initialize(1).Train(new Sgd(0.05), seed: 2).Epochs(Line.Shuffled(8), Loss).Take(60).Last(), replayed);
    }

    [Fact]
    public void What_cannot_be_replayed_says_why()
    {
        var start = Network.Initialize(1).Train(new Adam(0.01), seed: 2);
        Assert.Equal("the state has not diverged, so there is no batch to replay: go on with Epochs",
            Assert.Throws<ArgumentException>(() => start.Replay(Line.Shuffled(8), Loss)).Message);
        var diverged = start.Epochs(Data(row => row == 23 ? float.NaN : row / 40f).InOrder(8), Loss).Last();
        Assert.Equal(
            "the run had done 16 rows of its epoch when it diverged, and batches of 7, in order, of 40 rows of 1 inputs, 40 × 1 targets "
                + "cannot have been there: give the batches that it ran over",
            Assert.Throws<ArgumentException>(() => diverged.Replay(Line.InOrder(7), Loss)).Message);
        Assert.Throws<ArgumentException>(() => diverged.Replay(Line.InOrder(8), Loss, learningRate: -1));
        Assert.Contains("the data has no rows",
            Assert.Throws<ArgumentException>(() => diverged.Replay(Line.Take(0).InOrder(8), Loss)).Message, StringComparison.Ordinal);
    }
}
