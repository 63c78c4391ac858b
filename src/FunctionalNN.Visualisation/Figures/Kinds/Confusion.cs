using System.Globalization;

namespace FunctionalNN;

/// <content>Which classes are taken for which.</content>
public sealed partial record Figure
{
    private const int MaxClassesWithCounts = 20;
    private const int MaxDrawnClasses = 1000;

    /// <summary>A confusion matrix: each line a class, in each column how many of its rows were taken for that class; the colour is the
    /// share of the line.</summary>
    /// <exception cref="ArgumentException">It is of no rows, or of more than 1000 classes.</exception>
    public static Figure Confusion(ConfusionMatrix confusion)
    {
        if (confusion.Classes == 0)
        {
            throw new ArgumentException("the confusion matrix is of no rows: there is nothing to draw");
        }

        if (confusion.Classes > MaxDrawnClasses)
        {
            throw new ArgumentException(
                $"the confusion matrix is of {confusion.Classes} classes, expected {MaxDrawnClasses} at most: print it, which shows the "
                    + $"most frequent confusions, or put classes together");
        }

        var count = confusion.Classes;
        var names = PlotValue.Texts(Enumerable.Range(0, count).Select(confusion.NameOf));
        return new Figure
        {
            Title = "Confusion matrix",
            Note = $"{(confusion.IsWeighted ? "Weights" : "Counts")} of rows, coloured by their share of the true class; "
                    + $"{100 * confusion.Accuracy:F1} % are right.",
            Traces =
            [
                PlotObject.Of(
                    ("type", "heatmap"),
                    ("x", names),
                    ("y", names),
                    ("z", PlotValue.Grid(count, count,
                        (truth, predicted) => confusion.Support(truth) is > 0 and var support
                            ? 100 * confusion[truth, predicted] / support
                            : double.NaN)),
                    ("text",
                        PlotValue.List(Enumerable.Range(0, count)
                            .Select(truth => PlotValue.Texts(Enumerable.Range(0, count).Select(predicted =>
                        confusion[truth, predicted].ToString(confusion.IsWeighted ? "G4" : "N0", CultureInfo.InvariantCulture)))))),
                    ("texttemplate", count <= MaxClassesWithCounts ? "%{text}" : null),
                    ("hovertemplate", "true %{y}, predicted %{x}: %{text} rows, %{z:.1f} % of the class<extra></extra>"),
                    ("zmin", 0),
                    ("zmax", 100),
                    ("colorscale", PlotValue.List(PlotValue.List(0, Palette.Shade(0, 0.03)), PlotValue.List(1, Palette.Shade(0, 0.7)))),
                    ("xgap", 1),
                    ("ygap", 1),
                    ("showscale", count > MaxClassesWithCounts),
                    ("colorbar", PlotObject.Of(("title", PlotObject.Of(("text", "% of the class"))), ("thickness", 12)))),
            ],
            Layout = PlotObject.Of(
                ("xaxis", Axis.Of("predicted class", null, PlotObject.Of(("type", "category"), ("showgrid", false)))),
                ("yaxis", Axis.Of("true class", null, PlotObject.Of(("type", "category"), ("autorange", "reversed"), ("showgrid", false)))),
                ("meta", PlotObject.Of(("aspect", 1)))),
        };
    }
}
