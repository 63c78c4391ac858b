using System.Collections.Immutable;
using System.Numerics;

namespace FunctionalNN;

/// <summary>Pictures side by side in one trace, with gaps between them and room for lines of text below each.</summary>
/// <param name="Size">Of a picture.</param>
/// <param name="Count">How many pictures.</param>
/// <param name="Columns">How many in a line.</param>
/// <param name="Room">Empty pixels below each picture.</param>
internal sealed record Mosaic(ImageSize Size, int Count, int Columns, int Room)
{
    private int Lines => (Count + Columns - 1) / Columns;

    private int GapX => Math.Max(1, Size.Width / 12);

    private int StepX => Size.Width + GapX;

    private int StepY => Size.Height + Math.Max(Room, Math.Max(1, Size.Height / 12));

    public int Width => (Math.Min(Count, Columns) * StepX) - GapX;

    public int Height => Lines * StepY;

    /// <summary>Width over height.</summary>
    public double Aspect => (double)Width / Height;

    /// <summary>Pictures of one channel as a heat map; NaN shows the paper.</summary>
    /// <param name="pictures">One a row.</param>
    /// <param name="scale">What to make of a number of a picture.</param>
    public PlotValue Grey<T>(Matrix<T> pictures, Func<int, double, double> scale)
        where T : unmanaged, IFloatingPointIeee754<T> => PlotValue.Grid(Height, Width, (y, x) =>
            At(x, y) is var (picture, pixel) ? scale(picture, double.CreateTruncating(pictures[picture, pixel])) : double.NaN);

    /// <summary>Pictures of three channels as Plotly's image: red, green, blue and alpha.</summary>
    public PlotValue Colour<T>(Matrix<T> pictures, Func<int, double, double> scale)
        where T : unmanaged, IFloatingPointIeee754<T> =>
            PlotValue.List(Enumerable.Range(0, Height).Select(y => PlotValue.List(Enumerable.Range(0, Width).Select(x =>
            At(x, y) is var (picture, pixel)
                ? PlotValue.Numbers(Enumerable.Range(0, 3)
                    .Select(channel =>
                        Math.Round(
                            255 * Math.Clamp(scale(picture, double.CreateTruncating(pictures[picture, (pixel * 3) + channel])), 0,
                                1))).Append(1))
                : PlotValue.Numbers([0, 0, 0, 0])))));

    /// <summary>Texts below pictures.</summary>
    /// <param name="texts">Which picture has which text.</param>
    /// <param name="colour">Null for the page's ink.</param>
    public PlotObject Captions(IEnumerable<(int Picture, string Text)> texts, string? colour) => PlotObject.Of(
        ("type", "scatter"),
        ("mode", "text"),
        ("x", PlotValue.Numbers(texts.Select(text => (text.Picture % Columns * StepX) + ((Size.Width - 1) / 2.0)))),
        ("y", PlotValue.Numbers(texts.Select(text => (double)((text.Picture / Columns * StepY) + Size.Height)))),
        ("text", PlotValue.Texts(texts.Select(text => text.Text))),
        ("textposition", "bottom center"),
        ("textfont", colour is null ? null : PlotObject.Of(("color", colour))),
        ("cliponaxis", false),
        ("hoverinfo", "skip"),
        ("showlegend", false));

    /// <summary>Axes that are not seen, with square pixels.</summary>
    /// <param name="widest">More pixels than this would make it too large.</param>
    public PlotObject Layout(int widest) => PlotObject.Of(
        ("xaxis", PlotObject.Of(("visible", false), ("range", new[] { -0.5, Width - 0.5 }), ("constrain", "domain"))),
        ("yaxis",
            PlotObject.Of(("visible", false), ("range", new[] { Height - 0.5, -0.5 }), ("scaleanchor", "x"), ("constrain", "domain"))),
        ("margin", PlotObject.Of(("l", 4), ("r", 4), ("t", 4), ("b", 4))),
        ("meta", PlotObject.Of(("aspect", Aspect), ("widest", widest))));

    /// <summary>Which pixel of which picture is at a place, if any is.</summary>
    private (int Picture, int Pixel)? At(int x, int y)
    {
        var (column, line) = (x / StepX, y / StepY);
        var (left, top) = (x % StepX, y % StepY);
        return left < Size.Width && top < Size.Height && (line * Columns) + column is var picture && picture < Count
            ? (picture, (top * Size.Width) + left)
            : null;
    }
}
