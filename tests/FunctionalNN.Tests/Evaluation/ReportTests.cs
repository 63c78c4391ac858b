namespace FunctionalNN.Tests;

/// <summary>Which report a model's data asks for, what it prints, and what it says when it cannot be made.</summary>
public class ReportTests
{
    private static readonly Model<float> Classifier = new Network(2, [new Dense(3), new Softmax()]).Initialize(0);

    [Fact]
    public void A_classification_report_prints_as_in_scikit_learn_with_the_baseline_below()
    {
        var labels = new ClassLabels([0, 0, 0, 1, 1, 2, 2, 2], 3, ["cat", "dog", "a rather long name"]);
        var report = ClassificationReport.Of(
            Matrix.Of(new[,] { { 0.8, 0.1, 0.1 }, { 0.6, 0.2, 0.2 }, { 0.2, 0.7, 0.1 }, { 0.1, 0.9, 0 }, { 0.3, 0.5, 0.2 },
                { 0.1, 0.2, 0.7 }, { 0, 0, 1 }, { 0.4, 0.3, 0.3 } }), labels);
        Assert.Equal(
            """
                                precision    recall  f1-score   support

                           cat       0.67      0.67      0.67         3
                           dog       0.67      1.00      0.80         2
            a rather long name       1.00      0.67      0.80         3

                      accuracy                           0.75         8
                     macro avg       0.78      0.78      0.76         8
                  weighted avg       0.79      0.75      0.75         8

            accuracy 0.7500, 95 % interval 0.4093 to 0.9285; always cat: 0.3750
            log-loss 0.5878, Brier score 0.3400, calibration error 0.2500, ROC-AUC one-vs-rest 0.9278, average precision 0.9000
            balanced accuracy 0.7778, Matthews 0.6429, kappa 0.6279, top-2 0.8750
            """.ReplaceLineEndings(),
            $"{report}");
        Assert.Equal("nothing measured", $"{ClassificationReport.Empty}");
    }

    [Theory]
    [InlineData(0.625, "0.62")]
    [InlineData(0.375, "0.38")]
    [InlineData(0.125, "0.12")]
    [InlineData(0.875, "0.88")]
    [InlineData(0.005, "0.01")]
    [InlineData(0.285, "0.28")]
    [InlineData(0.575, "0.57")]
    [InlineData(2 / 3.0, "0.67")]
    [InlineData(1, "1.00")]
    [InlineData(double.NaN, "nan")]
    public void Numbers_round_as_in_Python(double value, string text) => Assert.Equal(text, ReportText.Fixed(value));

    [Fact]
    public void A_regression_report_prints_beside_the_mean()
    {
        var report = RegressionReport.Of(Matrix.Column(2.5, 0.0, 2, 8), new RealTargets<double>(Matrix.Column(3, -0.5, 2, 7)));
        Assert.Equal(
            """
                                 R²  mean error    RMSE  median error  max error
            ────────────────────────────────────────────────────────────────────
            model            0.9486         0.5  0.6124           0.5          1
            always the mean       0               2.701

            4 rows; within std/250 = 0.01081 of the truth: 0.2500, 95 % interval 0.0456 to 0.6994
            """.ReplaceLineEndings(),
            $"{report}");
        Assert.StartsWith("no better than always predicting the mean; 4 rows",
            $"{RegressionReport.Of(Matrix.Column(0.0, 0, 9, 9), new RealTargets<double>(Matrix.Column(3, -0.5, 2, 7)))}".Split(
                Environment.NewLine)[^1]);
    }

