using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;

namespace FunctionalNN;

/// <summary>Figures one after the other as one that moves, with play, pause and a slider.</summary>
public static class Animation
{
    private const int Pause = 120;

    /// <summary>
    /// The picture of each state, one after the other, with a slider over the epochs; it opens on the last: <c>states.Where(state =>
    /// state.Epoch % 10 == 0).Animate(state => Figure.DecisionRegions(state.Model, data))</c>.
    /// </summary>
    /// <param name="states">One state or more. A lazy sequence is trained as it is read.</param>
    /// <param name="draw">The figure of a state: the same kinds of traces for each.</param>
    /// <exception cref="ArgumentException">There are no states, or the figures have different numbers of traces.</exception>
    public static Figure Animate<T>(this IEnumerable<TrainingState<T>> states, Func<TrainingState<T>, Figure> draw)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Of("epoch",
            states.Where(state => state.Stopped.IsNone).Select(state => (state.Epoch.ToString(CultureInfo.InvariantCulture), draw(state))));

    /// <summary>An animation of named figures.</summary>
    /// <param name="what">What the names are: "epoch".</param>
    /// <param name="figures">A name and a figure for each picture, in order. All have the same number of traces; the first gives the title,
    /// the note and what never changes.</param>
    /// <exception cref="ArgumentException">There are no figures, or they have different numbers of traces.</exception>
    public static Figure Of(string what, params IEnumerable<(string Name, Figure Figure)> figures)
    {
        (string Name, Figure Figure)[] pictures = [.. figures];
        if (pictures is not [(_, var first), ..])
        {
            throw new ArgumentException("an animation needs one figure or more, none was given");
        }

        if (pictures.FirstOrDefault(picture => picture.Figure.Traces.Length != first.Traces.Length) is (_, { } other) odd)
        {
            throw new ArgumentException(
                $"the figure of {what} {odd.Name} has {other.Traces.Length} traces, the first has {first.Traces.Length}: an animation "
                    + $"moves the same traces");
        }

        var changing = Enumerable.Range(0, first.Traces.Length)
            .ToDictionary(trace => trace, trace => Changing(first.Traces[trace], pictures.Select(picture => picture.Figure.Traces[trace])));
        var layout = Changing(first.Layout, pictures.Select(picture => picture.Figure.Layout));
        int[] moving = [.. changing.Where(trace => trace.Value.Length > 0).Select(trace => trace.Key)];
        var last = pictures[^1].Figure;
        return first with
        {
            Traces = last.Traces,
            Frames = [.. pictures.Select(picture => new Frame(picture.Name)
            {
                Indices = [.. moving],
                Traces = [.. moving.Select(trace => Part(picture.Figure.Traces[trace], changing[trace]))],
                Layout = Part(picture.Figure.Layout, layout),
            })],
            Layout = last.Layout.Merge(Controls(what, [.. pictures.Select(picture => picture.Name)])),
        };
    }

    private static string[] Changing(PlotObject first, IEnumerable<PlotObject> all)
    {
        PlotObject[] others = [.. all];
        return [.. first.Names.Union(others.SelectMany(other => other.Names))
            .Where(name => others.Any(other => !Equals(other[name], first[name])))];
    }

    private static PlotObject Part(PlotObject whole, string[] names) => PlotObject.Of(names.Select(name => (name, whole[name])));

    /// <summary>Plotly's buttons and slider. The page moves them below the plot, whatever its size.</summary>
    private static PlotObject Controls(string what, ImmutableArray<string> names) => PlotObject.Of(
        ("updatemenus", PlotValue.List(PlotObject.Of(
            ("type", "buttons"),
            ("direction", "right"),
            ("showactive", false),
            ("x", 0),
            ("xanchor", "left"),
            ("y", 0),
            ("yanchor", "top"),
            ("pad", PlotObject.Of(("t", 66), ("r", 8))),
            ("buttons", PlotValue.List(
                Button("▶ play", PlotValue.List(PlotValue.Nothing, Timing(Pause, isPlaying: true))),
                Button("❚❚ pause", PlotValue.List(PlotValue.List(PlotValue.Nothing), Timing(0, isPlaying: false)))))))),
        ("sliders", PlotValue.List(PlotObject.Of(
            ("active", names.Length - 1),
            ("x", 0),
            ("len", 1),
            ("xanchor", "left"),
            ("y", 0),
            ("yanchor", "top"),
            ("pad", PlotObject.Of(("t", 106), ("b", 4), ("l", 10), ("r", 20))),
            ("currentvalue", PlotObject.Of(("prefix", $"{what} "), ("xanchor", "right"))),
            ("transition", PlotObject.Of(("duration", 0))),
            ("steps", PlotValue.List(names.Select(name => PlotObject.Of(
                ("label", name),
                ("method", "animate"),
                ("args", PlotValue.List(PlotValue.Texts([name]), Timing(0, isPlaying: false)))))))))),
        ("margin", PlotObject.Of(("b", 176))));

    private static PlotObject Button(string label, PlotValue arguments) =>
        PlotObject.Of(("label", label), ("method", "animate"), ("args", arguments));

    private static PlotObject Timing(int duration, bool isPlaying) => PlotObject.Of(
        ("mode", "immediate"),
        ("fromcurrent", isPlaying ? true : null),
        ("frame", PlotObject.Of(("duration", duration), ("redraw", true))),
        ("transition", PlotObject.Of(("duration", 0))));
}
