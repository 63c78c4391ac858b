namespace FunctionalNN;

/// <summary>Axes of a layout.</summary>
public static class Axis
{
    /// <summary>An axis with a title and the unit of its numbers: <c>Axis.Of("loss", "nats")</c> is titled "loss (nats)".</summary>
    /// <param name="title">What is measured.</param>
    /// <param name="unit">In what; null for a count or a pure number.</param>
    /// <param name="more">Any of Plotly's other attributes.</param>
    public static PlotObject Of(string title, string? unit = null, PlotObject? more = null) =>
        PlotObject.Of(("title", PlotObject.Of(("text", unit is null ? title : $"{title} ({unit})")))).Merge(more ?? PlotObject.Empty);
}
