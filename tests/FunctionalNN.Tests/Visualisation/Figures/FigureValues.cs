using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN.Tests;

/// <summary>What figures are as values, and the JSON and the pages that are made of them.</summary>
public sealed class FigureValues : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("figures").FullName;

    private static readonly Figure Small = new()
    {
        Title = "a < b",
        Note = "a \"note\"",
        Traces =
            [PlotObject.Of(("type", "scatter"), ("x", new[] { 1.0, 2.5, double.NaN }), ("y", PlotValue.List(-0.0, 1e-12, 123456789)),
                ("visible", true), ("none", null))],
        Layout = PlotObject.Of(("xaxis", Axis.Of("time", "s", PlotObject.Of(("type", "log"))))),
    };

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_JSON_is_what_Plotly_takes() => Assert.Equal(
        """{"data":[{"type":"scatter","x":[1,2.5,null],"y":[0,1E-12,123456789],"visible":true}],"""
            + "\"layout\":{\"title\":{\"text\":\"a \\u003C b\"},\"meta\":{\"note\":\"a \\u0022note\\u0022\"},"
            + "\"xaxis\":{\"title\":{\"text\":\"time (s)\"},\"type\":\"log\"}}}",
        Small.ToJson());

    [Fact]
    public void Figures_are_equal_when_all_they_show_is()
    {
        Assert.Equal(Small, Small with { Traces = [.. Small.Traces] });
        Assert.Equal(Small.GetHashCode(), (Small with { Traces = [.. Small.Traces] }).GetHashCode());
        Assert.NotEqual(Small, Small with { Title = "b" });
        Assert.NotEqual(Small, Small with { Traces = [Small.Traces[0].With("x", new[] { 1.0, 2.5, 3 })] });
        Assert.NotEqual(Small, Small with { Frames = [new Frame("1")] });
        Assert.NotEqual(Small, Small.With(PlotObject.Of(("height", 300))));
    }

    [Fact]
    public void With_changes_a_part_of_the_layout_and_leaves_the_rest()
    {
        var changed = Small.With(PlotObject.Of(("xaxis", PlotObject.Of(("type", "linear"), ("dtick", 1)))));
        Assert.Equal("""{"xaxis":{"title":{"text":"time (s)"},"type":"linear","dtick":1}}""", changed.Layout.ToString());
        Assert.Equal("""{"xaxis":{"title":{"text":"time (s)"},"type":"log"}}""", Small.Layout.ToString());
    }

    [Fact]
    public void A_figure_prints_as_one_line() => Assert.Equal("figure \"a < b\": 1 × scatter", Small.ToString());

    [Fact]
    public void A_page_has_the_figure_and_all_that_draws_it()
    {
        var path = Small.Save(Path.Combine(folder, "run.html")).OrThrow();
        var page = File.ReadAllText(path);
        Assert.Equal(Path.GetFullPath(Path.Combine(folder, "run.html")), path);
        Assert.Contains(Small.ToJson(), page, StringComparison.Ordinal);
        Assert.Contains("<h2>a &lt; b</h2>", page, StringComparison.Ordinal);
        Assert.Contains("width=device-width", page, StringComparison.Ordinal);
        Assert.Equal(!Plotly.IsEmbedded,
            page.Contains($"<script src=\"{Plotly.Address}\" integrity=\"{Plotly.Integrity}\"", StringComparison.Ordinal));
        Assert.Equal(Plotly.IsEmbedded, page.Contains($"plotly.js v{Plotly.Version}", StringComparison.Ordinal));
        Assert.Equal(["run.html"], Directory.GetFiles(folder).Select(Path.GetFileName));
    }

    [Fact]
    public void Nothing_in_a_figure_becomes_part_of_the_page()
    {
        const string Attack = "</script><script>alert(1)</script>";
        var figure = Small with { Title = Attack, Note = Attack, Traces = [PlotObject.Of((Attack, Attack))] };
        Assert.DoesNotContain(Attack, File.ReadAllText(figure.Save(Path.Combine(folder, "attack.html")).OrThrow()),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_that_cannot_be_written_is_an_error_that_names_it_and_leaves_what_was_there()
    {
        var path = Path.Combine(folder, "taken");
        Directory.CreateDirectory(path);
        var error = Small.Save(path).Match(_ => throw new InvalidOperationException("written over a folder"), error => error.Message);
        Assert.StartsWith($"{path} cannot be written: ", error, StringComparison.Ordinal);
        Assert.Equal(["taken"], Directory.GetFileSystemEntries(folder).Select(Path.GetFileName));
    }

    [Fact]
    public void Several_figures_make_a_page()
    {
        var page =
            File.ReadAllText(new FigurePage("both", [Small, Small with { Title = "second" }]).Save(Path.Combine(folder, "both.html"))
                .OrThrow());
        Assert.Equal(2, page.Split("<figure data-figure>").Length - 1);
        Assert.Contains("<title>both</title>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_embedded_is_the_script_whose_hash_the_page_would_ask_for()
    {
        if (!Plotly.IsEmbedded)
        {
            // Built without npm: then the hash is checked by the browser.
            return;
        }

        using var script = new MemoryStream();
        Plotly.CopyTo(script);
        Assert.Equal(Plotly.Integrity, $"sha384-{Convert.ToBase64String(System.Security.Cryptography.SHA384.HashData(script.ToArray()))}");
    }
}