    [Fact]
    public void The_targets_decide_the_report()
    {
        var inputs = Matrix.Create(20, 2, (row, column) => (row * (column + 1) % 7) - 3f);
        var sigmoid = new Network(2, [new Dense(2), new Sigmoid()]).Initialize(0);
        Assert.IsType<ClassificationReport>(Classifier.Report(
            new DataSet<float>(inputs, new ClassLabels([.. Enumerable.Range(0, 20).Select(i => i % 3)], 3))));
        Assert.IsType<ClassificationReport>(Classifier.Report(
            new DataSet<float>(inputs, new RealTargets<float>(Matrix.Create(20, 3, (row, column) => row % 3 == column ? 1f : 0)))));
        Assert.IsType<MultiLabelReport>(sigmoid.Report(
            new DataSet<float>(inputs, new RealTargets<float>(Matrix.Create(20, 2, (row, column) => row % (2 + column) == 0 ? 1f : 0)))));
        Assert.IsType<RegressionReport>(sigmoid.Report(
            new DataSet<float>(inputs, new RealTargets<float>(Matrix.Create(20, 2, (row, column) => row / 20f))), new MeanSquaredError()));
        Assert.IsType<RegressionReport>(new Network(2, [new Dense(1)]).Initialize(0)
            .Report(new DataSet<float>(inputs, new RealTargets<float>(Matrix.Create(20, 1, (row, _) => (float)row)))));
    }

    [Fact]
    public void Logits_are_read_as_the_loss_says()
    {
        var data = Generate.Blobs(30, 3, seed: 1);
        var logits = new Network(2, [new Dense(3)]).Initialize(0);
        var probabilities = new Model<float>(new Network(2, [new Dense(3), new Softmax()]), logits.Parameters, logits.Statistics);
        var (read, direct) =
            (ClassificationReport.Of(logits, data, new CategoricalCrossEntropy { FromLogits = true }),
                ClassificationReport.Of(probabilities, data));
        Assert.Equal(direct.Confusion, read.Confusion);
        Assert.Equal(direct.Errors.LogLoss, read.Errors.LogLoss, 1e-5);
        Assert.True(double.IsNaN(ClassificationReport.Of(logits, data).Errors.LogLoss));

        var pair = Generate.Moons(30, 0.1, seed: 0);
        var one = new Network(2, [new Dense(1)]).Initialize(1);
        var sigmoid = new Model<float>(new Network(2, [new Dense(1), new Sigmoid()]), one.Parameters, one.Statistics);
        var loss = new BinaryCrossEntropy { FromLogits = true };
        Assert.Equal(ClassificationReport.Of(sigmoid, pair).Confusion, ClassificationReport.Of(one, pair, loss).Confusion);
        Assert.Equal(one.Evaluate(pair, loss).Accuracy, ClassificationReport.Of(one, pair, loss).Accuracy);
        Assert.Equal(one.Evaluate(pair, new Hinge()).Accuracy, ClassificationReport.Of(one, pair, new Hinge()).Accuracy);
        var logs = new Model<float>(new Network(2, [new Dense(3), new LogSoftmax()]), logits.Parameters, logits.Statistics);
        Assert.Equal(direct.Errors.LogLoss, ClassificationReport.Of(logs, data).Errors.LogLoss, 1e-5);
    }

    [Fact]
    public void Weights_of_the_data_set_count_as_in_scikit_learn()
    {
        var data = Generate.Blobs(20, 3, seed: 3);
        float[] weights = [.. Enumerable.Range(0, 60).Select(row => (float)(row % 3))];
        int[] repeated = [.. Enumerable.Range(0, 60).SelectMany(row => Enumerable.Repeat(row, row % 3))];
        var (weighted, copied) =
            (ClassificationReport.Of(Classifier, data.Weighted<float>(weights)), ClassificationReport.Of(Classifier, data.Pick(repeated)));
        Assert.Equal(copied.Accuracy, weighted.Accuracy);
        Assert.Equal(copied.Confusion.Macro(), weighted.Confusion.Macro());
        Assert.Equal(copied.Errors.LogLoss, weighted.Errors.LogLoss);
        Assert.Equal(copied.Rankings.RocAuc, weighted.Rankings.RocAuc, 1e-12);
        Assert.Equal(60, weighted.Rows);
        Assert.Equal(60 * 60 / 100.0, weighted.Confusion.EqualRows, 1e-9);
    }

