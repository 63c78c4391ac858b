using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>Several plots below one another over one horizontal axis, or each over its own.</summary>
internal static class Panels
{
    private const double Gap = 36;
    private const int Around = 110;

    /// <summary>Plotly's name for an axis: x, x2, x3 …; as a key of the layout with "axis" within.</summary>
    public static string Name(string letter, int index, string middle = "") =>
        $"{letter}{middle}{(index == 0 ? "" : index + 1)}";

    /// <summary>Vertical axes from the top down over one horizontal axis.</summary>
    /// <param name="vertical">The axes.</param>
    /// <param name="horizontal">The axis that they share.</param>
    /// <param name="height">Of a panel, in pixels.</param>
    public static PlotObject Layout(ImmutableArray<PlotObject> vertical, PlotObject horizontal, int height)
    {
        var layout = Domains(vertical, height);
        return layout
            .With("xaxis", horizontal.With("anchor", Name("y", vertical.Length - 1)));
    }

    /// <summary>Pairs of axes from the top down.</summary>
    public static PlotObject Layout(ImmutableArray<(PlotObject Horizontal, PlotObject Vertical)> panels, int height)
    {
        var layout = Domains([.. panels.Select(panel => panel.Vertical)], height, Gap * 1.3);
        return panels.Select((panel, i) => (panel.Horizontal, i)).Aggregate(layout, (whole, panel) => whole
            .With(Name("x", panel.i, "axis"), panel.Horizontal.With("anchor", Name("y", panel.i)))
            .With(Name("y", panel.i, "axis"), ((PlotObject)whole[Name("y", panel.i, "axis")]!).With("anchor", Name("x", panel.i))));
    }

    /// <summary>A dotted line over all panels.</summary>
    public static PlotObject VerticalLine(double x) => PlotObject.Of(
        ("type", "line"), ("xref", "x"), ("yref", "paper"), ("x0", x), ("x1", x), ("y0", 0), ("y1", 1),
        ("line", PlotObject.Of(("width", 1.5), ("dash", "dot"))));

    private static PlotObject Domains(ImmutableArray<PlotObject> vertical, int height, double gap = Gap)
    {
        var all = (vertical.Length * height) + ((vertical.Length - 1) * gap);
        return vertical.Select((axis, i) => (axis, i)).Aggregate(PlotObject.Of(("height", all + Around)), (layout, row) =>
        {
            var top = 1 - (row.i * (height + gap) / all);
            return layout.With(Name("y", row.i, "axis"), row.axis.With("domain", PlotValue.List(Math.Max(0, top - (height / all)), top)));
        });
    }
}
