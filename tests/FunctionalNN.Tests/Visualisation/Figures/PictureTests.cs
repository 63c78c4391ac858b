using System.Buffers.Binary;
using System.Text;

namespace FunctionalNN.Tests;

/// <summary>Pictures of figures, as far as no browser is needed; FunctionalNN.Browser.Tests has the rest.</summary>
public class PictureTests
{
    private static readonly Figure Line = new()
    {
        Title = "a line",
        Traces =
            [PlotObject.Of(("type", "scatter"), ("y", new[] { 1.0, 2 }), ("name", "kept")),
                PlotObject.Of(("type", "bar"), ("y", new[] { 5.0 }))],
    };

    private static Figure Moving =>
        Animation.Of("epoch", [("1", Line), ("2", Line with { Traces = [Line.Traces[0].With("y", new[] { 3.0, 4 }), Line.Traces[1]] })]);

    private static string? Named(string? variable, string name, string value) => variable == name ? value : null;

    [Fact]
    public void A_browser_that_is_named_is_taken_and_not_replaced_by_another()
    {
        Assert.Equal("/x/y", Chromium.Find(name => Named(name, "FUNCTIONALNN_CHROMIUM", "/x/y"), _ => true));
        Assert.Null(Chromium.Find(name => Named(name, "FUNCTIONALNN_CHROMIUM", "/x/y"), path => path != "/x/y"));
    }

    [Fact]
    public void Else_the_first_on_the_path_is_taken()
    {
        var folders = string.Join(Path.PathSeparator, "here", "there");
        var extension = OperatingSystem.IsWindows() ? ".exe" : "";
        Assert.Equal(Path.Combine("there", "chromium" + extension),
            Chromium.Find(name => Named(name, "PATH", folders), path => path.StartsWith("there", StringComparison.Ordinal)));
        Assert.Null(Chromium.Find(_ => null, _ => false));
    }

    [Fact]
    public void Without_a_browser_there_is_an_error_that_says_what_to_do()
    {
        var before = Environment.GetEnvironmentVariable("FUNCTIONALNN_CHROMIUM");
        Environment.SetEnvironmentVariable("FUNCTIONALNN_CHROMIUM", "no-such-program");
        try
        {
            Assert.Equal(
                "PNG files are drawn by a browser, and none was found: install Chromium, Chrome or Edge (Debian: apt-get install "
                    + "chromium), or name its program in FUNCTIONALNN_CHROMIUM; figure.Save writes a page without it",
                Line.SavePng("line.png").Match(path => path, error => error.Message));
            Assert.False(File.Exists("line.png"));
        }
        finally
        {
            Environment.SetEnvironmentVariable("FUNCTIONALNN_CHROMIUM", before);
        }
    }

    [Fact]
    public void Wrong_calls_say_so_before_a_browser_is_looked_for()
    {
        Assert.StartsWith(
            "a picture of 10 × 600 pixels at scale 1 cannot be drawn, expected 50 … 8192 each, at 0.1 … 10, and at most 16384 after "
                + "scaling",
            Assert.Throws<ArgumentOutOfRangeException>(() => Line.SavePng("line.png", 10)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Line.SavePng("line.png", scale: double.NaN));
        Assert.Equal(
            "the figure \"a line\" has no frames: make an animation with states.Animate, or save one picture with SavePng",
            Assert.Throws<ArgumentException>(() => Line.SaveAnimatedPng("line.png")).Message);
        Assert.StartsWith(
            "an animation cannot have 0 pictures a second, expected 1 … 60",
            Assert.Throws<ArgumentOutOfRangeException>(() => Moving.SaveAnimatedPng("line.png", framesPerSecond: 0)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_frame_of_an_animation_is_the_figure_that_went_in()
    {
        Assert.Equal(Line.Traces.ToArray(), Moving.AtFrame(0).Traces.ToArray());
        Assert.Equal("[3,4]", Moving.AtFrame(1).Traces[0]["y"]?.ToString());
        Assert.Equal("\"kept\"", Moving.AtFrame(1).Traces[0]["name"]?.ToString());
        Assert.Equal(Line.Traces[1], Moving.AtFrame(1).Traces[1]);
        Assert.Empty(Moving.AtFrame(1).Frames);
        Assert.Equal("[]", Moving.AtFrame(1).Layout["sliders"]?.ToString());
        Assert.Equal(Line, Line.AtFrame(0));
        Assert.StartsWith("there is no frame 2, the figure \"a line\" has 2, counted from 0",
            Assert.Throws<ArgumentOutOfRangeException>(() => Moving.AtFrame(2)).Message, StringComparison.Ordinal);
    }

    /// <summary>A picture of one grey pixel, made by Python's zlib: chunks with their lengths, types and sums.</summary>
    private static byte[] Pixel =>
        Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==");

    [Fact]
    public void Chunks_of_an_animation_are_numbered_and_summed()
    {
        var file = AnimatedPng.Of([Pixel, Pixel, Pixel], 5);
        Assert.Equal(["IHDR", "acTL", "fcTL", "IDAT", "fcTL", "fdAT", "fcTL", "fdAT", "IEND"],
            AnimatedPng.Chunks(file).Select(chunk => chunk.Type));
        Assert.Equal([0u, 1, 2, 3, 4],
            AnimatedPng.Chunks(file).Where(chunk => chunk.Type is "fcTL" or "fdAT")
                .Select(chunk => BinaryPrimitives.ReadUInt32BigEndian(chunk.Data.Span)));
        Assert.Equal("00000003" + "00000000", Convert.ToHexString(AnimatedPng.Chunks(file).First(chunk => chunk.Type == "acTL").Data.Span));

        // What is taken over has the sums that it had: those of zlib.
        Assert.Equal(Pixel[..33], file[..33]);
        Assert.Equal(Pixel[33..55], file[(33 + 20 + 38)..(33 + 20 + 38 + 22)]);
        Assert.Equal(Pixel[^12..], file[^12..]);
        Assert.Equal("IEND", Encoding.ASCII.GetString(file, file.Length - 8, 4));
    }
}
