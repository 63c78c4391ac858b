using System.Collections.Immutable;
using System.Globalization;

namespace FunctionalNN;

/// <content>How good scores and probabilities are.</content>
public sealed partial record Figure
{
    private const int MaxCurvePoints = 600;

    /// <summary>The ROC curve of each class against all others, of two classes that of the second, with the area under it.</summary>
    /// <param name="report">A report with its scores kept.</param>
    /// <exception cref="ArgumentException">The report has no scores.</exception>
    public static Figure Roc(ClassificationReport report) => new()
    {
        Title = "ROC",
        Note = "On the dotted line: no better than chance.",
        Traces =
        [
            Reference(new[] { 0.0, 1 }, new[] { 0.0, 1 }, "chance"),
            .. Ranked(report).Where(entry => entry.Ranking.IsDefined).Select(entry => Line(
                entry.Label, $"{entry.Name}, area {entry.Ranking.RocAuc:F3}",
                entry.Ranking.RocCurve().Select(point => (100 * point.FalsePositiveRate, 100 * point.TruePositiveRate)))),
        ],
        Layout = Square("false positive rate", "% of the other rows", "true positive rate", "% of the class's rows"),
    };

    /// <summary>Precision over recall of each class against all others, of two classes that of the second, with the average
    /// precision.</summary>
    /// <inheritdoc cref="Roc"/>
    public static Figure PrecisionRecall(ClassificationReport report) => new()
    {
        Title = "Precision and recall",
        Traces = [.. Ranked(report).Select(entry => Line(
            entry.Label, $"{entry.Name}, average precision {entry.Ranking.AveragePrecision:F3}",
            entry.Ranking.PrecisionRecallCurve().Select(point => (100 * point.Recall, 100 * point.Precision))))],
        Layout = Square("recall", "% of the class's rows", "precision", "% of the rows called so"),
    };

    /// <summary>Whether probabilities come true: what was predicted, in bins, and what happened; on the dotted line both are the same.
    /// Below, how many rows each bin has.</summary>
    /// <exception cref="ArgumentException">It is of no rows.</exception>
    public static Figure Reliability(Calibration calibration)
    {
        var bins = calibration.Bins.Where(bin => bin.Weight > 0).ToArray();
        if (bins.Length == 0)
        {
            throw new ArgumentException("the calibration is of no rows: report on a model whose outputs are probabilities");
        }

        return new Figure
        {
            Title = "Calibration",
            Note = $"Expected calibration error {100 * calibration.Error:F2} percentage points. Below the dotted line the model is "
                + $"too sure, "
                    + $"above it not sure enough.",
            Traces =
            [
                Reference(new[] { 0.0, 100 }, new[] { 0.0, 100 }, "as predicted"),
                PlotObject.Of(
                    ("type", "scatter"),
                    ("mode", "lines+markers"),
                    ("name", "model"),
                    ("x", PlotValue.Numbers(bins.Select(bin => 100 * bin.MeanProbability))),
                    ("y", PlotValue.Numbers(bins.Select(bin => 100 * bin.Share))),
                    ("line", PlotObject.Of(("color", Palette.Colour(0)), ("width", 2.5))),
                    ("marker", PlotObject.Of(("size", 8)))),
                PlotObject.Of(
                    ("type", "bar"),
                    ("name", "rows"),
                    ("x", PlotValue.Numbers(bins.Select(bin => 50 * (bin.From + bin.To)))),
                    ("y", PlotValue.Numbers(bins.Select(bin => bin.Weight))),
                    ("width", PlotValue.Numbers(bins.Select(bin => 94 * (bin.To - bin.From)))),
                    ("yaxis", "y2"),
                    ("showlegend", false),
                    ("marker", PlotObject.Of(("color", Palette.Colour(4))))),
            ],
            Layout = PlotObject.Of(
                ("height", 560),
                ("xaxis", Axis.Of("predicted probability", "%", PlotObject.Of(("range", new[] { 0.0, 100 }), ("anchor", "y2")))),
                ("yaxis",
                    Axis.Of("happened", "% of the bin's rows",
                        PlotObject.Of(("range", new[] { 0.0, 100 }), ("domain", new[] { 0.32, 1 })))),
                ("yaxis2", Axis.Of("rows", null, PlotObject.Of(("domain", new[] { 0, 0.24 })))),
                ("meta", PlotObject.Of(("aspect", 1)))),
        };
    }

    private static IEnumerable<(int Label, string Name, Ranking Ranking)> Ranked(ClassificationReport report)
    {
        var (classes, confusion) = (report.Rankings.Classes, report.Confusion);
        return classes == 0
            ? throw new ArgumentException("the report has no scores: make it from a model or from probabilities, with keepScores")
            : Enumerable.Range(0, classes).Where(label => classes != 2 || label == 1)
                .Select(label =>
                    (label, confusion.Names.IsEmpty ? $"class {confusion.NameOf(label)}" : confusion.NameOf(label),
                        report.Rankings.Of(label)));
    }

    private static PlotObject Line(int label, string name, IEnumerable<(double X, double Y)> points)
    {
        var corners = Corners([.. points]);
        return PlotObject.Of(
            ("type", "scatter"),
            ("mode", "lines"),
            ("name", name),
            ("x", PlotValue.Numbers(corners.Select(point => point.X))),
            ("y", PlotValue.Numbers(corners.Select(point => point.Y))),
            ("line",
                PlotObject.Of(("color", Palette.Colour(label)), ("width", 2.5),
                    ("dash", label < Palette.Colours.Length ? "solid" : "dash"))));
    }

    /// <summary>The points at which the curve turns, or a number of points at equal distances, the ends included.</summary>
    private static ImmutableArray<(double X, double Y)> Corners(ImmutableArray<(double X, double Y)> points)
    {
        var turns = points.Where((point, i) => i == 0 || i == points.Length - 1
            || !((points[i - 1].X == point.X && points[i + 1].X == point.X) || (points[i - 1].Y == point.Y && points[i + 1].Y == point.Y)))
                .ToImmutableArray();
        return turns.Length <= MaxCurvePoints
            ? turns
            : [.. Enumerable.Range(0, MaxCurvePoints).Select(i => turns[(int)((long)i * (turns.Length - 1) / (MaxCurvePoints - 1))])];
    }

    private static PlotObject Square(string x, string unitX, string y, string unitY) => PlotObject.Of(
        ("xaxis", Axis.Of(x, unitX, PlotObject.Of(("range", new[] { -1.0, 101 }), ("zeroline", false)))),
        ("yaxis", Axis.Of(y, unitY, PlotObject.Of(("range", new[] { -1.0, 101 }), ("zeroline", false)))),
        ("meta", PlotObject.Of(("aspect", 1))));
}
