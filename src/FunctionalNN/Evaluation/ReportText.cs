using System.Globalization;
using System.Text;

namespace FunctionalNN;

/// <summary>Rows of scikit-learn's classification_report: its widths and its rounding.</summary>
internal static class ReportText
{
    public static string Header(int width) => Line("", width, "precision", "recall", "f1-score", "support");

    public static string Row(string name, int width, ClassScores scores, bool isWeighted) =>
        Line(name, width, Fixed(scores.Precision), Fixed(scores.Recall), Fixed(scores.F1), Support(scores.Support, isWeighted));

    /// <summary>A row with one number, under F1.</summary>
    public static string Row(string name, int width, double value, double support, bool isWeighted) =>
        Line(name, width, "", "", Fixed(value), Support(support, isWeighted));

    /// <summary>
    /// A number with two digits after the point, as Python prints it: of two as near the one with the even digit, where .NET takes the
    /// greater. Only odd multiples of 1/8 lie exactly between two such numbers.
    /// </summary>
    public static string Fixed(double value) => double.IsOddInteger(value * 8)
        ? (Math.Round(value * 100, MidpointRounding.ToEven) / 100).ToString("F2", CultureInfo.InvariantCulture)
        : double.IsNaN(value) ? "nan" : value.ToString("F2", CultureInfo.InvariantCulture);

    /// <summary>Measures in one line, those that are NaN left out.</summary>
    public static string Measures(params IEnumerable<(string Name, double Value)> measures) => string.Join(
        ", ", measures.Where(measure => !double.IsNaN(measure.Value))
            .Select(measure => $"{measure.Name} {measure.Value:F4}"));

    /// <summary>An accuracy with its interval beside the baseline's, and a warning where the two may be the same.</summary>
    public static string Accuracy(string name, double accuracy, Interval interval, string baselineName, double baseline) =>
        $"{name} {accuracy:F4}, 95 % interval {interval}; {baselineName}: {baseline:F4}"
            + $"{(interval.Low > baseline ? "" : interval.High < baseline ? " - worse than that" : " - not surely better than that")}";

    /// <summary>Python shows that a number is no count by a point.</summary>
    private static string Support(double weight, bool isWeighted) =>
        weight.ToString(isWeighted && double.IsInteger(weight) ? "F1" : "R", CultureInfo.InvariantCulture);

    private static string Line(string name, int width, params string[] cells) =>
        cells.Aggregate(new StringBuilder(name.PadLeft(width) + " "), (text, cell) => text.Append(' ').Append(cell.PadLeft(9))).ToString();
}
