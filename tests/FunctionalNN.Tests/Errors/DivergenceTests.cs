namespace FunctionalNN.Tests;

/// <summary>NaN or infinity ends a run with a value that says where, holding the last good state.</summary>
public class DivergenceTests
{
    private const int BatchSize = 4;

    private static readonly CategoricalCrossEntropy Loss = new();

    private static readonly Network Network =
        new(2, [new Dense(6), new BatchNormalization(), new Relu(), new Dropout(0.2), new Dense(3), new Softmax()]);

    [Theory]
    [InlineData(0, float.NaN)]
    [InlineData(5, float.NaN)]
    [InlineData(11, float.PositiveInfinity)]
    [InlineData(19, float.NegativeInfinity)]
    public void A_planted_number_ends_the_run_at_its_step(int row, float planted)
    {
        var start = Network.Initialize(1).Train(new Adam(0.01), seed: 2);
        var batches = Planted(row, planted).InOrder(BatchSize).Epoch(default, 0);
        var good = row / BatchSize;
        var fold = batches.Take(good).Aggregate(start, Train.Step<float>(Loss));

        foreach (var reached in (TrainingState<float>[])[start.Run(batches, Loss), start.Run(batches.ToList(), Loss),
            batches.Aggregate(start, Train.Step<float>(Loss))])
        {
            var divergence = reached.Divergence.Match(found => found, () => throw new InvalidOperationException("it went on"));
            Assert.Equal(new Divergence(good, "inputs", "value", (row % BatchSize * 2) + 1, planted) { Rows = [row] }, divergence);
            Assert.Equal(good, reached.Step);
            Assert.Equal(fold, reached with { Divergence = fold.Divergence });
            Assert.Equal(fold.Model.Parameters.Values.ToArray(), reached.Model.Parameters.Values.ToArray());
            Assert.Equal(fold.Model.Statistics.Values.ToArray(), reached.Model.Statistics.Values.ToArray());
        }
    }

    [Fact]
    public void The_message_is_a_sentence_with_what_to_do() => Assert.Equal(
        "step 2, row 5: inputs value is NaN at position 1; this is the last good state: correct or leave out what is not finite in "
            + "the data",
        new Divergence(2, "inputs", "value", 1, double.NaN) { Rows = [5] }.ToString());

