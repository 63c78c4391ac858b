using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace FunctionalNN.Tests;

/// <summary>What predictions rest on: input gradients by differences, permutation importance by scikit-learn, wrong labels by their
/// loss.</summary>
public class ExplainingTests
{
    /// <summary>For FsCheck.</summary>
    public static Arbitrary<TrainingCase> Tame() => Arb.From(TrainingGenerators.Tame, TrainingShrinker.Simpler);

    [Property(MaxTest = 60, Arbitrary = [typeof(ExplainingTests)])]
    public void The_gradient_of_an_output_is_that_of_differences_in_prediction(TrainingCase run)
    {
        var (model, data) = (Moved(run), run.Data.Create<double>());
        var inputs = data.InputsOf([.. Enumerable.Range(0, data.Count)]);
        var (row, output) = (run.Seed % data.Count, run.Seed % model.Network.Outputs);
        var gradient = model.InputGradient(inputs, output);
        AssertRight(run, gradient, row, x => model.Predict(Row(x))[0, output], inputs.Row(row).ToArray());
    }

    [Property(MaxTest = 60, Arbitrary = [typeof(ExplainingTests)])]
    public void The_gradient_of_a_rows_loss_is_that_of_differences_in_prediction(TrainingCase run)
    {
        var (model, data) = (Moved(run), run.Data.Create<double>());
        var row = run.Seed % data.Count;
        var one = data.Pick([row]);
        if (IsClipped(run, model, one))
        {
            return;
        }

        AssertRight(run, model.InputGradient(data, run.Loss), row,
            x => model.LossByRow(new DataSet<double>(Row(x), one.Targets), run.Loss).Values[0], data.InputsOf(row).Values.ToArray());
    }

    /// <summary>Where all is smooth no comparison may be excused by a kink.</summary>
    [Fact]
    public void A_smooth_network_of_layers_that_train_otherwise_than_they_predict()
    {
        var network =
            new Network(3,
                [new Dense(5), new BatchNormalization(), new Tanh(), new Dropout(0.3),
                    new Residual(new Dense(5), new BatchNormalization { Average = RunningAverage.Cumulative }, new GaussianNoise(1),
                        new Softplus()), new Dense(2), new Softmax()]);
        var run =
            new TrainingCase(network, new CategoricalCrossEntropy(), OptimizerGenerators.Simplest,
                new DataShape(4, 3, TargetKind.Labels, 2, Roughness.Plain, 3), 4, false, 1, 2, 1);
        var (model, data) = (Moved(run), run.Data.Create<double>());
        var gradient = model.InputGradient(data.InputsOf(0, 1, 2, 3), 1);
        for (var i = 0; i < gradient.Values.Length; i++)
        {
            var (row, column) = (i / 3, i % 3);
            var x = data.InputsOf(row).Values.ToArray();
            var comparison =
                GradientCheck.Judge(new GradientPlace("inputs", "value", row, column), gradient[row, column], x[column],
                    value => model.Predict(Row([.. x.Select((old, j) => j == column ? value : old)]))[0, 1]);
            Assert.True(comparison.IsRight && comparison.Analytic != 0, $"{comparison}");
        }
    }

    /// <summary>More rows than a block, so that the mean over a block is undone block by block; threads change no bit.</summary>
    [Fact]
    public void Rows_do_not_depend_on_the_rows_beside_them()
    {
        var data = Generate.Spiral<double>(200, 3, seed: 0);
        var model =
            new Network(2,
                [new Dense(16), new BatchNormalization(), new Relu(), new Dropout(0.5), new Dense(3), new Softmax()]).Initialize<double>(1);
        var (loss, before) = (new CategoricalCrossEntropy(), model.Statistics.Values.ToArray());
        var all = model.InputGradient(data, loss);
        Assert.Equal(600, all.Rows);
        Assert.Equal(all.Row(599).ToArray(), model.InputGradient(data.Pick([599]), loss).Values.ToArray().Select(value => value),
            (x, y) => Math.Abs(x - y) <= 1e-14);
        Assert.Equal(all, model.InputGradient(data, loss, new Parallelism(4)));
        Assert.Equal(all, model.InputGradient(data.Weighted<double>([.. Enumerable.Range(0, 600).Select(i => (double)(i % 3))]), loss));
        Assert.Equal(before, model.Statistics.Values.ToArray());
        Assert.Equal(model.InputGradient(data.InputsOf(5, 6), 2).Row(1).ToArray(),
            model.InputGradient(data.InputsOf(6), 2).Row(0).ToArray());
    }

