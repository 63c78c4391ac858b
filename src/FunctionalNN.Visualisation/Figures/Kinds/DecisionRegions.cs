using System.Collections.Immutable;
using System.Numerics;

namespace FunctionalNN;

/// <content>What a classifier answers over a plane.</content>
public sealed partial record Figure
{
    /// <summary>More markers than this are drawn by the graphics card.</summary>
    private const int MaxShapes = 3000;

    /// <summary>
    /// The class that a model sees at each place of a plane of two inputs, in its colour and the stronger the surer it is, with the data on
    /// top. Other inputs are at their mean. All places are predicted in one batch.
    /// </summary>
    /// <param name="model">A classifier.</param>
    /// <param name="data">Rows with classes: they say how wide the plane is.</param>
    /// <param name="x">The input on the horizontal axis, from 0.</param>
    /// <param name="y">The input on the vertical axis, from 0.</param>
    /// <param name="resolution">How many places along each axis.</param>
    /// <param name="loss">Says how outputs are to be read that are no probabilities, as for <see cref="ClassificationReport"/>.</param>
    /// <param name="names">What the two inputs are called, with their units; "input 0" and "input 1" by default.</param>
    /// <exception cref="ArgumentException">The data has no such inputs, no rows, or no classes that fit the model.</exception>
    public static Figure DecisionRegions<T>(Model<T> model, DataSet<T> data, int x = 0, int y = 1, int resolution = 100, Loss? loss = null,
        (string X, string Y)? names = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        data = model.Arrange(data);
        var reading = ClassOutputs.Of(model.Network, data, loss);
        var plane = Plane.Around(data, x, y, resolution);
        var scores = reading.Read(plane.Outputs(model, data, x, y));
        var classes = scores.Columns;
        return new Figure
        {
            Title = "Decision regions",
            Note = string.Join(" ",
                new[] { reading.AreProbabilities ? "Strong colours: the model is sure." : "",
                    Plane.NoteOn(data.Inputs.Width) }.Where(text => text.Length > 0)),
            Traces =
            [
                PlotObject.Of(
                    ("type", "heatmap"),
                    ("x0", plane.X0),
                    ("dx", plane.StepX),
                    ("y0", plane.Y0),
                    ("dy", plane.StepY),
                    ("z", PlotValue.Grid(resolution, resolution,
                        (row, column) => Shade(scores.Row((row * resolution) + column), reading.AreProbabilities))),
                    ("zmin", 0),
                    ("zmax", classes),
                    ("colorscale", Shades(classes)),
                    ("showscale", false),
                    ("hoverinfo", "skip")),
                .. Points(data, classes, x, y),
            ],
            Layout = PlotObject.Of(
                ("xaxis", Axis.Of(names?.X ?? InputName(x), null, Range(plane.X0, plane.X1))),
                ("yaxis", Axis.Of(names?.Y ?? InputName(y), null, Range(plane.Y0, plane.Y1))),
                ("meta", PlotObject.Of(("aspect", 1)))),
        };
    }

    internal static string InputName(int input) => $"input {input}";

    internal static PlotObject Range(double from, double to) =>
        PlotObject.Of(("range", new[] { from, to }), ("zeroline", false), ("showgrid", false));

    /// <summary>The data, one trace a class.</summary>
    private static IEnumerable<PlotObject> Points<T>(DataSet<T> data, int classes, int x, int y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var labels = ClassOutputs.Labels<T>(data.Targets);
        for (var label = 0; label < classes; label++)
        {
            var rows = data.InputsOf([.. Enumerable.Range(0, data.Count).Where(row => labels[row] == label)]);
            yield return PlotObject.Of(
                ("type", data.Count > MaxShapes ? "scattergl" : "scatter"),
                ("mode", "markers"),
                ("name", ClassName(labels, label)),
                ("x", Column(rows, x)),
                ("y", Column(rows, y)),
                ("marker", PlotObject.Of(
                    ("color", Palette.Colour(label)), ("symbol", Palette.Symbol(label)),
                    ("size", data.Count switch { > MaxShapes => 4, > 500 => 5, _ => 7 }), ("line", PlotObject.Of(("width", 1))))));
        }
    }

    internal static string ClassName(ClassLabels labels, int label) =>
        labels.Names.IsEmpty ? $"class {labels.NameOf(label)}" : labels.NameOf(label);

    internal static PlotValue Column<T>(Matrix<T> rows, int column)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        PlotValue.Numbers(Enumerable.Range(0, rows.Rows).Select(row => double.CreateTruncating(rows[row, column])));

    /// <summary>The class, and behind the point how sure: 0 as sure as of any class, 0.99 certain.</summary>
    private static double Shade(ReadOnlySpan<double> scores, bool areProbabilities)
    {
        var best = ClassLabels.ClassOf(scores);
        var least = 1.0 / scores.Length;
        var sureness = areProbabilities ? Math.Clamp((scores[best] - least) / (1 - least), 0, 1) : 1;
        return best + Math.Round(0.99 * sureness, 2);
    }

    /// <summary>Each class from a breath of its colour to much of it.</summary>
    private static PlotValue Shades(int classes) => PlotValue.List(Enumerable.Range(0, classes).SelectMany(label => new[]
    {
        PlotValue.List((double)label / classes, Palette.Shade(label, 0.08)),
        PlotValue.List((label + 0.999) / classes, Palette.Shade(label, 0.62)),
    }).Append(PlotValue.List(1, Palette.Shade(classes - 1, 0.62))));
}
