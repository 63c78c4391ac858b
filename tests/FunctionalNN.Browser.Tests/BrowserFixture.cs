using Microsoft.Playwright;
using Spectre.Console;

namespace FunctionalNN.Browser.Tests;

/// <summary>A browser for all tests of a class.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private IPlaywright? playwright;
    private IBrowser? browser;

    public async Task InitializeAsync()
    {
        if (Chromium.Find() is { } program)
        {
            playwright = await Playwright.CreateAsync();
            browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = program,
                Headless = true,
                ChromiumSandbox = false,
                Args = ["--disable-background-networking", "--enable-unsafe-swiftshader"],
            });
        }
    }

    /// <summary>A window of its own.</summary>
    internal async Task<Window> OpenAsync(string address, int width = 1200, int height = 900, bool isDark = false)
    {
        var context = await browser!.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light,
        });
        return await Window.OpenAsync(context, address);
    }

    internal async Task<Stranger> OpenStrangerAsync() => await Stranger.OpenAsync(await browser!.NewContextAsync());

    public async Task DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
    }

    internal static IAnsiConsole Silent =>
        AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(TextWriter.Null) });
}