    [Fact]
    public void An_output_that_is_not_there_is_refused()
    {
        var model = new Network(2, [new Dense(3)]).Initialize(0);
        Assert.Equal("there is no output 3: the network has 3, counted from 0",
            Assert.Throws<ArgumentException>(() => model.InputGradient(Matrix.Zeros<float>(1, 2), 3)).Message);
        Assert.Equal("the rows are 4 wide, the network takes 2 inputs",
            Assert.Throws<ArgumentException>(() => model.InputGradient(Matrix.Zeros<float>(1, 4))).Message);
        Assert.Equal(0, model.InputGradient(Matrix.Zeros<float>(0, 2)).Rows);
    }

    [Fact]
    public void The_mean_of_the_rows_losses_is_the_loss()
    {
        var data = Generate.Spiral(150, 3, seed: 2);
        var model = new Network(2, [new Dense(3), new Softmax()]).Initialize(1);
        var losses = model.LossByRow(data, new CategoricalCrossEntropy());
        Assert.Equal(450, losses.Values.Length);
        Assert.Equal(model.Evaluate(data, new CategoricalCrossEntropy()).Loss, losses.Mean, 1e-12);
        var hardest = losses.Hardest(5);
        Assert.Equal(hardest.OrderByDescending(row => row.Loss).Select(row => row.Row), hardest.Select(row => row.Row));
        Assert.Equal(losses.Values.ToArray().Max(), hardest[0].Loss);
        Assert.StartsWith("450 rows, mean loss ", $"{losses}", StringComparison.Ordinal);
    }

    /// <summary>2 % of the labels are flipped: of the 12 rows with the greatest losses most are those.</summary>
    [Fact]
    public void Wrong_labels_come_out_on_top()
    {
        var clean = Generate.Blobs(200, 3, seed: 1);
        var (labels, key) = (((ClassLabels)clean.Targets).Values.ToArray(), new Key(7));
        var flipped = key.Permutation(600)[..12];
        foreach (var row in flipped)
        {
            labels[row] = (labels[row] + 1 + key.Below(2, 1000 + row)) % 3;
        }

        var data = new DataSet<float>(clean.Inputs, new ClassLabels(labels, 3));
        var network = new Network(2, [new Normalization(), new Dense(16), new Relu(), new Dense(3), new Softmax()]);
        var model = network.Initialize(1).Adapt(data).Train(new Adam(0.01)).Epochs(data.Shuffled(32), new CategoricalCrossEntropy())
            .Take(10).Last().Model;
        var found = model.LossByRow(data, new CategoricalCrossEntropy()).Hardest(12).Count(row => flipped.Contains(row.Row));
        Assert.True(found >= 10, $"{found} of 12 wrong labels are among the 12 hardest rows");
    }

