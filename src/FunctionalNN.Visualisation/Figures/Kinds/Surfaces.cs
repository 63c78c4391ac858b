using System.Numerics;

namespace FunctionalNN;

/// <content>Functions of two inputs in three dimensions: drag to turn them.</content>
public sealed partial record Figure
{
    /// <summary>What a model makes of two inputs, as a surface that can be turned, with the data on top. Other inputs are at their mean.
    /// All places are predicted in one batch. The vertical axis is as high as the targets and a little more.</summary>
    /// <param name="model">A model for real targets.</param>
    /// <param name="data">Rows with real targets: they say how wide the plane is.</param>
    /// <param name="x">The first input to show, from 0.</param>
    /// <param name="y">The second input to show, from 0.</param>
    /// <param name="output">Which output, from 0.</param>
    /// <param name="resolution">How many places along each axis.</param>
    /// <param name="names">What inputs and output are called, with their units.</param>
    /// <exception cref="ArgumentException">The data has no such inputs or no rows, or the targets are classes.</exception>
    public static Figure Surface<T>(Model<T> model, DataSet<T> data, int x = 0, int y = 1, int output = 0, int resolution = 50,
        (string X, string Y, string Z)? names = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        data = model.Arrange(data);
        if (data.Targets is not RealTargets<T> targets)
        {
            throw new ArgumentException("the targets are classes: draw Figure.ProbabilitySurfaces, or give real targets");
        }

        RequireOutput(model, output);
        var plane = Plane.Around(data, x, y, resolution);
        var outputs = plane.Outputs(model, data, x, y);
        var rows = Rows.Spread(data.Count, Rows.MaxMarkers);
        var inputs = data.InputsOf(rows);
        var (least, greatest) = Ends(targets.Values, output);
        var margin = 0.15 * (greatest - least);
        return new Figure
        {
            Title = "The learned function",
            Note = Join(Rows.NoteOn(rows.Length, data.Count), Plane.NoteOn(data.Inputs.Width)),
            Traces =
            [
                PlotObject.Of(
                    ("type", "surface"),
                    ("name", "model"),
                    ("x", plane.Xs),
                    ("y", plane.Ys),
                    ("z", PlotValue.Grid(resolution, resolution,
                        (row, column) => double.CreateTruncating(outputs[(row * resolution) + column, output]))),
                    ("colorscale", "Viridis"),
                    ("cmin", least),
                    ("cmax", greatest),
                    ("opacity", 0.92),
                    ("colorbar",
                        PlotObject.Of(("title", PlotObject.Of(("text", names?.Z ?? OutputName(model, output)))), ("thickness", 12),
                            ("len", 0.7)))),
                PlotObject.Of(
                    ("type", "scatter3d"),
                    ("mode", "markers"),
                    ("name", "data"),
                    ("x", Column(inputs, x)),
                    ("y", Column(inputs, y)),
                    ("z", PlotValue.Numbers(rows.Select(row => double.CreateTruncating(targets.Values[row, output])))),
                    ("marker", PlotObject.Of(("size", 2.5), ("color", Palette.Colour(5))))),
            ],
            Layout =
                Scene(names?.X ?? InputName(x), names?.Y ?? InputName(y), names?.Z ?? OutputName(model, output),
                    PlotObject.Of(("range", new[] { least - margin, greatest + margin }))),
        };
    }

