namespace FunctionalNN.Tests;

/// <summary>Weights of samples and classes: exact whatever the loss and whatever the batching.</summary>
public sealed class WeightLaws
{
    private static readonly Network Classes = new(2, [new Dense(5), new Relu(), new Dense(3), new Softmax()]);
    private static readonly Network Numbers = new(2, [new Dense(5), new Relu(), new Dense(1)]);

    private static readonly int[] Sizes = [1, 4, 7, 100];

    public static TheoryData<string> Problems => ["classes", "squares", "distances"];

    [Theory]
    [MemberData(nameof(Problems))]
    public void Gradients_with_weights_are_right(string problem)
    {
        var (network, loss, data) = Of(problem);
        var report = GradientCheck.Of(network, loss, data.Weighted<double>(Weights(data.Count)));
        Assert.True(report.IsCorrect, report.ToString());
    }

    [Theory]
    [MemberData(nameof(Problems))]
    public void A_whole_weight_counts_as_so_many_rows(string problem)
    {
        var (network, loss, data) = Of(problem);
        var model = network.Initialize<double>(3);
        int[] times = [.. Enumerable.Range(0, data.Count).Select(row => row % 3)];
        var repeated = data.Pick([.. times.SelectMany((count, row) => Enumerable.Repeat(row, count))]);
        var weighted = data.Weighted<double>([.. times.Select(count => (double)count)]);
        Assert.Equal(model.Evaluate(repeated, loss).LossSum, model.Evaluate(weighted, loss).LossSum, 1e-12);
    }

    [Theory]
    [MemberData(nameof(Problems))]
    public void The_sum_over_an_epoch_does_not_depend_on_the_batches(string problem)
    {
        var (network, loss, data) = Of(problem);
        var weighted = data.Weighted<double>(Weights(data.Count));
        var still = network.Initialize<double>(3).Train(new Sgd(0));
        var sums = Sizes.Select(size => still.Epochs(weighted.Shuffled(size), loss).First().Training.LossSum).ToArray();
        Assert.All(sums, sum => Assert.Equal(sums[0], sum, 1e-12));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void Weights_follow_their_rows_into_batches(int batchSize)
    {
        var data = Generate.Spiral<double>(4, 3, 0);
        var weighted = data.Weighted<double>([.. Enumerable.Range(0, data.Count).Select(row => (double)row)]);
        foreach (var batch in weighted.Shuffled(batchSize).Epoch(new Key(1), 0))
        {
            for (var i = 0; i < batch.Inputs.Rows; i++)
            {
                var row = (int)batch.Weights![i, 0];
                Assert.Equal(data.InputsOf(row).Row(0).ToArray(), batch.Inputs.Row(i).ToArray());
            }
        }
    }

    [Fact]
    public void Weights_of_one_change_no_bit()
    {
        var (network, loss, data) = Of("classes");
        var start = network.Initialize<double>(3).Train(new Adam());
        var plain = start.Epochs(data.Shuffled(5), loss).Take(3).Last();
        var weighted = start.Epochs(data.Weighted<double>([.. Enumerable.Repeat(1.0, data.Count)]).Shuffled(5), loss).Take(3).Last();
        Assert.Equal(plain.Model, weighted.Model);
    }

    [Fact]
    public void Balanced_classes_count_the_same()
    {
        var labels = new ClassLabels([0, 0, 0, 1, 2, 2], 3);
        var data = new DataSet<double>(Matrix.Zeros<double>(6, 1), labels).Balanced();
        var sums = new double[3];
        for (var row = 0; row < 6; row++)
        {
            sums[labels[row]] += data.Weights![row, 0];
        }

        Assert.All(sums, sum => Assert.Equal(2, sum, 1e-12));
    }

    [Fact]
    public void Wrong_weights_are_refused_with_the_reason()
    {
        var data = Generate.Spiral(2, 3, 0);
        Assert.Equal("5 weights were given for 6 samples: give each sample one",
            Assert.Throws<ArgumentException>(() => data.Weighted(new float[5])).Message);
        Assert.Equal("the weight of row 1 is -1, expected a finite number of 0 or more",
            Assert.Throws<ArgumentException>(() => data.Weighted([1f, -1, 1, 1, 1, 1])).Message);
        Assert.Equal("the weight of row 0 is NaN, expected a finite number of 0 or more",
            Assert.Throws<ArgumentException>(() => data.Weighted([float.NaN, 1, 1, 1, 1, 1])).Message);
        Assert.Equal("2 weights were given for 3 classes: give each class one",
            Assert.Throws<ArgumentException>(() => data.WeightedByClass(1, 2)).Message);
        Assert.StartsWith("class weights take class labels, the data has",
            Assert.Throws<ArgumentException>(() => Generate.Sine().Balanced()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_batch_in_micro_batches_has_the_gradient_of_the_whole()
    {
        // 2,500 rows go in micro-batches of 1,024; the mean gradient over them is that of the parts, weighted by their sizes.
        var data = Generate.Spiral<double>(834, 3, 0).Take(2500).Weighted<double>(Weights(2500));
        var whole = StepOf(data);
        var parts = new[] { (Start: 0, Rows: 1000), (Start: 1000, Rows: 700), (Start: 1700, Rows: 800) }
            .Select(part => StepOf(data.Pick([.. Enumerable.Range(part.Start, part.Rows)])).Multiply(part.Rows / 2500.0))
            .Aggregate((left, right) => left + right);
        Assert.True((whole - parts).Norm < 1e-14 * (1 + whole.Norm), $"{(whole - parts).Norm}");

        static ParameterVector<double> StepOf(DataSet<double> data)
        {
            var start = Classes.Initialize<double>(3).Train(new Sgd(1));
            return start.Model.Parameters - start.Run(data.FullBatch().Epoch(default, 0), new CategoricalCrossEntropy()).Model.Parameters;
        }
    }

    private static double[] Weights(int count) => [.. Enumerable.Range(0, count).Select(row => 0.25 + (row % 5))];

    private static (Network Network, Loss Loss, DataSet<double> Data) Of(string problem) => problem switch
    {
        "classes" => (Classes, new CategoricalCrossEntropy(), Generate.Spiral<double>(5, 3, 1)),
        "squares" => (Numbers, new MeanSquaredError(), Regression()),
        _ => (Numbers, new MeanAbsoluteError(), Regression()),
    };

    private static DataSet<double> Regression()
    {
        var inputs = Matrix.Create<double>(11, 2, (row, column) => new Key(5).Normal((2 * row) + column));
        return new DataSet<double>(inputs,
            new RealTargets<double>(Matrix.Create<double>(11, 1, (row, _) => inputs[row, 0] - inputs[row, 1])));
    }
}
