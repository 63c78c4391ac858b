using System.Globalization;

namespace FunctionalNN.Browser.Tests;

/// <summary>The live page in a real browser.</summary>
public sealed class DashboardTests(BrowserFixture browser) : IClassFixture<BrowserFixture>, IDisposable
{
    private const string Updates = "Number(document.documentElement.dataset.updates ?? 0)";
    private const string Epoch = "Number(document.getElementById('state').textContent.match(/epoch (\\d+)/)?.[1] ?? 0)";
    private readonly Dashboard dashboard = new(console: BrowserFixture.Silent);

    [BrowserFact]
    public async Task Updates_arrive_while_the_run_goes_on_and_its_end()
    {
        using var enough = new CancellationTokenSource();
        var run = Task.Run(() => Material.Run.Watch(dashboard, Material.HeldOut).Until(enough.Token).Last());
        await using var window = await browser.OpenAsync(dashboard.Link);
        await window.UntilAsync($"() => {Updates} >= 2 && {Epoch} > 1");
        Assert.Equal("running", await window.Page.EvaluateAsync<string>("document.body.dataset.state"));
        var (epoch, curve) = (await window.Page.EvaluateAsync<int>(Epoch), await Curve(window));
        await window.UntilAsync($"() => {Epoch} > {epoch.ToString(CultureInfo.InvariantCulture)}");
        await window.UntilAsync("old => document.querySelector('figure[data-name=loss] .scatterlayer .js-line').getAttribute('d') !== old",
            curve);

        await enough.CancelAsync();
        var last = await run;
        await window.UntilAsync("() => document.body.dataset.state === 'ended'");
        Assert.StartsWith("cancelled ", await window.Page.TextContentAsync("#reason"), StringComparison.Ordinal);
        await window.UntilAsync($"() => {Epoch} === {last.Epoch.ToString(CultureInfo.InvariantCulture)}");
        Assert.Empty(window.Complaints);

        // When the program ends, the page keeps what it has and says so.
        dashboard.Dispose();
        await window.UntilAsync(
            "() => document.getElementById('reason').textContent.endsWith('it keeps what it shows and cannot be reloaded')");
        Assert.Equal(5, await window.Page.Locator(".plot .main-svg:first-child").CountAsync());

        static Task<string?> Curve(Window window) =>
            window.Page.Locator("figure[data-name=loss] .scatterlayer .js-line").First.GetAttributeAsync("d");
    }

    [BrowserFact]
    public async Task Two_windows_and_a_reload_show_the_same()
    {
        _ = Material.Run.Take(40).Watch(dashboard, Material.HeldOut, epochs: 40).Last();
        await using var first = await browser.OpenAsync(dashboard.Link);
        await using var second = await browser.OpenAsync(dashboard.Link, width: 500);
        await second.Page.ReloadAsync();
        foreach (var window in new[] { first, second })
        {
            await window.UntilAsync($"() => {Updates} >= 1");
            Assert.Equal("finished, epoch 40 of 40", await window.Page.TextContentAsync("#state"));
            Assert.Equal(40,
                await window.Page.EvaluateAsync<int>("document.querySelector('figure[data-name=loss] .plot').data[0].x.length"));
        }
    }

    [BrowserFact]
    public async Task Every_chart_has_its_marks_at_two_widths_in_light_and_dark()
    {
        _ = Material.Run.Take(150).Watch(dashboard, Material.HeldOut, epochs: 150).Last();
        foreach (var (width, isDark) in new[] { (1200, false), (400, true) })
        {
            await using var window = await browser.OpenAsync(dashboard.Link, width, isDark: isDark);
            await window.UntilAsync($"() => {Updates} >= 1");
            Assert.Equal(2, await window.Page.Locator("figure[data-name=loss] .scatterlayer .js-line").CountAsync());
            Assert.Equal(2, await window.Page.Locator("figure[data-name=accuracy] .scatterlayer .js-line").CountAsync());
            Assert.Equal(1, await window.Page.Locator("figure[data-name=rate] .scatterlayer .js-line").CountAsync());
            Assert.Equal(1, await window.Page.Locator("figure[data-name=regions] .hm image").CountAsync());
            Assert.Equal(180, await window.Page.Locator("figure[data-name=regions] .scatterlayer .point").CountAsync());
            Assert.Equal(1, await window.Page.Locator("figure[data-name=surface] canvas").CountAsync());
            await window.ShootAsync($"dashboard-{width}");
            Assert.Equal("dense1 relu1 dense2 relu2 dense3",
                string.Join(' ', await window.Page.Locator("#health tbody td:first-child").AllTextContentsAsync()));
            await window.RequireFitAsync(width);
            Assert.Empty(window.Complaints);
        }
    }

    [BrowserFact]
    public async Task Another_site_in_the_same_browser_gets_nothing()
    {
        using var other = new Dashboard(console: BrowserFixture.Silent);
        await using var window = await browser.OpenAsync(other.Link);

        // The page's own policy lets it ask nobody else; without one, as on any other site, the dashboard refuses.
        Assert.Equal("refused",
            await window.Page.EvaluateAsync<string>("link => fetch(link).then(() => 'got it', () => 'refused')", dashboard.Link));
        var stranger = await browser.OpenStrangerAsync();
        await using (stranger)
        {
            var answer =
                await stranger.EvaluateAsync("link => fetch(link, { mode: 'no-cors' }).then(answer => answer.type, () => 'refused')",
                    dashboard.Link);
            Assert.NotEqual("basic", answer);
            Assert.Equal("refused",
                await stranger.EvaluateAsync("link => fetch(link).then(() => 'got it', () => 'refused')", dashboard.Link));
            Assert.Equal("refused",
                await stranger.EvaluateAsync(
                    "link => new Promise(done => { const source = new EventSource(link + 'events'); source.onopen = () => done('got "
                        + "it'); source.onerror = () => done('refused'); })", dashboard.Link));
        }
    }

    [BrowserFact]
    public async Task The_button_stops_the_run()
    {
        var run = Task.Run(() => Material.Run.Watch(dashboard, Material.HeldOut).Last());
        await using var window = await browser.OpenAsync(dashboard.Link);
        await window.UntilAsync($"() => {Epoch} >= 1");
        await window.Page.Locator("#stop").ClickAsync();
        Assert.StartsWith("stopped on the page", (await run).Stopped.IfNone(""), StringComparison.Ordinal);
        await window.UntilAsync("() => document.body.dataset.state === 'ended'");
        Assert.True(await window.Page.Locator("#stop").IsHiddenAsync());
        Assert.Empty(window.Complaints);
    }

    public void Dispose() => dashboard.Dispose();
}
