namespace FunctionalNN;

/// <content>Which learning rate to take.</content>
public sealed partial record Figure
{
    /// <summary>The loss over the learning rate of a range test, with a line at the rate that it suggests.</summary>
    public static Figure RateRange(LearningRateRange test)
    {
        var suggestion = test.Suggestion.Match(rate => (double?)rate, () => null);
        var rates = PlotValue.Numbers(test.Points.Select(point => point.Rate));

        // At a rate that is too high the loss of a single batch may be so large that all else would be a flat line.
        var most = 1.15 * test.Points.Max(point => point.Smoothed);
        var least = test.Points.Min(point => Math.Min(point.Loss, point.Smoothed));
        return new Figure
        {
            Title = "Learning-rate range test",
            Note = Join(suggestion is { } found
                ? $"Suggested rate: {found:G3}."
                : "The loss never fell: there is no rate to suggest.", $"The test ended since {test.End}."),
            Traces =
            [
                PlotObject.Of(
                    ("type", "scatter"), ("mode", "markers"), ("name", "a batch"), ("x", rates),
                    ("y", PlotValue.Numbers(test.Points.Select(point => point.Loss))),
                    ("marker", PlotObject.Of(("color", Palette.Colour(4)), ("size", 5)))),
                PlotObject.Of(
                    ("type", "scatter"), ("mode", "lines"), ("name", "moving average"), ("x", rates),
                    ("y", PlotValue.Numbers(test.Points.Select(point => point.Smoothed))),
                    ("line", PlotObject.Of(("color", Palette.Colour(0)), ("width", 2.5)))),
            ],
            Layout = PlotObject.Of(
                ("xaxis", Axis.Of("learning rate", null, PlotObject.Of(("type", "log"), ("exponentformat", "power"), ("dtick", 1)))),
                ("yaxis", Axis.Of("loss", null, PlotObject.Of(("range", new[] { least - (0.05 * (most - least)), most })))),
                ("shapes", suggestion is { } rate ? PlotValue.List(Panels.VerticalLine(rate)) : null)),
        };
    }
}
