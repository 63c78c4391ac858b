using System.Collections.Immutable;
using System.Net.WebSockets;
using System.Text;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>Lets a browser draw figures as it would on a page, and takes the pictures.</summary>
internal static class PictureMaker
{
    private const string Header = "data:image/png;base64,";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    // The layout of the page, in the size asked for, with the title and without what is there to be clicked on.
    private const string Script = """
        globalThis.picture = async (figure, width, height, scale, isDark) => {
          if (typeof Plotly === "undefined")
            throw new Error("Plotly could not be loaded: the library was built without npm, and there is no network");
          if ((figures.theme() === "dark") !== isDark) await figures.toggle();
          const layout = figures.fit(figure, width), title = figure.layout.title;
          Object.assign(layout, {
            width, height, sliders: [], updatemenus: [],
            title: { ...title, x: 0.02, xanchor: "left", y: 0.98, yref: "container", yanchor: "top", font: { size: 16 } }
          });
          layout.margin.t = Math.max(layout.margin.t, 64);
          const url = await Plotly.toImage({ data: figure.data, layout }, { format: "png", width, height, scale });
          return url;
        };
        """;

    /// <summary>The pictures as files' bytes, or why there are none.</summary>
    public static Either<Error, ImmutableArray<byte[]>> Draw(IEnumerable<Figure> figures, PictureSize size)
    {
        if (Chromium.Find() is not { } program)
        {
            return Error.New($"PNG files are drawn by a browser, and none was found: {Chromium.Advice}");
        }

        try
        {
#pragma warning disable RS0030 // Waited for away from the caller's context, which may have one thread only.
            return Task.Run(() => DrawAsync(program, figures, size)).GetAwaiter().GetResult();
#pragma warning restore RS0030
        }
        catch (Exception fault) when (fault is IOException or WebSocketException or UnauthorizedAccessException)
        {
            return Error.New($"{program} could not draw the figure: {fault.Message}", fault);
        }
        catch (OperationCanceledException)
        {
            return Error.New($"{program} did not draw the figure within {Patience.TotalMinutes:F0} minutes");
        }
    }

    private static async Task<ImmutableArray<byte[]>> DrawAsync(string program, IEnumerable<Figure> figures, PictureSize size)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var browser = await ChromiumProcess.StartAsync(program, patience.Token);
        var page = Directory.CreateTempSubdirectory("functionalnn-");
        try
        {
            var file = Path.Combine(page.FullName, "figure.html");
            await using (var stream = File.Create(file))
            {
                new FigurePage("", []).Write(stream);
            }

            using var tab = await ChromiumTab.OpenAsync(browser, new Uri(file), patience.Token);
            await tab.EvaluateAsync(
                "new Promise(done => document.readyState === 'complete' ? done('') : addEventListener('load', () => done('')))");
            await tab.EvaluateAsync(Script + "''");
            var pictures = ImmutableArray.CreateBuilder<byte[]>();
            foreach (var figure in figures)
            {
                var call =
                    $"picture({Encoding.UTF8.GetString(PlotJson.BytesOf(figure.Write))}, {size.Width}, {size.Height}, {size.Scale}, "
                            + $"{(size.IsDark ? "true" : "false")})";
                var url = await tab.EvaluateAsync(call);
                pictures.Add(url.StartsWith(Header, StringComparison.Ordinal)
                    ? Convert.FromBase64String(url[Header.Length..])
                    : throw new ChromiumFault("the browser gave no PNG picture"));
            }

            return pictures.ToImmutable();
        }
        finally
        {
            page.Delete(recursive: true);
        }
    }
}
