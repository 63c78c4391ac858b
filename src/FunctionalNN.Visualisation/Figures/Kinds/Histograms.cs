using System.Collections.Immutable;
using System.Numerics;

namespace FunctionalNN;

/// <content>How numbers are spread, layer by layer.</content>
public sealed partial record Figure
{
    private const int Bins = 50;

    /// <summary>How the weights and other trained numbers of each layer are spread.</summary>
    public static Figure WeightHistograms<T>(Model<T> model)
        where T : unmanaged, IFloatingPointIeee754<T> => Histograms("Trained numbers of each layer", "value", Slots(model.Parameters));

    /// <summary>How the outputs of each layer are spread, in prediction, over the rows of a data set.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">Rows to predict; only the first are used.</param>
    /// <param name="maxRows">How many rows to take at most.</param>
    /// <exception cref="ArgumentException">The rows have another width than the network's input, or there are none.</exception>
    public static Figure ActivationHistograms<T>(Model<T> model, DataSet<T> data, int maxRows = 512)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        data = model.Arrange(data);
        var rows = RowsOf(data, maxRows);
        return Histograms("Outputs of each layer", "output",
            model.Outputs(data.InputsOf(rows))
                .Select(layer => (layer.Layer, layer.Output.Values.ToArray().Select(double.CreateTruncating).ToArray())))
            with
        { Note = $"In prediction, over {rows.Length} rows. A great bar at zero behind a rectifier is of units that say nothing." };
    }

    /// <summary>How the gradients of each layer's trained numbers are spread, for one batch.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">Rows to take the gradient over.</param>
    /// <param name="loss">What is to be made small.</param>
    /// <param name="maxRows">How many of the first rows to take at most.</param>
    /// <param name="seed">Decides what dropout drops.</param>
    /// <exception cref="ArgumentException">The data or the loss does not fit the network, or there are no rows.</exception>
    public static Figure GradientHistograms<T>(Model<T> model, DataSet<T> data, Loss loss, int maxRows = 512, int seed = 0)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        data = model.Arrange(data);
        var rows = RowsOf(data, maxRows);
        var batch = data.Take(rows.Length).FullBatch().Epoch(default, 0)[0];
        return Histograms("Gradients of each layer", "gradient of the loss",
            Slots(model.Gradient(batch, loss, new Key((ulong)seed)).Gradient)) with
        {
            Note = $"Over a batch of {rows.Length} rows, penalties included. Layers whose gradients are far smaller than others' "
                    + $"learn slowly.",
        };
    }

    private static int[] RowsOf<T>(DataSet<T> data, int maxRows)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRows, 1);
        return data.Count == 0
            ? throw new ArgumentException("the data has no rows: there is nothing to draw")
            : [.. Enumerable.Range(0, Math.Min(maxRows, data.Count))];
    }

    private static IEnumerable<(string Name, double[] Values)> Slots<T>(ParameterVector<T> vector)
        where T : unmanaged, IFloatingPointIeee754<T> => vector.Layout.Placements.Select((place, i) =>
            ($"{place.Layer}, {place.Slot.Name}", vector.View(i).Values.ToArray().Select(double.CreateTruncating).ToArray()));

    private static Figure Histograms(string title, string axis, IEnumerable<(string Name, double[] Values)> layers)
    {
        var panels = layers.Select(layer => (layer.Name, layer.Values, Histogram: Histogram.Of(layer.Values, Bins))).ToImmutableArray();
        return panels.IsEmpty ? throw new ArgumentException("the network has no trained numbers: there is nothing to draw") : new Figure
        {
            Title = title,
            Traces = [.. panels.Select((panel, row) => PlotObject.Of(
                ("type", "bar"),
                ("name", panel.Name),
                ("x", PlotValue.Numbers(panel.Histogram.Centres)),
                ("y", PlotValue.Numbers(panel.Histogram.Counts.Select(count => 100.0 * count / Math.Max(1, panel.Values.Length)))),
                ("width", panel.Histogram.Width),
                ("xaxis", Panels.Name("x", row)),
                ("yaxis", Panels.Name("y", row)),
                ("showlegend", false),
                ("marker", PlotObject.Of(("color", Palette.Colour(0)))),
                ("hovertemplate", $"{axis} %{{x:.3g}}: %{{y:.2f}} %<extra>{panel.Name}</extra>")))],
            Layout = Panels.Layout([.. panels.Select((panel, row) => (
                Axis.Of(row == panels.Length - 1 ? axis : "", null, PlotObject.Of(("exponentformat", "power"))),
                Axis.Of("numbers", "%")))], 110).Merge(PlotObject.Of(
                ("bargap", 0),
                ("margin", PlotObject.Of(("t", 30))),
                ("annotations", PlotValue.List(panels.Select((panel, row) => Heading(panel.Name, panel.Values, row)))))),
        };
    }

    /// <summary>The panel's name and its mean and spread, in its upper left.</summary>
    private static PlotObject Heading(string name, double[] values, int row)
    {
        var finite = values.Where(double.IsFinite).ToArray();
        var mean = finite.Length == 0 ? double.NaN : finite.Average();
        var spread = Math.Sqrt(finite.Sum(value => (value - mean) * (value - mean)) / finite.Length);
        var broken = finite.Length == values.Length ? "" : $", {values.Length - finite.Length} not finite";
        return PlotObject.Of(
            ("text", $"<b>{name}</b>  {values.Length:N0} numbers, mean {mean:G2}, spread {spread:G2}{broken}"),
            ("xref", $"{Panels.Name("x", row)} domain"), ("yref", $"{Panels.Name("y", row)} domain"), ("x", 0), ("y", 1),
            ("xanchor", "left"), ("yanchor", "bottom"), ("showarrow", false));
    }

    /// <summary>Counts in bins of equal width.</summary>
    private sealed record Histogram(double From, double Width, ImmutableArray<int> Counts)
    {
        public IEnumerable<double> Centres => Counts.Select((_, i) => From + ((i + 0.5) * Width));

        public static Histogram Of(double[] values, int bins)
        {
            var finite = values.Where(double.IsFinite).ToArray();
            var (least, greatest) = finite.Length == 0 ? (0, 0) : (finite.Min(), finite.Max());
            var (from, width) = greatest > least ? (least, (greatest - least) / bins) : (least - 0.5, 1.0 / bins);
            var counts = new int[bins];
            foreach (var value in finite)
            {
                counts[Math.Clamp((int)((value - from) / width), 0, bins - 1)]++;
            }

            return new Histogram(from, width, [.. counts]);
        }
    }
}
