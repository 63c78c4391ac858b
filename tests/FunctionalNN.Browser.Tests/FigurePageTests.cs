using Microsoft.Playwright;

namespace FunctionalNN.Browser.Tests;

/// <summary>Saved pages in a real browser.</summary>
public sealed class FigurePageTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private static string Saved(params Figure[] figures) =>
        new Uri(new FigurePage("test", [.. figures]).Save(Material.Temporary("page.html")).OrThrow()).AbsoluteUri;

    [BrowserFact]
    public async Task Every_figure_has_its_marks_at_two_widths()
    {
        var states = Material.Run.Take(120).ToArray();
        var model = states[^1].Model;
        var report = (ClassificationReport)model.Report(Material.HeldOut);
        var address = Saved(
            Figure.LearningCurves(states), Figure.DecisionRegions(model, Material.HeldOut),
            Figure.ProbabilitySurfaces(model, Material.HeldOut), Figure.Confusion(report.Confusion),
            Figure.Roc(report), Figure.WeightHistograms(model), Figure.Diagram(model));
        foreach (var width in new[] { 1100, 400 })
        {
            await using var window = await browser.OpenAsync(address, width, isDark: width == 400);
            var marks =
                await window.Page.EvaluateAsync<int[]>(
                    "[...document.querySelectorAll('.plot')].map(plot => plot.querySelectorAll('.js-line, .point, .hm image, .bars path, "
                        + "canvas, .shapelayer path').length)");
            Assert.Equal(7, marks.Length);
            Assert.DoesNotContain(0, marks);
            await window.RequireFitAsync(width);
            await window.ShootAsync($"figures-{width}");
            Assert.Empty(window.Complaints);
        }
    }

    [BrowserFact]
    public async Task Nothing_on_a_page_sends_the_data_anywhere()
    {
        await using var window = await browser.OpenAsync(Saved(Figure.LearningCurves(Material.Run.Take(20))));
        await window.Page.Locator(".plot").First.HoverAsync();
        await window.UntilAsync("() => document.querySelectorAll('.modebar-btn').length > 2");
        Assert.Equal(0, await window.Page.EvaluateAsync<int>(
            "[...document.querySelectorAll('.modebar-btn')].filter(button => /share|cloud|upload|studio/i.test(button.dataset.title "
                + "+ button.getAttribute('data-attr') + button.innerHTML)).length"));
        Assert.Equal("", await window.Page.EvaluateAsync<string>("document.querySelector('.plot')._context.plotlyServerURL"));
    }

    [BrowserFact]
    public async Task A_page_of_several_figures_has_its_title_and_two_beside_each_other_where_there_is_room()
    {
        var states = Material.Run.Take(20).ToArray();
        var address = Saved(Figure.LearningCurves(states), Figure.DecisionRegions(states[^1].Model, Material.HeldOut));
        foreach (var (width, beside) in new[] { (1240, true), (400, false) })
        {
            await using var window = await browser.OpenAsync(address, width);
            Assert.Equal("test", await window.Page.Locator("h1").TextContentAsync());
            var tops = await window.Page.EvaluateAsync<double[]>(
                "[...document.querySelectorAll('figure')].map(figure => figure.getBoundingClientRect().top)");
            Assert.Equal(beside, tops[0] == tops[1]);
            await window.RequireFitAsync(width);
        }
    }

    [BrowserFact]
    public async Task The_slider_and_the_play_button_move_the_picture()
    {
        var animation = Material.Run.Where(state => state.Epoch % 15 == 1).Take(6)
            .Animate(state => Figure.DecisionRegions(state.Model, Material.Spiral, resolution: 40));
        await using var window = await browser.OpenAsync(Saved(animation));
        var first = await PictureAsync(window);
        var rail = await window.Page.Locator(".slider-rail-touch-rect").First.BoundingBoxAsync()
            ?? throw new InvalidOperationException("there is no slider");
        Assert.Contains("76", await window.Page.Locator(".slider-group").First.TextContentAsync(), StringComparison.Ordinal);
        await window.Page.Mouse.ClickAsync(rail.X + 3, rail.Y + (rail.Height / 2));
        await window.UntilAsync("old => document.querySelector('.hm image').getAttribute('href') !== old", first);
        Assert.DoesNotContain("76", await window.Page.Locator(".slider-label").First.TextContentAsync(), StringComparison.Ordinal);
        await window.ShootAsync("animation-1200");

        // The six frames may be over before the page is asked again, and the last of them is the picture that was there: so the page keeps
        // every picture that it shows.
        await window.Page.EvaluateAsync("""
            () => {
              window.shown = new Set();
              const note = () => document.querySelectorAll('.hm image').forEach(image => window.shown.add(image.getAttribute('href')));
              new MutationObserver(note).observe(document.querySelector('.plot'), { subtree: true, childList: true, attributes: true });
            }
            """);
        await window.Page.Locator(".updatemenu-button").First.ClickAsync();
        await window.UntilAsync("() => window.shown.size >= 5");
        Assert.Empty(window.Complaints);

        static async Task<string> PictureAsync(Window window) => (await window.Page.Locator(".hm image").First.GetAttributeAsync("href"))!;
    }

    [BrowserFact]
    public async Task A_surface_turns_under_the_mouse()
    {
        var model = Material.Run.Take(30).Last().Model;
        await using var window = await browser.OpenAsync(Saved(Figure.ProbabilitySurfaces(model, Material.HeldOut, resolution: 20)));
        var scene = window.Page.Locator(".plot canvas");
        await window.UntilAsync("() => document.querySelector('.plot')._fullLayout.scene._scene.camera !== undefined");
        const string Eye = "(({ x, y, z }) => [x, y, z])(document.querySelector('.plot')._fullLayout.scene._scene.getCamera().eye)";
        var (before, picture) = (await window.Page.EvaluateAsync<double[]>(Eye), await scene.ScreenshotAsync());
        var box = (await scene.BoundingBoxAsync())!;
        await window.Page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await window.Page.Mouse.DownAsync();
        await window.Page.Mouse.MoveAsync(box.X + (box.Width / 2) + 120, box.Y + (box.Height / 2) + 30, new MouseMoveOptions { Steps = 8 });
        await window.Page.Mouse.UpAsync();
        await window.UntilAsync($"old => {Eye}.some((value, i) => Math.abs(value - old[i]) > 0.1)", before);
        Assert.NotEqual(picture, await scene.ScreenshotAsync());
        await window.ShootAsync("surface-1200");
    }
}