    [Fact]
    public void Without_scores_everything_else_is_the_same()
    {
        var data = Generate.Blobs(20, 3, seed: 3);
        var (full, lean) = (ClassificationReport.Of(Classifier, data), ClassificationReport.Of(Classifier, data, keepScores: false));
        Assert.Equal(full.Errors, lean.Errors);
        Assert.True(double.IsNaN(lean.Rankings.RocAuc));
        Assert.DoesNotContain("ROC-AUC", $"{lean}", StringComparison.Ordinal);
    }

    [Fact]
    public void One_class_only_and_absent_classes_are_said()
    {
        var inputs = Matrix.Create(4, 2, (row, column) => (float)(row - column));
        var single = ClassificationReport.Of(Classifier, new DataSet<float>(inputs, new ClassLabels([1, 1, 1, 1], 3)));
        Assert.EndsWith("only class 1 occurs in these rows: they cannot show whether classes are told apart", $"{single}",
            StringComparison.Ordinal);
        Assert.True(double.IsNaN(single.Rankings.RocAuc));
        var absent = ClassificationReport.Of(Classifier, new DataSet<float>(inputs, new ClassLabels([0, 1, 1, 1], 3, ["a", "b", "c"])));
        Assert.EndsWith("no rows of class c: recall and ROC-AUC are not defined there; recall counts as 0 in the macro mean", $"{absent}",
            StringComparison.Ordinal);
        Assert.Equal(
            "the ROC curve needs positives and negatives, found 2 positive and 0 negative rows: measure rows of both classes",
            Assert.Throws<InvalidOperationException>(() => Ranking.Of([0.1, 0.2], [true, true]).RocCurve()).Message);
    }

    [Fact]
    public void What_cannot_be_measured_is_refused_with_the_fix()
    {
        var inputs = Matrix.Create(2, 2, (row, column) => (float)(row + column));
        Refused("the data has no rows: there is nothing to measure",
            () => Classifier.Report(new DataSet<float>(Matrix.Zeros<float>(0, 2), new ClassLabels([], 3))));
        Refused("the rows are 3 wide, the network takes 2 inputs",
            () => Classifier.Report(new DataSet<float>(Matrix.Zeros<float>(1, 3), new ClassLabels([0], 3))));
        Refused("labels have 4 classes, the network ends in 3: end it in Dense(4) and Softmax",
            () => Classifier.Report(new DataSet<float>(inputs, new ClassLabels([0, 3], 4))));
        Refused("row 1 has the label 3, expected 0 to 2 (3 classes)", () => new ClassLabels([0, 3], 3));
        Refused("row 1 was predicted as class 3, expected 0 to 2 (3 classes)", () => ConfusionMatrix.Of([0, 1], [0, 3], 3));
        Refused("row 0 has the label -1, expected 0 to 2 (3 classes)", () => ConfusionMatrix.Of([-1, 1], [0, 2], 3));
        Refused("2 labels, 1 predictions were given: every row needs one of each", () => ConfusionMatrix.Of([0, 1], [0], 3));
        Refused("a confusion matrix of 2 classes and one of 3 cannot be added: both must count the same classes",
            () => ConfusionMatrix.Of([0], [0], 2) + ConfusionMatrix.Of([0], [0], 3));
        Refused(
            "the network ends in one output of any numbers, which is no probability: say how it is to be read with the loss, such as new "
                + "BinaryCrossEntropy { FromLogits = true }",
            () => new Network(2, [new Dense(1)]).Initialize(0).Report(new DataSet<float>(inputs, new ClassLabels([0, 1], 2))));
        Refused("a multi-label report takes targets of 0 and 1, row 1 has 0.5: use RegressionReport for other numbers",
            () => MultiLabelReport.Of(Matrix.Column(0.1, 0.2), Matrix.Column(1, 0.5)));
        Refused(
            "a classification report takes class labels or one-hot targets, row 1 has 0.5: make the targets ClassLabels",
            () => Classifier.Report(new DataSet<float>(inputs,
                new RealTargets<float>(Matrix.Of(new[,] { { 1f, 0, 0 }, { 0.5f, 0.5f, 0 } })))));
        Refused("the score of row 1 is NaN: NaN has no rank", () => Ranking.Of([0.1, double.NaN], [true, false]));
        Refused("the prediction of row 1 for class 0 is 1.5, expected a probability from 0 to 1",
            () => ClassificationReport.Of(Matrix.Column(0.5, 1.5), new ClassLabels([0, 1], 2)));
        Refused("the prediction of row 0 for class 0 is NaN, expected a probability from 0 to 1",
            () => ClassificationReport.Of(Matrix.Column(double.NaN), new ClassLabels([1], 2)));
        Refused("row 1 has the target 2 and the prediction NaN: both must be finite", () => RegressionErrors.Of([1, double.NaN], [1, 2]));
        Refused("a regression report takes real targets, the data has 2 labels of 2 classes: use ClassificationReport",
            () => RegressionReport.Of(Classifier, new DataSet<float>(inputs, new ClassLabels([0, 1], 2))));
        Refused("the targets are 1 wide, the network ends in 3: end it in Dense(1)",
            () => RegressionReport.Of(Classifier, new DataSet<float>(inputs, new RealTargets<float>(Matrix.Column(1f, 2)))));
        Refused("the probability of row 0 is 2, expected 0 to 1", () => Calibration.Of([2], [true]));

        static void Refused(string message, Func<object> call) => Assert.Equal(message, Assert.Throws<ArgumentException>(call).Message);
    }

