using System.Collections.Immutable;
using System.Net;
using System.Text;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>Figures below one another on a page.</summary>
/// <param name="Title">The page's name.</param>
/// <param name="Figures">What it shows, from the top.</param>
/// <example><code>
/// new FigurePage("spiral", [Figure.LearningCurves(states), animation]).Save("spiral.html").OrThrow();
/// </code></example>
public sealed record FigurePage(string Title, ImmutableArray<Figure> Figures)
{
    /// <summary>The styles of figures, for light and dark: for pages of your own.</summary>
    public static string Style => PageParts.Style;

    /// <summary>The script that draws figures: <c>figures.draw(element, figure)</c> with what <see cref="Figure.ToJson"/> gives. For pages
    /// of your own, which load Plotly.</summary>
    public static string Script => PageParts.Script;

    /// <summary>Writes the page, whole or not at all, in place of one that may be there.</summary>
    /// <returns>The page's full path, or an error that names the file.</returns>
    public Either<Error, string> Save(string path) => FileErrors.Writing(path, Write).Map(_ => Path.GetFullPath(path));

    /// <summary>Writes the page among the temporary files and opens it in the browser, where there is a desktop; see
    /// <see cref="Desktop"/>.</summary>
    /// <returns>The page's full path, or an error that names the file.</returns>
    public Either<Error, string> Show() =>
        Save(Path.Combine(Directory.CreateTempSubdirectory("functionalnn-").FullName, "figure.html")).Map(path =>
        {
            Desktop.Open(new Uri(path).AbsoluteUri);
            return path;
        });

    /// <summary>The page as a frame of HTML with all that it needs: for notebooks and pages of others.</summary>
    /// <param name="height">The frame's height in pixels, 1 or more.</param>
    public string ToHtml(int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        using var stream = new MemoryStream();
        Write(stream);
        var page = WebUtility.HtmlEncode(Encoding.UTF8.GetString(stream.ToArray()));
        return $"<iframe title=\"{WebUtility.HtmlEncode(Title)}\" style=\"width: 100%; height: {height}px; border: 0\" "
            + $"srcdoc=\"{page}\"></iframe>";
    }

    /// <inheritdoc/>
    public bool Equals(FigurePage? other) =>
        other is not null && Title == other.Title && Figures.AsSpan().SequenceEqual(other.Figures.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Title, Figures.Length);

    /// <summary>The title, and a line a figure.</summary>
    public override string ToString() =>
        string.Join(Environment.NewLine, [$"page \"{Title}\"", .. Figures.Select(figure => $"  {figure}")]);

    /// <summary>The page as HTML, in UTF-8.</summary>
    internal void Write(Stream stream)
    {
        PageParts.Begin(stream, Title);
        PageParts.Text(stream, Figures.Length == 1 ? "<main>\n" : $"<h1>{WebUtility.HtmlEncode(Title)}</h1>\n<main class=\"several\">\n");
        foreach (var figure in Figures)
        {
            PageParts.Text(stream,
                $"<figure data-figure>\n<h2>{WebUtility.HtmlEncode(figure.Title)}</h2>\n{Note(figure)}<div class=\"plot\"></div>\n<script "
                    + $"type=\"application/json\">");
            stream.Write(PlotJson.BytesOf(figure.Write));
            PageParts.Text(stream, "</script>\n</figure>\n");
        }

        PageParts.Text(stream, "</main>\n");
        PageParts.End(stream);
    }

    private static string Note(Figure figure) => figure.Note.Length > 0 ? $"<p>{WebUtility.HtmlEncode(figure.Note)}</p>\n" : "";
}
