using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>Figures as PNG files, drawn by a browser of the Chromium family where one is installed.</summary>
public static class FigurePictures
{
    /// <summary>Writes the figure as a PNG file, as a page shows it, with its title; of an animation the first picture.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="path">The file: whole or not at all, in place of one that may be there.</param>
    /// <param name="width">In the page's pixels, 50 … 8192.</param>
    /// <param name="height">In the page's pixels, 50 … 8192.</param>
    /// <param name="scale">How many pixels of the file there are to one of the page's: 2 is sharp in print.</param>
    /// <param name="isDark">Dark instead of light.</param>
    /// <returns>The file's full path; or an error: there is no browser (with what to do), it could not draw the figure, or the file could
    /// not be written.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The size is out of range.</exception>
    public static Either<Error, string> SavePng(this Figure figure, string path, int width = 900, int height = 600, double scale = 1,
        bool isDark = false) =>
        PictureMaker.Draw([figure.AtFrame(0)], new PictureSize(width, height, scale, isDark).Checked())
            .Bind(pictures => Write(path, () => pictures[0]));

    /// <summary>
    /// Writes an animation as one PNG file that moves (APNG, PNG specification, third edition, 2025: all browsers show it, and programs
    /// that do not know it show the first picture). It is repeated without end; the last picture stays for two seconds.
    /// </summary>
    /// <param name="figure">A figure with <see cref="Figure.Frames"/>.</param>
    /// <param name="path">The file: whole or not at all, in place of one that may be there.</param>
    /// <param name="width">In the page's pixels, 50 … 8192.</param>
    /// <param name="height">In the page's pixels, 50 … 8192.</param>
    /// <param name="framesPerSecond">1 … 60.</param>
    /// <param name="scale">How many pixels of the file there are to one of the page's.</param>
    /// <param name="isDark">Dark instead of light.</param>
    /// <returns>As <see cref="SavePng"/>.</returns>
    /// <exception cref="ArgumentException">The figure does not move.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The size or the pace is out of range.</exception>
    public static Either<Error, string> SaveAnimatedPng(this Figure figure, string path, int width = 700, int height = 500,
        int framesPerSecond = 8, double scale = 1, bool isDark = false)
    {
        if (figure.Frames.IsEmpty)
        {
            throw new ArgumentException(
                $"the figure \"{figure.Title}\" has no frames: make an animation with states.Animate, or save one picture with SavePng");
        }

        if (framesPerSecond is < 1 or > 60)
        {
            throw new ArgumentOutOfRangeException(nameof(framesPerSecond),
                $"an animation cannot have {framesPerSecond} pictures a second, expected 1 … 60");
        }

        return PictureMaker.Draw(Enumerable.Range(0, figure.Frames.Length).Select(figure.AtFrame),
            new PictureSize(width, height, scale, isDark).Checked())
            .Bind(pictures => Write(path, () => AnimatedPng.Of(pictures, framesPerSecond)));
    }

    /// <summary>The figure that an animation shows at one of its frames, which stands still; a figure without frames as it is.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such frame.</exception>
    public static Figure AtFrame(this Figure figure, int frame)
    {
        if (figure.Frames.IsEmpty && frame == 0)
        {
            return figure;
        }

        if ((uint)frame >= (uint)figure.Frames.Length)
        {
            throw new ArgumentOutOfRangeException(nameof(frame),
                $"there is no frame {frame}, the figure \"{figure.Title}\" has {figure.Frames.Length}, counted from 0");
        }

        var shown = figure.Frames[frame];
        var traces = figure.Traces.ToBuilder();
        for (var i = 0; i < shown.Indices.Length; i++)
        {
            traces[shown.Indices[i]] = Over(traces[shown.Indices[i]], shown.Traces[i]);
        }

        var layout = Over(figure.Layout, shown.Layout).With("sliders", PlotValue.List()).With("updatemenus", PlotValue.List());
        return figure with { Traces = traces.ToImmutable(), Layout = layout, Frames = [] };
    }

    private static PlotObject Over(PlotObject whole, PlotObject part) =>
        part.Names.Aggregate(whole, (result, name) => result.With(name, part[name]!));

    private static Either<Error, string> Write(string path, Func<byte[]> content) =>
        FileErrors.Writing(path, stream => stream.Write(content())).Map(_ => Path.GetFullPath(path));
}