    /// <summary>A source larger than memory is asked for a block at a time, and for each row once.</summary>
    [Fact]
    public void Rows_are_read_block_by_block()
    {
        var source = new CountingRows(20_000);
        var data = new DataSet<float>(source, new ClassLabels([.. Enumerable.Range(0, 20_000).Select(row => row % 3)], 3));
        var report = ClassificationReport.Of(Classifier, data, keepScores: false, parallelism: Parallelism.None);
        Assert.Equal(20_000, report.Rows);
        Assert.Equal(20_000, source.Read);
        Assert.InRange(source.Greatest, 1, 2000);
    }

    [Fact]
    public void A_row_whose_loss_is_not_a_number_is_the_hardest()
    {
        var data =
            new DataSet<float>(Matrix.Create(5, 2, (row, column) => row == 3 ? float.NaN : row), new ClassLabels([0, 1, 2, 0, 1], 3));
        Assert.Equal(3, Classifier.LossByRow(data, new CategoricalCrossEntropy()).Hardest(1)[0].Row);
    }

    [Fact]
    public void Predictions_that_are_not_numbers_name_the_row()
    {
        var inputs = Matrix.Create(2000, 2, (row, column) => row == 1700 && column == 1 ? float.NaN : row);
        var message =
            Assert.Throws<ArgumentException>(() =>
                Classifier.Report(new DataSet<float>(inputs, new ClassLabels(new int[2000], 3)))).Message;
        Assert.Equal(
            "the model's output 0 for row 1700 is NaN: look for such a number in the row's inputs, or go back to the last good state of "
                + "the training", message);
    }

    private sealed class CountingRows(int count) : RowSource<float>
    {
        public override int Count => count;

        public override int Width => 2;

        public int Read { get; private set; }

        public int Greatest { get; private set; }

        public override void Gather(ReadOnlySpan<int> rows, Span<float> destination)
        {
            (Read, Greatest) = (Read + rows.Length, Math.Max(Greatest, rows.Length));
            for (var i = 0; i < destination.Length; i++)
            {
                destination[i] = rows[i / 2] % 5;
            }
        }
    }
}
