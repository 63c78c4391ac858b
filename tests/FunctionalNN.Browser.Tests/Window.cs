using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace FunctionalNN.Browser.Tests;

/// <summary>A page in a browser, with all that it complains of.</summary>
internal sealed class Window : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly ConcurrentQueue<string> complaints = new();

    private Window(IBrowserContext context, IPage page) => (this.context, Page) = (context, page);

    public IPage Page { get; }

    /// <summary>Errors on the console, exceptions, and requests that failed.</summary>
    public IEnumerable<string> Complaints => complaints;

    public static async Task<Window> OpenAsync(IBrowserContext context, string address)
    {
        var window = new Window(context, await context.NewPageAsync());
        window.Page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                window.complaints.Enqueue(message.Text);
            }
        };
        window.Page.PageError += (_, error) => window.complaints.Enqueue(error);
        window.Page.RequestFailed += (_, request) => window.complaints.Enqueue($"{request.Url}: {request.Failure}");
        await window.Page.GotoAsync(address);
        await window.UntilAsync("() => document.documentElement.dataset.ready === 'true'");
        return window;
    }

    /// <summary>Waits until a function of the page is true. Asked from here again and again: Playwright's own waiting needs a page that
    /// lets texts be run as scripts.</summary>
    public async Task UntilAsync(string function, object? argument = null)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(30));
        while (!await Page.EvaluateAsync<bool>(function, argument))
        {
            try
            {
                await beat.WaitForNextTickAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException(
                    $"never true on the page: {function}; complaints: {string.Join("; ", complaints)}; text: "
                        + $"{await Page.InnerTextAsync("body")}");
            }
        }
    }

    /// <summary>A picture of the whole page in the folder FUNCTIONALNN_SCREENSHOTS, or beside the tests.</summary>
    public async Task<byte[]> ShootAsync(string name)
    {
        var folder = Environment.GetEnvironmentVariable("FUNCTIONALNN_SCREENSHOTS")
            ?? Path.Combine(AppContext.BaseDirectory, "screenshots");
        return await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name + ".png"), FullPage = true });
    }

    /// <summary>Nothing sticks out to the right, and every plot is drawn in its place.</summary>
    public async Task RequireFitAsync(int width)
    {
        Assert.InRange(await Page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 1, width);
        foreach (var right in await Page.EvaluateAsync<double[]>(
            "[...document.querySelectorAll('.plot .main-svg')].map(plot => plot.getBoundingClientRect().right)"))
        {
            Assert.InRange(right, 1, width);
        }
    }

    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}
