using System.Net.Http.Headers;
using System.Text.Json;
using Spectre.Console;

namespace FunctionalNN.Tests;

/// <summary>A browser's part in a dashboard's tests: plain requests, and the stream of events.</summary>
internal sealed class PageReader(Dashboard dashboard) : IDisposable
{
    private readonly HttpClient client = new() { BaseAddress = new Uri(dashboard.Link), Timeout = TimeSpan.FromSeconds(30) };

    public HttpClient Client => client;

    public async Task<HttpResponseMessage> SendAsync(string path, Action<HttpRequestHeaders>? change = null, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        change?.Invoke(request.Headers);
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>What the server posts, from the newest on, until it ends.</summary>
    public async IAsyncEnumerable<JsonElement> EventsAsync()
    {
        using var response = await SendAsync("events");
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.Length > 0)
            {
                Assert.StartsWith("data: ", line, StringComparison.Ordinal);
                using var document = JsonDocument.Parse(line["data: ".Length..]);
                yield return document.RootElement.Clone();
            }
        }
    }

    /// <summary>The first posting of which something is true.</summary>
    public async Task<JsonElement> FirstAsync(Func<JsonElement, bool> isMeant)
    {
        await foreach (var news in EventsAsync())
        {
            if (isMeant(news))
            {
                return news;
            }
        }

        throw new InvalidOperationException("the server ended the events before");
    }

    public void Dispose() => client.Dispose();

    public static IAnsiConsole Silent(TextWriter? writer = null) =>
        AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer ?? TextWriter.Null)
        });
}
