using Microsoft.Extensions.Logging;

namespace FunctionalNN.Tests;

/// <summary>What each verb over a sequence of states does at its edges, to the word.</summary>
public class VerbTests
{
    private static readonly CategoricalCrossEntropy Loss = new();
    private static readonly DataSet<float> Spiral = Generate.Spiral(samples: 10, classes: 2, seed: 0);
    private static readonly TrainingState<float> Start =
        new Network(2, [new Dense(4), new Relu(), new Dense(2), new Softmax()]).Initialize(1).Train(new Sgd(0.1), seed: 3);

    private static IEnumerable<TrainingState<float>> Run => Start.Epochs(Spiral.Shuffled(4), Loss);

    private static string Reason(TrainingState<float> state) => state.Stopped.Match(reason => reason, () => "none");

    [Fact]
    public void Best_closes_with_the_state_of_least_metric()
    {
        double[] values = [3, 1, 2];
        var states = Run.Take(3).Best(state => values[state.Epoch - 1]).ToArray();
        Assert.Equal([1, 2, 3, 2], states.Select(state => state.Epoch));
        Assert.Equal("best state, epoch 2: the sequence ended", Reason(states[^1]));
        Assert.Equal(states[1], states[^1] with { Stopped = states[1].Stopped });
    }

    [Fact]
    public void Verbs_with_a_metric_of_their_own_say_who_misses_the_validation()
    {
        const string Rest =
            " watches the validation loss, but the states were not validated: put .Validate(heldOut) before it, or give it a metric";
        Assert.Equal("StopEarly" + Rest, Assert.Throws<InvalidOperationException>(() => Run.Take(1).StopEarly(1).Last()).Message);
        Assert.Equal("Best" + Rest, Assert.Throws<InvalidOperationException>(() => Run.Take(1).Best().Last()).Message);
    }

    [Fact]
    public void A_metric_that_was_not_measured_is_worse_than_any_number() =>
        Assert.Equal("best state, epoch 1: no improvement in 2 epochs",
            Reason(Run.StopEarly(2, metric: Watched.ValidationErrorRate).Take(9).Last()));

    [Fact]
    public void Wrong_settings_are_refused_at_once_with_what_was_expected()
    {
        AssertOutOfRange("the patience is 0 epochs, expected 1 or more", () => Run.StopEarly(0));
        AssertOutOfRange("the minimum change is -0.1, expected 0 or more", () => Run.StopEarly(1, -0.1));
        AssertOutOfRange("the minimum change is NaN, expected 0 or more", () => Run.StopEarly(1, double.NaN));
        AssertOutOfRange("the time is 00:00:00, expected more than 00:00:00", () => Run.Within(TimeSpan.Zero));
        AssertOutOfRange("one of 0 epochs cannot be logged, expected 1 or more", () => Run.Log(new LoggedLines(), every: 0));
    }

