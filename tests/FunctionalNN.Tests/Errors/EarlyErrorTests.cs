namespace FunctionalNN.Tests;

/// <summary>What can be known when a run is built is said then, and names what is at fault.</summary>
public class EarlyErrorTests
{
    private static readonly CategoricalCrossEntropy Loss = new();
    private static readonly DataSet<float> Moons = Generate.Moons(samples: 20, noise: 0.1, seed: 1);
    private static readonly Model<float> Model = new Network(2, [new Dense(4), new Relu(), new Dense(2), new Softmax()]).Initialize(1);

    [Fact]
    public void A_plateau_of_held_out_data_needs_some()
    {
        foreach (var optimizer in new[] { new Adam().ReduceOnPlateau(), (Optimizer)new Adam().ReduceOnPlateau().ClipByGlobalNorm(1) })
        {
            var state = Model.Train(optimizer);
            const string Message =
                "ReduceOnPlateau looks at the ValidationLoss, and nothing was measured on held-out data: give it to the run, "
                    + ".Epochs(batches, loss, heldOut: …), or set Metric = PlateauMetric.TrainingLoss";
            Assert.Equal(Message, Assert.Throws<ArgumentException>(() => { _ = state.Epochs(Moons.Shuffled(8), Loss); }).Message);
            Assert.Equal(Message,
                Assert.Throws<ArgumentException>(() => { _ = state.Epochs(StreamedRows.Of(Moons).InOrder(8), Loss); }).Message);
            Assert.Equal(1, state.Epochs(Moons.Shuffled(8), Loss, heldOut: Moons).First().Epoch);
        }
    }

    [Fact]
    public void Held_out_data_without_rows_says_so()
    {
        var state = Model.Train(new Adam());
        const string Message = "the held-out data has no rows: there is nothing to measure";
        Assert.StartsWith(Message,
            Assert.Throws<ArgumentException>(() => { _ = state.Epochs(Moons.Shuffled(8), Loss).Validate(Moons.Take(0)); }).Message,
            StringComparison.Ordinal);
        Assert.StartsWith(Message,
            Assert.Throws<ArgumentException>(() => { _ = state.Epochs(Moons.Shuffled(8), Loss, heldOut: Moons.Take(0)); }).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Steps_and_epochs_below_zero_are_refused()
    {
        var state = Model.Train(new Adam());
        Assert.StartsWith("the step is -1, expected 0 or more",
            Assert.Throws<ArgumentOutOfRangeException>(() => state with { Step = -1 }).Message, StringComparison.Ordinal);
        Assert.StartsWith("the epoch is -2, expected 0 or more",
            Assert.Throws<ArgumentOutOfRangeException>(() => state with { Epoch = -2 }).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_model_that_comes_with_such_a_number_is_at_fault_and_not_the_data(float bad)
    {
        var bias = Model.Parameters["dense2", "bias"];
        var broken = Model.With("dense2", "bias", Matrix.Create(1, 2, (_, column) => column == 1 ? bad : bias[0, column]));
        var last = broken.Train(new Adam()).Epochs(Moons.Shuffled(8), Loss).Take(2).Last();
        var found = last.Divergence.IfNone(() => throw new InvalidOperationException("it did not diverge"));
        Assert.Equal(("dense2", "bias before the step", 1), (found.Layer, found.Quantity, found.Position));
        Assert.Empty(found.Rows);
        Assert.EndsWith("the model came with it: take one whose numbers are finite, or draw new ones with network.Initialize",
            found.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void More_classes_than_a_matrix_has_room_for_are_refused()
    {
        var fault = Assert.Throws<ArgumentException>(() => ConfusionMatrix.Of([0], [1], 2_000_000)).Message;
        Assert.StartsWith("a confusion matrix of 2000000 classes was asked for, expected 1048576 classes at most", fault,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ClassificationReport.Of([0, 1], new ClassLabels([0, 1], 2_000_000)));
        Assert.StartsWith("the scores of 1025 classes",
            Assert.Throws<ArgumentException>(() => ClassRankings.Of(Matrix.Zeros<double>(1, 1025), [0])).Message, StringComparison.Ordinal);
        Assert.StartsWith("the confusion matrix is of 1001 classes",
            Assert.Throws<ArgumentException>(() => Figure.Confusion(ConfusionMatrix.Of([0], [1], 1001))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Kappa_of_one_class_is_not_a_number_whatever_rows_weigh()
    {
        double[] weights = [0.1, 0.2, 0.3, 0.7, 1.1];
        Assert.Equal(double.NaN, ConfusionMatrix.Of([1, 1, 1, 1, 1], [1, 1, 1, 1, 1], 3, weights).CohenKappa);
        Assert.Equal(0, ConfusionMatrix.Of([1, 1, 1, 1, 1], [1, 0, 1, 2, 1], 3, weights).CohenKappa);
    }

    [Theory]
    [InlineData(1e-40f)]
    [InlineData(1e-44f)]
    [InlineData(1e20f)]
    [InlineData(3e38f)]
    public void Columns_of_any_size_are_scaled(float size)
    {
        var data = new DataSet<float>(Matrix.Column(0f, size, size, size / 2), new ClassLabels([0, 1, 0, 1], 2));
        var scaler = Scaler.Standard(data);
        var (scaled, direct) = (scaler.Apply(data).Numbers(), scaler.Apply(data.InputsOf(0, 1, 2, 3)).Values.ToArray());
        Assert.Equal(scaled, direct);
        Assert.Equal(0, scaled.Average(), 1e-4);
        Assert.Equal(1, scaled.Average(value => (double)value * value), 0.2);
    }
}
