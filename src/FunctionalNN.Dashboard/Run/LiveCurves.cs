using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>The curves of a run so far.</summary>
internal static class LiveCurves
{
    private const double Height = 300;

    /// <summary>Loss, and accuracy where there is one, over epochs.</summary>
    public static IEnumerable<(string Name, Figure Figure)> Of(ImmutableArray<RunPoint> points)
    {
        yield return ("loss", Curves("Loss", Axis.Of("mean loss of a row"), points, metrics => metrics.Loss));
        if (points.Any(point => point.Training.Predictions > 0))
        {
            yield return ("accuracy",
                Curves("Accuracy", Axis.Of("share of right answers", null, PlotObject.Of(("tickformat", ".0%"))), points,
                    metrics => metrics.Accuracy));
        }
    }

    /// <summary>The learning rate over epochs.</summary>
    public static (string Name, Figure Figure) Rate(ImmutableArray<RunPoint> points) => ("rate", new Figure
    {
        Title = "Learning rate",
        Traces = [Line("rate", 2, points, point => point.Rate)],
        Layout = Layout(Axis.Of("rate of the next step", null, PlotObject.Of(("exponentformat", "power"), ("rangemode", "tozero")))),
    });

    private static Figure Curves(string title, PlotObject axis, ImmutableArray<RunPoint> points, Func<Metrics, double> value) => new()
    {
        Title = title,
        Traces =
        [
            Line("training", 0, points, point => value(point.Training)),
            .. points.Any(point => point.Validation.Rows > 0)
                ? [Line("held out", 1, points, point => value(point.Validation))]
                : ImmutableArray<PlotObject>.Empty,
        ],
        Layout = Layout(axis),
    };

    private static PlotObject Line(string name, int colour, ImmutableArray<RunPoint> points, Func<RunPoint, double> value) => PlotObject.Of(
        ("type", "scatter"),
        ("mode", points.Length < 2 ? "markers" : "lines"),
        ("name", name),
        ("x", PlotValue.Numbers(points.Select(point => (double)point.Epoch))),
        ("y", PlotValue.Numbers(points.Select(value))),
        ("line", PlotObject.Of(("color", Palette.Colour(colour)), ("width", 2), ("dash", colour == 1 ? "dot" : "solid"))));

    private static PlotObject Layout(PlotObject vertical) =>
        PlotObject.Of(("height", Height), ("xaxis", Axis.Of("epoch")), ("yaxis", vertical), ("hovermode", "x unified"));
}