    [Fact]
    public void Many_rows_are_counted()
    {
        var divergence = new Divergence(2, "dense1", "output", 1, double.NaN);
        Assert.StartsWith("step 2: dense1 output is NaN at position 1; ", divergence.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("step 2, rows 7, 3 and 5: ", (divergence with { Rows = [7, 3, 5] }).ToString(), StringComparison.Ordinal);
        Assert.StartsWith("step 2, rows 0, 1, 2, 3, 4, 5, 6, 7 and 4 more: ",
            (divergence with { Rows = [.. Enumerable.Range(0, 12)] }).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_learning_rate_that_blows_up_names_step_layer_and_quantity()
    {
        var data = new DataSet<float>(Matrix.Column(1f, 2, 3, 4), new RealTargets<float>(Matrix.Column(2f, 4, 6, 8)));
        var start = new Network(1, [new Dense(4), new Dense(1)]).Initialize(3).Train(new Sgd(1e6));
        var states = start.Epochs(data.FullBatch(), new MeanSquaredError()).ToArray();
        var last = states[^1];
        var divergence = last.Divergence.Match(found => found, () => throw new InvalidOperationException("it went on"));
        Assert.Equal(last.Step, divergence.Step);
        Assert.InRange(last.Step, 1, 20);
        Assert.False(double.IsFinite(divergence.Value));
        Assert.Contains(divergence.Layer, (string[])["dense1", "dense2", "loss"]);
        Assert.All(states[..^1], state => Assert.True(state.Divergence.IsNone));
        Assert.All(last.Model.Parameters.Values.ToArray(), p => Assert.True(float.IsFinite(p)));

        var restarted = last with { Divergence = LanguageExt.Option<Divergence>.None, Model = start.Model, Optimizer = new Sgd(1e-2) };
        var trained = restarted.Epochs(data.FullBatch(), new MeanSquaredError()).Take(200).Last();
        Assert.True(trained.Divergence.IsNone);
        Assert.InRange(trained.Training.Loss, 0, 0.01);
    }

    [Fact]
    public void Epochs_end_by_themselves_with_the_diverged_state()
    {
        var states = Network.Initialize(1).Train(new Sgd(0.1)).Epochs(Planted(9, float.NaN).InOrder(BatchSize), Loss).ToArray();
        var last = Assert.Single(states);
        Assert.Equal((2, 0), (last.Step, last.Epoch));
        Assert.Empty(last.Epochs(Planted(9, float.NaN).InOrder(BatchSize), Loss));
        Assert.Contains("; diverged at step 2, row 9: inputs value is NaN at position 3", last.ToString());
    }

    [Fact]
    public void A_diverged_state_is_given_back_as_it_is()
    {
        var diverged = Network.Initialize(1).Train(new Sgd(0.1)).Epochs(Planted(9, float.NaN).InOrder(BatchSize), Loss).Last();
        var good = Data.InOrder(BatchSize).Epoch(default, 0);
        Assert.Same(diverged, diverged.Step(good[0], Loss));
        Assert.Same(diverged, diverged.Run(good, Loss));
        Assert.Same(diverged, diverged.Run(good.ToList(), Loss));
    }

    [Fact]
    public void Restarting_from_the_last_good_state_with_a_smaller_rate_works()
    {
        var diverged = Network.Initialize(1).Train(new Sgd(0.1)).Epochs(Planted(9, float.NaN).InOrder(BatchSize), Loss).Last();
        var again = diverged with { Divergence = LanguageExt.Option<Divergence>.None, Optimizer = new Sgd(0.01) };
        var reached = again.Epochs(Data.InOrder(BatchSize), Loss).Take(3).Last();
        Assert.True(reached.Divergence.IsNone);
        Assert.Equal(2 + 15, reached.Step);
    }

    [Fact]
    public void Validation_and_early_stopping_survive_a_divergence()
    {
        var states = Network.Initialize(1).Train(new Sgd(0.1)).Epochs(Planted(9, float.NaN).InOrder(BatchSize), Loss).Validate(Data)
            .StopEarly(3).ToArray();
        Assert.True(states[0].Divergence.IsSome);
    }

    /// <summary>A column whose variance overflows: the output is still finite, the running variance is not.</summary>
    [Fact]
    public void An_infinite_running_variance_is_named()
    {
        var model = new Network(1, [new BatchNormalization(), new Dense(1)]).Initialize(0);
        var batch = new Batch<float>(Matrix.Column(1e25f, -1e25f), new RealTargets<float>(Matrix.Column(0f, 0)));
        AssertDiverged(model.Train(new Sgd(0.1)).Step(batch, new MeanSquaredError()), 0, "batchNormalization1", "variance");
    }

    /// <summary>g² overflows in float, so Adam's second moment is infinite and the parameter would silently stand still for ever.</summary>
    [Fact]
    public void An_infinite_moment_is_named()
    {
        var model = new Network(1, [new Dense(1)]).Initialize(0).With("dense1", "weights", Matrix.Row(0f));
        var batch = new Batch<float>(Matrix.Row(1e25f), new RealTargets<float>(Matrix.Row(1f)));
        AssertDiverged(model.Train(new Adam()).Step(batch, new MeanAbsoluteError()), 0, "dense1", "weights");
    }

    [Fact]
    public void An_infinite_loss_is_named_with_its_value()
    {
        var model = new Network(1, [new Dense(1)]).Initialize(0).With("dense1", "weights", Matrix.Row(0f));
        var batch = new Batch<float>(Matrix.Row(1f), new RealTargets<float>(Matrix.Row(1e30f)));
        var diverged = model.Train(new Sgd(1e-30)).Step(batch, new MeanSquaredError());
        AssertDiverged(diverged, 0, "loss", "value");
        Assert.Equal(double.PositiveInfinity, diverged.Divergence.Match(found => found.Value, () => 0));
    }

    [Fact]
    public void A_target_of_NaN_is_named_as_a_target()
    {
        var batch = new Batch<float>(Matrix.Column(1f, 2), new RealTargets<float>(Matrix.Column(0f, float.NaN)));
        AssertDiverged(new Network(1, [new Dense(1)]).Initialize(0).Train(new Sgd(0.1)).Step(batch, new MeanSquaredError()), 0, "targets",
            "value");
    }

    [Fact]
    public void A_layer_that_overflows_is_named_with_its_output()
    {
        var model = new Network(1, [new Dense(1), new Dense(1)]).Initialize(0)
            .With("dense1", "weights", Matrix.Row(1e20f)).With("dense2", "weights", Matrix.Row(1e20f));
        var batch = new Batch<float>(Matrix.Row(1f), new RealTargets<float>(Matrix.Row(0f)));
        AssertDiverged(model.Train(new Sgd(0.1)).Step(batch, new MeanSquaredError()), 0, "dense2", "output");
    }

    [Fact]
    public void A_parameter_that_overflows_is_named_after_the_update()
    {
        var model = new Network(1, [new Dense(1) { BiasInitializer = Initializer.Value(3e38) }]).Initialize(0);
        var batch = new Batch<float>(Matrix.Row(0f), new RealTargets<float>(Matrix.Row(3.3e38f)));
        AssertDiverged(model.Train(new Sgd(3e38)).Step(batch, new MeanAbsoluteError()), 0, "dense1", "bias");
    }

    private static DataSet<float> Data { get; } = new(
        Matrix.Create(20, 2, (row, column) => (float)new Key(1).Normal((row * 2) + column)),
        new ClassLabels([.. Enumerable.Range(0, 20).Select(row => row % 3)], 3));

    private static DataSet<float> Planted(int row, float value)
    {
        var inputs = Data.InputsOf([.. Enumerable.Range(0, 20)]);
        return new DataSet<float>(Matrix.Create(20, 2, (r, c) => (r, c) == (row, 1) ? value : inputs[r, c]), Data.Targets);
    }

    private static void AssertDiverged(TrainingState<float> state, long step, string layer, string quantity)
    {
        var divergence = state.Divergence.Match(found => found, () => throw new InvalidOperationException("it went on"));
        Assert.Equal((step, layer), (divergence.Step, divergence.Layer));
        Assert.StartsWith(quantity, divergence.Quantity);
        Assert.False(double.IsFinite(divergence.Value));
        Assert.Equal(step, state.Step);
    }
}
