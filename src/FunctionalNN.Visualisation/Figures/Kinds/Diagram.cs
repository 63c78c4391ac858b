using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;

namespace FunctionalNN;

/// <content>The network itself.</content>
public sealed partial record Figure
{
    private const int LineHeight = 18;

    /// <summary>The network as columns of units and the connections between them: of an image a unit is a channel. Of wide layers some
    /// units are drawn; layers that keep the shape stand in the column before.</summary>
    /// <param name="network">The network.</param>
    /// <param name="maxUnits">How many units of a layer to draw at most, 2 or more.</param>
    public static Figure Diagram(Network network, int maxUnits = 12)
    {
        var columns = DiagramColumn.Of(network, maxUnits);
        return Diagram(network, columns,
            Enumerable.Range(0, columns.Length - 1)
                .Select(i => Edges(columns[i], columns[i + 1], i, Palette.Shade(6, 0.45), 0.8, (_, _) => true)));
    }

    /// <summary>The network with its weights: blue connections have negative weights, vermilion ones positive, and thick ones great
    /// ones.</summary>
    /// <param name="model">The network with its numbers.</param>
    /// <param name="maxUnits">How many units of a layer to draw at most, 2 or more.</param>
    public static Figure Diagram<T>(Model<T> model, int maxUnits = 12)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var columns = DiagramColumn.Of(model.Network, maxUnits);
        return Diagram(model.Network, columns,
            Enumerable.Range(0, columns.Length - 1).SelectMany(i => WeightEdges(model, columns[i], columns[i + 1], i))) with
        {
            Note = "Blue: negative weights, vermilion: positive; thick: great beside the layer's greatest.",
        };
    }

    private static Figure Diagram(Network network, ImmutableArray<DiagramColumn> columns, IEnumerable<PlotObject> edges) => new()
    {
        Title = $"The network: {network.ParameterLayout.Count:N0} trained numbers",
        Traces =
        [
            .. edges,
            PlotObject.Of(
                ("type", "scatter"),
                ("mode", "markers"),
                ("x", PlotValue.Numbers(columns.SelectMany((column, i) => column.Units.Select(_ => (double)i)))),
                ("y", PlotValue.Numbers(columns.SelectMany(column => column.Units.Select(column.Height)))),
                ("text",
                    PlotValue.Texts(columns.SelectMany(column =>
                        column.Units.Select(unit => $"{column.Layers[0]}, {column.UnitName} {unit}")))),
                ("hovertemplate", "%{text}<extra></extra>"),
                ("showlegend", false),
                ("marker", PlotObject.Of(("size", 15), ("color", Palette.Colour(4)),
                    ("symbol", columns.All(column => column.Image is null)
                        ? null
                        : PlotValue.Texts(columns.SelectMany(column =>
                            column.Units.Select(_ => column.Image is null ? "circle" : "square")))),
                    ("line", PlotObject.Of(("width", 1.5)))))),
        ],
        Layout = PlotObject.Of(
            ("height", 520 + (LineHeight * Lines(columns))),
            ("xaxis", PlotObject.Of(("visible", false), ("range", new[] { -0.5, columns.Length - 0.5 }))),
            ("yaxis", PlotObject.Of(("visible", false), ("range", new[] { -1.32 - (2.44 * LineHeight * Lines(columns) / 520), 1.12 }))),
            ("margin", PlotObject.Of(("l", 4), ("r", 4), ("t", 8), ("b", 8))),
            ("hovermode", "closest"),
            ("annotations", PlotValue.List(columns.SelectMany((column, i) => column.Captions(i))))),
    };

    /// <summary>How many lines of captions there are that the height has no room for.</summary>
    private static int Lines(ImmutableArray<DiagramColumn> columns) => columns.Max(column => Math.Max(0, column.Layers.Length - 2));

    /// <summary>Connections of one look: a line for each, in one trace.</summary>
    private static PlotObject Edges(DiagramColumn left, DiagramColumn right, int position, string colour, double width,
        Func<int, int, bool> belongs)
    {
        var ends =
            left.Units.SelectMany(first => right.Units.Where(second => belongs(first, second))
                .Select(second => (First: left.Height(first), Second: right.Height(second)))).ToArray();
        return PlotObject.Of(
            ("type", "scatter"),
            ("mode", "lines"),
            ("x", PlotValue.Numbers(ends.SelectMany(_ => new[] { position, position + 1, double.NaN }))),
            ("y", PlotValue.Numbers(ends.SelectMany(end => new[] { end.First, end.Second, double.NaN }))),
            ("line", PlotObject.Of(("color", colour), ("width", width))),
            ("hoverinfo", "skip"),
            ("showlegend", false));
    }

    private static IEnumerable<PlotObject> WeightEdges<T>(Model<T> model, DiagramColumn left, DiagramColumn right, int position)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        const int Steps = 4;
        var places = model.Parameters.Layout.Placements;
        var index = places.ToList()
            .FindIndex(place => place.Layer == right.Layers[0] && place.Slot is { Name: "weights" } slot && slot.Rows == left.Width
                && slot.Columns == right.Width);
        if (index < 0)
        {
            return [Edges(left, right, position, Palette.Shade(6, 0.45), 0.8, (_, _) => true)];
        }

        var weights = model.Parameters.View(index);
        var greatest = weights.Values.ToArray().Max(weight => Math.Abs(double.CreateTruncating(weight)));
        int StepOf(int first, int second) =>
            greatest > 0 ? (int)Math.Min(Steps - 1, Math.Abs(double.CreateTruncating(weights[first, second])) / greatest * Steps) : 0;
        PlotObject Look(int step, bool isNegative) =>
            Edges(left, right, position, Palette.Shade(isNegative ? 0 : 5, 0.25 + (0.2 * step)), 0.6 + (1.1 * step), (first, second) =>
            StepOf(first, second) == step && T.IsNegative(weights[first, second]) == isNegative);
        return Enumerable.Range(0, Steps).SelectMany(step => (PlotObject[])[Look(step, true), Look(step, false)]);
    }

    /// <summary>A shape, the units of it that are drawn, and the layers that have it.</summary>
    /// <param name="Width">How many units: numbers, or channels of an image.</param>
    /// <param name="Image">The image, where it is one.</param>
    /// <param name="Units">Those that are drawn.</param>
    /// <param name="Layers">The names of the layers.</param>
    private sealed record DiagramColumn(int Width, ImageSize? Image, ImmutableArray<int> Units, ImmutableArray<string> Layers)
    {
        public string UnitName => Image is null ? "unit" : "channel";

        private bool IsCut => Units.Length < Width;

        public static ImmutableArray<DiagramColumn> Of(Network network, int maxUnits)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(maxUnits, 2);
            var columns = new List<DiagramColumn> { Of(network, 0, "input", maxUnits) };
            for (var i = 0; i < network.Layers.Length; i++)
            {
                var name = network.LayerNames[i];
                var joins = network.Widths[i + 1] == network.Widths[i] && network.Shapes[i + 1].Image == network.Shapes[i].Image
                    && !network.ParameterLayout.Placements.Any(place => place.Layer == name && place.Slot.Name == "weights");
                if (joins)
                {
                    columns[^1] = columns[^1] with { Layers = columns[^1].Layers.Add(name) };
                }
                else
                {
                    columns.Add(Of(network, i + 1, name, maxUnits));
                }
            }

            return [.. columns];
        }

        private static DiagramColumn Of(Network network, int position, string name, int maxUnits)
        {
            var image = network.Shapes[position].Image;
            var units = image is { Channels: var channels, Plane: > 1 } ? channels : network.Widths[position];
            return new DiagramColumn(units, units == network.Widths[position] ? null : image, Shown(units, maxUnits), [name]);
        }

        /// <summary>From 1 for the first unit down to −1; those on either side of what is left out have a gap between them.</summary>
        public double Height(int unit)
        {
            var (place, places) = (Units.IndexOf(unit), Units.Length + (IsCut ? 1 : 0));
            place += IsCut && place >= Units.Length / 2 ? 1 : 0;
            return places == 1 ? 0 : Reach(places) * (1 - (2.0 * place / (places - 1)));
        }

        public IEnumerable<PlotObject> Captions(int position)
        {
            yield return PlotObject.Of(
                ("text",
                    $"<b>{Image?.ToString() ?? Width.ToString("N0", CultureInfo.InvariantCulture)}</b><br>{string.Join("<br>", Layers)}"),
                ("x", position), ("y", -1.04), ("yanchor", "top"), ("showarrow", false));
            if (IsCut)
            {
                yield return PlotObject.Of(("text", "⋮"), ("x", position),
                    ("y", (Height(Units[(Units.Length / 2) - 1]) + Height(Units[Units.Length / 2])) / 2),
                    ("font", PlotObject.Of(("size", 20))), ("showarrow", false));
            }
        }

        /// <summary>Few units stand close together in the middle.</summary>
        private static double Reach(int places) => Math.Min(0.95, 0.16 * (places - 1));

        private static ImmutableArray<int> Shown(int width, int maxUnits) => width <= maxUnits
            ? [.. Enumerable.Range(0, width)]
            : [.. Enumerable.Range(0, maxUnits / 2), .. Enumerable.Range(width - (maxUnits - (maxUnits / 2)), maxUnits - (maxUnits / 2))];
    }
}
