using System.Text.RegularExpressions;

namespace FunctionalNN.Tests;

/// <summary>Every measure against scikit-learn's numbers, on random predictions with ties, absent classes and one class only.</summary>
public class ScikitLearnTests
{
    public static TheoryData<string> Classifications =>
    [
        "three classes", "three classes weighted", "ten classes", "an absent class", "a class never predicted", "two classes",
        "two classes weighted",
        "one class only", "one of two classes only", "one class, always right", "one row",
    ];

    [Theory]
    [MemberData(nameof(Classifications))]
    public void Classification(string name)
    {
        var reference = EvaluationReference.Of(name);
        var probabilities = reference.Matrix("probabilities", 1 / 16.0);
        var labels = new ClassLabels(reference.Labels, probabilities.Columns);
        var report = ClassificationReport.Of(probabilities, labels, reference.Weights);
        var confusion = report.Confusion;
        Assert.Equal(WithAccuracy(reference.Text("report").TrimEnd()),
            string.Join('\n', $"{report}".Split(Environment.NewLine).TakeWhile((line, i) => i < labels.Classes + 6)));
        Assert.Equal(reference.Rows("confusion").SelectMany(row => row),
            Enumerable.Range(0, labels.Classes * labels.Classes).Select(cell => confusion[cell / labels.Classes, cell % labels.Classes]));
        Same("accuracy", report.Accuracy);
        Rows("per class", confusion.Scores());
        Rows("per class, zero division 1", confusion.Scores(zeroDivision: 1));
        Means("macro", confusion.Macro());
        Means("weighted", confusion.Weighted());
        Means("micro", confusion.Micro());
        Same("balanced", confusion.BalancedAccuracy);
        Same("matthews", confusion.Matthews);
        Same("kappa", confusion.CohenKappa);
        Same("log loss", report.Errors.LogLoss);
        Same("log loss float", ProbabilityErrors.Of(probabilities, labels.Values, reference.Weights, 0.00000011920928955078125).LogLoss);
        Same("brier", report.Errors.Brier);
        Same("auc ovr", report.Rankings.RocAuc);
        Same("auc ovr weighted", report.Rankings.WeightedRocAuc);
        if (reference.Weights.Length == 0)
        {
            Same("auc ovo", report.Rankings.OneVersusOneRocAuc);
            Same("auc ovo weighted", report.Rankings.WeightedOneVersusOneRocAuc);
            EvaluationReference.Same(
                [.. reference.Rows("calibration").SelectMany(row => row)],
                report.Calibration.Bins.Where(bin => bin.Weight > 0).SelectMany(bin => new[] { bin.MeanProbability, bin.Share }),
                "calibration");
        }
        else
        {
            Assert.Equal(
                "one-versus-one ROC-AUC has no weighted form: use RocAuc, one class against the others, or leave the weights out",
                Assert.Throws<InvalidOperationException>(() => report.Rankings.OneVersusOneRocAuc).Message);
        }

        var first = labels.Classes == 2 ? 1 : 0;
        EvaluationReference.Same(reference.Numbers("auc by class")[first..],
            Enumerable.Range(first, labels.Classes - first).Select(label => report.Rankings.Of(label).RocAuc), "auc by class");
        foreach (var (expected, label) in reference.Numbers("average precision by class").Select((value, i) => (value, i))
            .Where(pair => pair.i >= first && !double.IsNaN(pair.value)))
        {
            EvaluationReference.Same(expected, report.Rankings.Of(label).AveragePrecision, $"average precision of class {label}");
        }

        if (reference.Has("top k"))
        {
            EvaluationReference.Same(reference.Numbers("top k"), Enumerable.Range(1, labels.Classes - 1).Select(report.Ranks.TopK),
                "top k");
            Assert.Equal(report.Accuracy, report.Ranks.TopK(1));
            Assert.Equal(1, report.Ranks.TopK(labels.Classes));
        }

        // Where a class neither occurs nor is predicted scikit-learn says micro average for accuracy: the same number three times.
        static string WithAccuracy(string text) =>
            Regex.Replace(text, @"^   micro avg       (\d\.\d\d)      \1      \1 ", "    accuracy                           $1 ",
                RegexOptions.Multiline);
        void Same(string measure, double found) => EvaluationReference.Same(reference.Number(measure), found, measure);
        void Means(string measure, ClassScores found) =>
            EvaluationReference.Same(reference.Numbers(measure), [found.Precision, found.Recall, found.F1], measure);
        void Rows(string measure, IEnumerable<ClassScores> found) =>
            EvaluationReference.Same([.. reference.Rows(measure).SelectMany(row => row)],
                found.SelectMany(scores => new[] { scores.Precision, scores.Recall, scores.F1 }), measure);
    }