    private static void AssertOutOfRange(string message, Func<object> call) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentOutOfRangeException>(call).Message, StringComparison.Ordinal);

    [Fact]
    public void Within_finishes_the_epoch_in_which_the_time_runs_out()
    {
        var clock = new ManualClock();
        var states = Run.Do(_ => clock.Pass(TimeSpan.FromSeconds(4))).Within(TimeSpan.FromSeconds(10), clock);
        foreach (var _ in Enumerable.Range(0, 2))
        {
            // The second pass counts its own time.
            var reached = states.ToArray();
            Assert.Equal([1, 2, 3, 3], reached.Select(state => state.Epoch));
            Assert.Equal("the time of 00:00:10 was up after epoch 3", Reason(reached[^1]));
        }

        Assert.Equal([1, 2], states.Take(2).Select(state => state.Epoch));
    }

    [Fact]
    public void Within_and_Until_behind_StopEarly_close_with_its_best()
    {
        double[] values = [3, 1, 2, 2.5, 2];
        var clock = new ManualClock();
        var timed = Run.Do(_ => clock.Pass(TimeSpan.FromSeconds(4))).StopEarly(9, metric: state => values[state.Epoch - 1])
            .Within(TimeSpan.FromSeconds(15), clock).ToArray();
        Assert.Equal([1, 2, 3, 4, 2], timed.Select(state => state.Epoch));
        Assert.Equal("best state, epoch 2: the time of 00:00:15 was up after epoch 4", Reason(timed[^1]));

        using var cancellation = new CancellationTokenSource();
        var cancelled = Run.StopEarly(9, metric: state => values[state.Epoch - 1]).Until(cancellation.Token).Do(state =>
        {
            if (state.Epoch == 3)
            {
                cancellation.Cancel();
            }
        }).ToArray();
        Assert.Equal([1, 2, 3, 2], cancelled.Select(state => state.Epoch));
        Assert.Equal("best state, epoch 2: cancelled after epoch 3", Reason(cancelled[^1]));
    }

    [Fact]
    public void Until_gives_an_epoch_up_in_its_middle_and_nothing_is_lost()
    {
        using var cancellation = new CancellationTokenSource();
        var rows = new CancellingRows(Spiral.Inputs, after: 20 + 20 + 9, cancellation);
        var states = Start.Epochs(new DataSet<float>(rows, Spiral.Targets).Shuffled(4), Loss).Validate(Spiral).Take(50)
            .Until(cancellation.Token).ToArray();
        Assert.Equal([1, 2, 2], states.Select(state => state.Epoch));
        Assert.Equal("cancelled in epoch 3, after 3 of 5 batches: this is the state before it", Reason(states[^1]));
        StateBits.AssertSame(states[1], states[^1]);
        Assert.Equal(states[1].Validation, states[^1].Validation);

        var goneOn = states[^1].Epochs(Spiral.Shuffled(4), Loss).Take(2).ToArray();
        StateBits.AssertSame(Run.Take(4).Last(), goneOn[^1]);
        Assert.All(goneOn, state => Assert.True(state.Stopped.IsNone));
    }

    [Fact]
    public void A_run_that_is_cancelled_in_its_first_epoch_gives_the_state_that_it_began_with()
    {
        using var cancellation = new CancellationTokenSource();
        var data = new DataSet<float>(new CancellingRows(Spiral.Inputs, after: 1, cancellation), Spiral.Targets);
        var states = Start.Epochs(data.Shuffled(4), Loss).Validate(Spiral).StopEarly(3).Until(cancellation.Token).ToArray();
        var only = Assert.Single(states);
        Assert.Equal("cancelled in epoch 1, after 1 of 5 batches: this is the state before it", Reason(only));
        Assert.Equal(Start.Model, only.Model);
        Assert.Equal("cancelled before the first epoch",
            Reason(Assert.Single(Start.Epochs(data.Shuffled(4), Loss).Best().Until(cancellation.Token))));
    }

    [Fact]
    public void Until_looks_after_each_state_of_what_is_no_run()
    {
        using var cancellation = new CancellationTokenSource();
        var states = Run.Where(state => state.Epoch > 0).Until(cancellation.Token).Do(state =>
        {
            if (state.Epoch == 2)
            {
                cancellation.Cancel();
            }
        }).ToArray();
        Assert.Equal([1, 2, 2], states.Select(state => state.Epoch));
        Assert.Equal("cancelled after epoch 2", Reason(states[^1]));
    }

    [Fact]
    public void Log_writes_epochs_and_ends_with_structured_fields()
    {
        var log = new LoggedLines();
        var states = Run.Take(4).Validate(Spiral).Best().Log(log, every: 2).ToArray();
        Assert.Equal([2, 4, states[^1].Epoch], log.Entries.Select(entry => (int)entry.Fields["Epoch"]!));
        var (level, text, fields) = log.Entries[0];
        Assert.Equal(LogLevel.Information, level);
        Assert.Equal((states[1].Step, 0.1, states[1].Training.Loss, states[1].Training.Accuracy),
            ((long)fields["Step"]!, (double)fields["LearningRate"]!, (double)fields["Loss"]!, (double)fields["Accuracy"]!));
        Assert.Equal(states[1].Validation.Map(metrics => metrics.Loss), (double)fields["ValidationLoss"]!);
        Assert.StartsWith("epoch 2, step 10, rate 0.1: loss 0.", text, StringComparison.Ordinal);
        Assert.Equal(
            $"ended with epoch {states[^1].Epoch}, step {states[^1].Step}: best state, epoch {states[^1].Epoch}: the sequence ended",
            log.Entries[^1].Text);
    }

    [Fact]
    public void Log_writes_a_divergence_as_an_error()
    {
        var log = new LoggedLines(LogLevel.Warning);
        var data = new DataSet<float>(Matrix.Column(1f, float.NaN), new RealTargets<float>(Matrix.Column(0f, 1)));
        var states = new Network(1, [new Dense(1)]).Initialize(0).Train(new Sgd(0.1)).Epochs(data.InOrder(1), new MeanSquaredError())
            .Log(log).ToArray();
        var (level, text, fields) = Assert.Single(log.Entries);
        Assert.Equal((LogLevel.Error, 1L, "inputs", "value"),
            (level, (long)fields["Step"]!, (string)fields["Layer"]!, (string)fields["Quantity"]!));
        Assert.StartsWith("diverged after epoch 0 at step 1", text, StringComparison.Ordinal);
        Assert.Single(states);
    }

    [Fact]
    public void A_batch_that_is_larger_than_the_data_is_one_batch_of_all() => Assert.Equal(
        Start.Epochs(Spiral.InOrder(20), Loss).Take(2).Last().Model, Start.Epochs(Spiral.InOrder(1000), Loss).Take(2).Last().Model);

    [Fact]
    public void No_rows_and_no_batch_size_are_refused()
    {
        Assert.Equal("the data has no rows: there is nothing to learn from",
            Assert.Throws<ArgumentException>(() => Start.Epochs(Spiral.Take(0).Shuffled(4), Loss)).Message);
        Assert.StartsWith("the batch size is 0, expected 1 or more",
            Assert.Throws<ArgumentOutOfRangeException>(() => Spiral.Shuffled(0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Training_on_from_a_state_that_closed_a_sequence_is_not_closed()
    {
        var closed = Run.Take(2).Best(Watched.TrainingLoss).Last();
        Assert.True(closed.Stopped.IsSome);
        Assert.All(closed.Epochs(Spiral.Shuffled(4), Loss).Take(2), state => Assert.True(state.Stopped.IsNone));
        Assert.True(closed.Run(Spiral.InOrder(4).Epoch(default, 0), Loss).Stopped.IsNone);
    }
}