    [Fact]
    public void Permutation_importance_is_scikit_learns()
    {
        var reference = EvaluationReference.Of("permutation importance");
        var data =
            new DataSet<double>(reference.Matrix("inputs"), new RealTargets<double>(Matrix.Column<double>(reference.Numbers("targets"))));
        var model = new Network(3, [new Dense(1)]).Initialize<double>(0).With("dense1", "weights", Matrix.Column(3.0, 1, 0))
            .With("dense1", "bias", Matrix.Row(2.0));
        const int Repeats = 400;
        var importance = PermutationImportance.Of(model, data, Repeats, seed: 1, names: ["a", "b", "c"]);
        Assert.Equal(reference.Number("score"), importance.Score, 1e-12);
        foreach (var (column, i) in importance.Columns.Select((column, i) => (column, i)))
        {
            // Both are means over random orders: they agree to within five standard errors.
            var (mean, sd) = (reference.Numbers("mean")[i], reference.Numbers("sd")[i]);
            Assert.InRange(column.Mean, mean - (5 * sd / Math.Sqrt(Repeats)) - 1e-12, mean + (5 * sd / Math.Sqrt(Repeats)) + 1e-12);
            Assert.InRange(column.StandardDeviation, 0.8 * sd - 1e-12, 1.2 * sd + 1e-12);
        }

        Assert.Equal(["a", "b", "c"], importance.Ranked().Select(column => column.Name));
        Assert.Matches(
            @"^score 0\.9\d{3}; what shuffling a column 400 times takes from it:\r?\n"
                + @"column +importance\r?\n─+\r?\na +\d\.\d{4} ± \d\.\d{4}", $"{importance}");
    }

    [Fact]
    public void A_permutation_depends_on_the_seed_alone()
    {
        var data = Generate.Moons(50, 0.1, seed: 0);
        var model = new Network(2, [new Dense(2), new Softmax()]).Initialize(0);
        var (first, again, other) =
            (PermutationImportance.Of(model, data, seed: 3), PermutationImportance.Of(model, data, seed: 3),
                PermutationImportance.Of(model, data, seed: 4));
        Assert.Equal(first.Columns.SelectMany(column => column.Falls), again.Columns.SelectMany(column => column.Falls));
        Assert.NotEqual(first.Columns.SelectMany(column => column.Falls), other.Columns.SelectMany(column => column.Falls));
        Assert.Equal(5, first.Columns[0].Falls.Length);
        var byLoss = PermutationImportance.Of(model, data, score: rows => -model.Evaluate(rows, new CategoricalCrossEntropy()).Loss);
        Assert.Equal(-model.Evaluate(data, new CategoricalCrossEntropy()).Loss, byLoss.Score);
        Assert.Equal("1 names were given for 2 columns: give one name a column",
            Assert.Throws<ArgumentException>(() => PermutationImportance.Of(model, data, names: ["x"])).Message);
    }

    private static Model<double> Moved(TrainingCase run)
    {
        var (model, key) = (run.Elsewhere(), new Key((ulong)run.Seed).Fold(5));
        double[] statistics = [.. model.Statistics.Values.ToArray().Select((value, i) => value + (0.3 * key.Uniform(i)))];
        return model with { Statistics = new ParameterVector<double>(model.Statistics.Layout, statistics) };
    }

    private static Matrix<double> Row(double[] x) => Matrix.Create<double>(1, x.Length, x);

    private static void AssertRight(TrainingCase run, Matrix<double> gradient, int row, Func<double[], double> f, double[] at)
    {
        for (var column = 0; column < Math.Min(6, at.Length); column++)
        {
            if (run.Network.EmbeddedColumns.Any(embedded => embedded.Position == column))
            {
                Assert.Equal(0, gradient[row, column]);
                continue;
            }

            var place = new GradientPlace("inputs", "value", row, column);
            var comparison =
                GradientCheck.Judge(place, gradient[row, column], at[column],
                    value => f([.. at.Select((x, i) => i == column ? value : x)]));
            Assert.True(comparison.IsRight || comparison.IsKink, $"{run}{Environment.NewLine}{comparison}");
        }
    }

    private static bool IsClipped(TrainingCase run, Model<double> model, DataSet<double> one) =>
        run.Loss is CategoricalCrossEntropy { FromLogits: false } or BinaryCrossEntropy { FromLogits: false }
            or KullbackLeibler { FromLogits: false }
            or BinaryFocalCrossEntropy { FromLogits: false } or CategoricalFocalCrossEntropy { FromLogits: false }
        && run.Loss.Fuse(run.Network.Layers[^1]) is null
        && model.Predict(one.InputsOf(0)).Values.ToArray().Any(p => p is < 1e-6 or > 1 - 1e-6);
}
