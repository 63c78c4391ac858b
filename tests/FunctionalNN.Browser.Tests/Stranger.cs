using Microsoft.Playwright;

namespace FunctionalNN.Browser.Tests;

/// <summary>A page of another site, in the same browser.</summary>
internal sealed class Stranger(IBrowserContext context, IPage page) : IAsyncDisposable
{
    public static async Task<Stranger> OpenAsync(IBrowserContext context)
    {
        var page = await context.NewPageAsync();
        await page.RouteAsync("http://stranger.example/",
            route =>
                route.FulfillAsync(new RouteFulfillOptions { ContentType = "text/html",
                    Body = "<!DOCTYPE html><title>a stranger</title>" }));
        await page.GotoAsync("http://stranger.example/");
        return new Stranger(context, page);
    }

    public Task<string> EvaluateAsync(string script, string link) => page.EvaluateAsync<string>(script, link);

    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}
