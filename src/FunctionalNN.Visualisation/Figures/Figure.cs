using System.Collections.Immutable;
using System.Text.Json;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// A picture as a value: traces and a layout, as Plotly draws them. It never changes, two are equal when they show the same, and it holds
/// no code: <see cref="Save"/> writes a page of it, <see cref="ToJson"/> gives what any other program with Plotly reads.
/// </summary>
/// <example><code>
/// Figure.LearningCurves(states).Save("run.html").OrThrow();
/// </code></example>
public sealed partial record Figure
{
    /// <summary>What the picture shows, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>What one must know to read the picture, in a sentence; empty where nothing.</summary>
    public string Note { get; init; } = "";

    /// <summary>What is drawn, first things lowest.</summary>
    public ImmutableArray<PlotObject> Traces { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Axes, annotations and all else around the traces, without title and colours: the page has a light and a dark set of
    /// those.</summary>
    public PlotObject Layout { get; init; } = PlotObject.Empty;

    /// <summary>The pictures of an animation, in order; empty for a picture that stands still.</summary>
    public ImmutableArray<Frame> Frames { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The figure with some of the layout replaced: <c>figure.With(PlotObject.Of(("yaxis", PlotObject.Of(("type",
    /// "log")))))</c>.</summary>
    public Figure With(PlotObject layout) => this with { Layout = Layout.Merge(layout) };

    /// <summary>Plotly's form, {"data": …, "layout": …} and "frames" where there are some: the same text for the same figure, on every
    /// machine.</summary>
    public string ToJson() => PlotJson.TextOf(Write);

    /// <summary>
    /// Writes a page with the figure that any browser shows, without a network and on a telephone too; it appears whole or not at all, in
    /// place of one that may be there. Where the library was built without Plotly (<see cref="Plotly.IsEmbedded"/>) the page takes it from
    /// a public server when it is opened.
    /// </summary>
    /// <returns>The page's full path, or an error that names the file.</returns>
    public Either<Error, string> Save(string path) => new FigurePage(Title, [this]).Save(path);

    /// <summary>
    /// Writes a page with the figure among the temporary files and opens it in the browser, where there is a desktop; see
    /// <see cref="Desktop"/>.
    /// </summary>
    /// <returns>The page's full path, or an error that names the file.</returns>
    public Either<Error, string> Show() => new FigurePage(Title, [this]).Show();

    /// <summary>
    /// The figure as a piece of HTML with all that it needs: for notebooks and pages of others. It is drawn in a frame of its own, so that
    /// it neither takes styles from around it nor gives any.
    /// </summary>
    /// <param name="height">The frame's height in pixels, 1 or more.</param>
    public string ToHtml(int height = 560) => new FigurePage(Title, [this]).ToHtml(height);

    /// <inheritdoc/>
    public bool Equals(Figure? other) =>
        other is not null && Title == other.Title && Note == other.Note && Layout == other.Layout
        && Traces.AsSpan().SequenceEqual(other.Traces.AsSpan()) && Frames.AsSpan().SequenceEqual(other.Frames.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Title, Note, Traces.Length, Frames.Length, Layout);

    /// <summary>One line: the title and how much is drawn.</summary>
    public override string ToString()
    {
        var kinds = Traces.CountBy(trace => trace["type"]?.ToString().Trim('"') ?? "scatter").Select(type => $"{type.Value} × {type.Key}");
        return $"figure \"{Title}\": {string.Join(", ", kinds)}{(Frames.Length > 0 ? $", {Frames.Length} frames" : "")}";
    }

    internal void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("data");
        PlotValue.List(Traces).Write(writer);
        writer.WritePropertyName("layout");
        var head = PlotObject.Of(
            ("title", PlotObject.Of(("text", Title))),
            ("meta", Note.Length > 0 ? PlotObject.Of(("note", Note)) : null));
        head.Merge(Layout).Write(writer);
        if (Frames.Length > 0)
        {
            writer.WritePropertyName("frames");
            PlotValue.List(Frames.Select(frame => frame.ToPlot())).Write(writer);
        }

        writer.WriteEndObject();
    }
}
