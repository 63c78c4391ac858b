using System.Numerics;

namespace FunctionalNN;

/// <content>Predicted amounts.</content>
public sealed partial record Figure
{
    private const int CurvePlaces = 400;

    /// <summary>
    /// Of a model with one input, the curve that it learned through the data. Of one with several, what was predicted over what is true: on
    /// the dotted line it is right.
    /// </summary>
    /// <param name="model">A model for real targets.</param>
    /// <param name="data">Rows with real targets.</param>
    /// <param name="names">What input and target are called, with their units.</param>
    /// <exception cref="ArgumentException">The targets are classes or do not fit the model, or there are no rows.</exception>
    public static Figure RegressionFit<T>(Model<T> model, DataSet<T> data, (string Input, string Target)? names = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        data = model.Arrange(data);
        if (data.Targets is not RealTargets<T> targets || targets.Values.Columns != model.Network.Outputs || data.Count == 0)
        {
            throw new ArgumentException($"the fit is drawn of rows with {model.Network.Outputs} real targets each, found {data}");
        }

        var rows = Rows.Spread(data.Count, Rows.MaxMarkers);
        var (inputs, truth) = (data.InputsOf(rows), targets.Values);
        var target = names?.Target ?? "target";
        var note = Rows.NoteOn(rows.Length, data.Count);
        return data.Inputs.Width == 1
            ? new Figure
            {
                Title = "Regression fit",
                Note = note,
                Traces = [.. Enumerable.Range(0, truth.Columns).SelectMany(output => FittedCurve(model, inputs, rows, truth, output))],
                Layout = PlotObject.Of(("xaxis", Axis.Of(names?.Input ?? "input")), ("yaxis", Axis.Of(target))),
            }
            : Diagonal(model.Predict(inputs), rows, truth, target) with { Note = note };
    }

    private static IEnumerable<PlotObject> FittedCurve<T>(Model<T> model, Matrix<T> inputs, int[] rows, Matrix<T> truth, int output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var values = inputs.Values.ToArray().Select(double.CreateTruncating).ToArray();
        var (least, greatest) = (values.Min(), values.Max());
        var places = Enumerable.Range(0, CurvePlaces).Select(i => least + (i * (greatest - least) / (CurvePlaces - 1))).ToArray();
        var curve = model.Predict(Matrix.Create(CurvePlaces, 1, (row, _) => T.CreateSaturating(places[row])));
        var suffix = truth.Columns == 1 ? "" : $" {output}";
        yield return PlotObject.Of(
            ("type", "scatter"), ("mode", "markers"), ("name", $"data{suffix}"), ("x", values),
            ("y", PlotValue.Numbers(rows.Select(row => double.CreateTruncating(truth[row, output])))),
            ("marker", PlotObject.Of(("color", Palette.Colour((2 * output) + 1)), ("size", 5), ("opacity", 0.7))));
        yield return PlotObject.Of(
            ("type", "scatter"), ("mode", "lines"), ("name", $"model{suffix}"), ("x", places), ("y", Column(curve, output)),
            ("line", PlotObject.Of(("color", Palette.Colour(2 * output)), ("width", 3))));
    }

    private static Figure Diagonal<T>(Matrix<T> predicted, int[] rows, Matrix<T> truth, string target)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var all = rows.SelectMany(row => truth.Row(row).ToArray()).Concat(predicted.Values.ToArray()).Select(double.CreateTruncating)
            .Where(double.IsFinite).ToArray();
        double[] ends = all.Length == 0 ? [0, 1] : [all.Min(), all.Max()];
        return new Figure
        {
            Title = "Predicted and true",
            Traces =
            [
                Reference(ends, ends, "right"),
                .. Enumerable.Range(0, truth.Columns).Select(output => PlotObject.Of(
                    ("type", "scatter"),
                    ("mode", "markers"),
                    ("name", truth.Columns == 1 ? "rows" : $"output {output}"),
                    ("x", PlotValue.Numbers(rows.Select(row => double.CreateTruncating(truth[row, output])))),
                    ("y", Column(predicted, output)),
                    ("marker",
                        PlotObject.Of(("color", Palette.Colour(output)), ("symbol", Palette.Symbol(output)), ("size", 5),
                            ("opacity", 0.6))))),
            ],
            Layout =
                PlotObject.Of(("xaxis", Axis.Of($"true {target}")), ("yaxis", Axis.Of($"predicted {target}")),
                    ("meta", PlotObject.Of(("aspect", 1)))),
        };
    }

    /// <summary>A dotted grey line to compare with.</summary>
    private static PlotObject Reference(PlotValue x, PlotValue y, string name) => PlotObject.Of(
        ("type", "scatter"), ("mode", "lines"), ("name", name), ("x", x), ("y", y), ("hoverinfo", "skip"),
        ("line", PlotObject.Of(("color", Palette.Grey), ("width", 1.5), ("dash", "dot"))));
}