    [Theory]
    [InlineData("ties")]
    [InlineData("ties weighted")]
    [InlineData("no ties")]
    [InlineData("all equal")]
    public void Curves(string name)
    {
        var reference = EvaluationReference.Of(name);
        var ranking = Ranking.Of(reference.Numbers("scores"), reference.Labels.Select(label => label == 1).ToArray(), reference.Weights);
        EvaluationReference.Same(reference.Number("auc"), ranking.RocAuc, "auc");
        EvaluationReference.Same(reference.Number("average precision"), ranking.AveragePrecision, "average precision");
        var (roc, curve) = (ranking.RocCurve(), ranking.PrecisionRecallCurve());
        Assert.Equal(new RocPoint(double.PositiveInfinity, 0, 0), roc[0]);
        Assert.Equal(new PrecisionRecallPoint(double.PositiveInfinity, 0, 1), curve[0]);
        EvaluationReference.Same([.. reference.Rows("roc").SelectMany(row => row)],
            roc.Skip(1).SelectMany(point => new[] { point.Threshold, point.FalsePositiveRate, point.TruePositiveRate }), "roc");
        EvaluationReference.Same([.. reference.Rows("precision recall").SelectMany(row => row)],
            curve.Skip(1).SelectMany(point => new[] { point.Threshold, point.Recall, point.Precision }), "precision recall");
    }

    [Theory]
    [InlineData("two outputs")]
    [InlineData("two outputs weighted")]
    [InlineData("one output")]
    [InlineData("far from zero")]
    [InlineData("constant target")]
    [InlineData("constant target, exact")]
    public void Regression(string name)
    {
        var reference = EvaluationReference.Of(name);
        var report =
            RegressionReport.Of(reference.Matrix("prediction"), new RealTargets<double>(reference.Matrix("truth")), reference.Weights);

        // At a distance of 10⁶ from zero scikit-learn's own sums round: ours do not.
        var slack = name == "far from zero" ? 1e-9 : 1e-12;
        Same("r2", report.R2);
        Assert.All(reference.Numbers("r2 by output").Zip(report.Outputs), pair => Assert.Equal(pair.Item1, pair.Item2.R2, slack));
        Same("mae", report.MeanAbsoluteError);
        Same("mse", report.MeanSquaredError);
        Same("rmse", report.RootMeanSquaredError);
        Assert.All(reference.Numbers("median by output").Zip(report.Outputs),
            pair => Assert.Equal(pair.Item1, pair.Item2.MedianAbsoluteError, slack));
        Assert.All(reference.Numbers("max by output").Zip(report.Outputs), pair => Assert.Equal(pair.Item1, pair.Item2.MaxError, slack));
        if (reference.Weights.Length == 0)
        {
            Same("book", report.Accuracy);
            Assert.Equal(new RealTargets<double>(reference.Matrix("truth")).Tolerance, report.Tolerance, slack);
        }

        void Same(string measure, double found) => Assert.Equal(reference.Number(measure), found, slack);
    }

    [Theory]
    [InlineData("labels")]
    [InlineData("labels weighted")]
    [InlineData("a label never so")]
    public void Multi_label(string name)
    {
        var reference = EvaluationReference.Of(name);
        var report = MultiLabelReport.Of(reference.Matrix("prediction", 1 / 16.0), reference.Matrix("truth"), weights: reference.Weights);
        Assert.Equal(reference.Text("report").TrimEnd(), string.Join('\n', $"{report}".Split(Environment.NewLine).Take(11)));
        EvaluationReference.Same(reference.Number("accuracy"), report.Sets.Accuracy, "accuracy");
        EvaluationReference.Same(reference.Number("hamming"), report.HammingLoss, "hamming");
        Means("samples", report.Sets.Mean);
        Means("micro", report.Micro);
        Means("weighted", report.Weighted);
        EvaluationReference.Same(reference.Number("auc"), report.RocAuc, "auc");
        if (reference.Has("auc"))
        {
            EvaluationReference.Same(reference.Number("average precision"), report.AveragePrecision, "average precision");
        }

        void Means(string measure, ClassScores found) =>
            EvaluationReference.Same(reference.Numbers(measure), [found.Precision, found.Recall, found.F1], measure);
    }

    [Fact]
    public void Wilson_intervals_are_those_of_scipy() => Assert.All(EvaluationReference.Of("wilson").Rows(), row =>
    {
        var interval = Wilson.Of(row[0] / row[1], row[1]);
        EvaluationReference.Same([row[2], row[3]], [interval.Low, interval.High], $"{row[0]} of {row[1]}");
    });

    [Fact]
    public void Probabilities_on_the_edge_of_a_bin_fall_where_scikit_learn_puts_them()
    {
        var reference = EvaluationReference.Of("calibration edges");
        var probabilities = reference.Numbers("probabilities");
        var bins = Calibration.Of(probabilities, probabilities.Select((_, i) => i % 2 == 1).ToArray()).Bins;
        EvaluationReference.Same([.. reference.Rows("curve").SelectMany(row => row)],
            bins.Where(bin => bin.Weight > 0).SelectMany(bin => new[] { bin.MeanProbability, bin.Share }), "curve");
    }
}
