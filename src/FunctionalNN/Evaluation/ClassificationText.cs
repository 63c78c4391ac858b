namespace FunctionalNN;

/// <summary>Prints a <see cref="ClassificationReport"/>.</summary>
internal static class ClassificationText
{
    private const int MaxPrintedClasses = 1024;
    private const int PrintedLargest = 20;

    private static readonly int[] ShownPlaces = [2, 3, 5];

    public static string Of(ClassificationReport report) => string.Join(Environment.NewLine, Table(report.Confusion), "", Summary(report));

    /// <summary>scikit-learn's classification_report with labels=range(classes).</summary>
    private static string Table(ConfusionMatrix confusion)
    {
        const string LongestMean = "weighted avg";
        var isWhole = confusion.Classes <= MaxPrintedClasses;
        var labels = isWhole ? [.. Enumerable.Range(0, confusion.Classes)] : Largest(confusion);
        var width = Math.Max(labels.Max(label => confusion.NameOf(label).Length), LongestMean.Length);
        return string.Join(
            Environment.NewLine,
            [
                ReportText.Header(width),
                "",
                .. labels.Select(label =>
                    ReportText.Row(confusion.NameOf(label), width, confusion.ScoresOf(label), confusion.IsWeighted)),
                .. isWhole ? (string[])[] : [$"and {confusion.Classes - labels.Length} classes with fewer rows: see Classes"],
                "",
                ReportText.Row("accuracy", width, confusion.Accuracy, confusion.Total, confusion.IsWeighted),
                ReportText.Row("macro avg", width, confusion.Macro(), confusion.IsWeighted),
                ReportText.Row(LongestMean, width, confusion.Weighted(), confusion.IsWeighted),
            ]);
    }

    /// <summary>The classes with the most rows; of as many, the first.</summary>
    private static int[] Largest(ConfusionMatrix confusion) =>
        [.. Enumerable.Range(0, confusion.Classes).OrderByDescending(confusion.Support).ThenBy(label => label).Take(PrintedLargest)];

    private static string Summary(ClassificationReport report)
    {
        var confusion = report.Confusion;
        string[] lines =
        [
            ReportText.Accuracy("accuracy", report.Accuracy, confusion.AccuracyInterval,
                $"always {confusion.NameOf(confusion.MajorityClass)}", report.BaselineAccuracy),
            ReportText.Measures(
                ("log-loss", report.Errors.LogLoss),
                ("Brier score", report.Errors.Brier),
                ("calibration error", report.Calibration.Error),
                (confusion.Classes > 2 ? "ROC-AUC one-vs-rest" : "ROC-AUC", report.Rankings.RocAuc),
                ("average precision", report.Rankings.AveragePrecision)),
            ReportText.Measures([("balanced accuracy", confusion.BalancedAccuracy), ("Matthews", confusion.Matthews),
                ("kappa", confusion.CohenKappa), .. TopK(report.Ranks)]),
            Missing(confusion),
        ];
        return string.Join(Environment.NewLine, lines.Where(line => line.Length > 0));
    }

    private static IEnumerable<(string Name, double Value)> TopK(LabelRanks ranks) =>
        ShownPlaces.Where(k => k < ranks.Classes).Select(k => ($"top-{k}", ranks.TopK(k)));

    private static string Missing(ConfusionMatrix confusion)
    {
        const int Most = 5;
        var names = Enumerable.Range(0, confusion.Classes).Where(label => confusion.Support(label) == 0).Select(confusion.NameOf).ToArray();
        return names.Length == 0 ? ""
            : confusion.Classes - names.Length == 1
                ? $"only class {confusion.NameOf(confusion.MajorityClass)} occurs in these rows: they cannot show whether classes are "
                    + $"told apart"
            : $"no rows of class {string.Join(", ", names.Take(Most))}{(names.Length > Most ? ", …" : "")}: recall and ROC-AUC are not "
                + $"defined there; recall counts as 0 in the macro mean";
    }
}