    /// <summary>The probability that a model gives each class over two inputs, a surface for each class, that can be turned. Other inputs
    /// are at their mean.</summary>
    /// <param name="model">A classifier.</param>
    /// <param name="data">Rows with classes: they say how wide the plane is.</param>
    /// <param name="x">The first input to show, from 0.</param>
    /// <param name="y">The second input to show, from 0.</param>
    /// <param name="resolution">How many places along each axis.</param>
    /// <param name="loss">Says how outputs are to be read that are no probabilities, as for <see cref="ClassificationReport"/>.</param>
    /// <param name="names">What the two inputs are called, with their units.</param>
    /// <exception cref="ArgumentException">The data has no such inputs, no rows, or no classes that fit the model, or its outputs are no
    /// probabilities.</exception>
    public static Figure ProbabilitySurfaces<T>(Model<T> model, DataSet<T> data, int x = 0, int y = 1, int resolution = 50,
        Loss? loss = null, (string X, string Y)? names = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        data = model.Arrange(data);
        var reading = ClassOutputs.Of(model.Network, data, loss);
        if (!reading.AreProbabilities)
        {
            throw new ArgumentException(
                "the model's outputs are no probabilities: end it in Softmax, or say with the loss how they are to be read");
        }

        var plane = Plane.Around(data, x, y, resolution);
        var probabilities = reading.Read(plane.Outputs(model, data, x, y));
        var labels = ClassOutputs.Labels<T>(data.Targets);
        return new Figure
        {
            Title = "Probability of each class",
            Note = Plane.NoteOn(data.Inputs.Width),
            Traces = [.. Enumerable.Range(0, probabilities.Columns).Select(label => PlotObject.Of(
                ("type", "surface"),
                ("name", ClassName(labels, label)),
                ("x", plane.Xs),
                ("y", plane.Ys),
                ("z", PlotValue.Grid(resolution, resolution,
                    (row, column) => Math.Round(probabilities[(row * resolution) + column, label], 3))),
                ("colorscale", PlotValue.List(PlotValue.List(0, Palette.Colour(label)), PlotValue.List(1, Palette.Colour(label)))),
                ("showscale", false),
                ("showlegend", true),
                ("opacity", 0.85)))],
            Layout = Scene(names?.X ?? InputName(x), names?.Y ?? InputName(y), "probability", PlotObject.Of(("range", new[] { 0.0, 1 }))),
        };
    }

    /// <summary>The least and the greatest target: the vertical axis is the same for every model, so that an animation does not
    /// jump.</summary>
    private static (double Least, double Greatest) Ends<T>(Matrix<T> targets, int output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (least, greatest) = (double.PositiveInfinity, double.NegativeInfinity);
        for (var row = 0; row < targets.Rows; row++)
        {
            var value = double.CreateTruncating(targets[row, output]);
            (least, greatest) = (Math.Min(least, value), Math.Max(greatest, value));
        }

        return greatest > least ? (least, greatest) : (least - 1, least + 1);
    }

    internal static void RequireOutput<T>(Model<T> model, int output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if ((uint)output >= (uint)model.Network.Outputs)
        {
            throw new ArgumentOutOfRangeException(nameof(output),
                $"output {output} is to be drawn, the network has {model.Network.Outputs}, counted from 0");
        }
    }

    internal static string OutputName<T>(Model<T> model, int output)
        where T : unmanaged, IFloatingPointIeee754<T> =>
            model.Network.Outputs == 1 ? "output" : $"output {output}";

    internal static string Join(params string[] sentences) => string.Join(" ", sentences.Where(sentence => sentence.Length > 0));

    private static PlotObject Scene(string x, string y, string z, PlotObject? vertical = null) => PlotObject.Of(
        ("height", 620),
        ("margin", PlotObject.Of(("l", 0), ("r", 0), ("t", 8), ("b", 0))),
        ("scene", PlotObject.Of(
            ("xaxis", Axis.Of(x)),
            ("yaxis", Axis.Of(y)),
            ("zaxis", Axis.Of(z, null, vertical)),
            ("aspectmode", "manual"),
            ("aspectratio", PlotObject.Of(("x", 1.15), ("y", 1.15), ("z", 0.8))),
            ("camera",
                PlotObject.Of(("eye", PlotObject.Of(("x", 1.3), ("y", -1.4), ("z", 0.95))),
                    ("center", PlotObject.Of(("x", 0), ("y", 0), ("z", -0.2))))))));
}
