using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;

namespace FunctionalNN;

/// <summary>A page in a browser, which evaluates JavaScript.</summary>
internal sealed class ChromiumTab : IDisposable
{
    private readonly ClientWebSocket socket = new();
    private readonly CancellationToken cancellation;
    private string? session;
    private int calls;

    private ChromiumTab(CancellationToken cancellation) => this.cancellation = cancellation;

    /// <summary>Opens an address.</summary>
    public static async Task<ChromiumTab> OpenAsync(ChromiumProcess browser, Uri address, CancellationToken cancellation)
    {
        var tab = new ChromiumTab(cancellation);
        try
        {
            await tab.socket.ConnectAsync(browser.Debugger, cancellation);
            var target = await tab.CallAsync("Target.createTarget", writer => writer.WriteString("url", "about:blank"));
            var attached = await tab.CallAsync("Target.attachToTarget", writer =>
            {
                writer.WriteString("targetId", target.GetProperty("targetId").GetString());
                writer.WriteBoolean("flatten", true);
            });
            tab.session = attached.GetProperty("sessionId").GetString();
            await tab.CallAsync("Page.navigate", writer => writer.WriteString("url", address.AbsoluteUri));
            return tab;
        }
        catch
        {
            tab.Dispose();
            throw;
        }
    }

    /// <summary>The text that an expression gives, when it is a promise the text that it promises.</summary>
    /// <exception cref="ChromiumFault">It throws.</exception>
    public async Task<string> EvaluateAsync(string expression)
    {
        var answer = await CallAsync("Runtime.evaluate", writer =>
        {
            writer.WriteString("expression", expression);
            writer.WriteBoolean("awaitPromise", true);
            writer.WriteBoolean("returnByValue", true);
        });
        return answer.TryGetProperty("exceptionDetails", out var details)
            ? throw new ChromiumFault(details.TryGetProperty("exception", out var thrown)
                && thrown.TryGetProperty("description", out var description)
                    ? description.GetString()!
                    : details.GetProperty("text").GetString()!)
            : answer.GetProperty("result").GetProperty("value").ToString();
    }

    public void Dispose() => socket.Dispose();

    private async Task<JsonElement> CallAsync(string method, Action<Utf8JsonWriter> parameters)
    {
        var id = ++calls;
        var request = PlotJson.BytesOf(writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("id", id);
            writer.WriteString("method", method);
            if (session is not null)
            {
                writer.WriteString("sessionId", session);
            }

            writer.WriteStartObject("params");
            parameters(writer);
            writer.WriteEndObject();
            writer.WriteEndObject();
        });
        await socket.SendAsync(request, WebSocketMessageType.Text, true, cancellation);
        while (true)
        {
            using var answer = await ReceiveAsync();
            if (answer.RootElement.TryGetProperty("id", out var answered) && answered.GetInt32() == id)
            {
                return answer.RootElement.TryGetProperty("error", out var error)
                    ? throw new ChromiumFault($"the browser refuses {method}: {error.GetProperty("message").GetString()}")
                    : answer.RootElement.GetProperty("result").Clone();
            }
        }
    }

    private async Task<JsonDocument> ReceiveAsync()
    {
        var message = new ArrayBufferWriter<byte>();
        ValueWebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(message.GetMemory(1 << 16), cancellation);
            message.Advance(part.Count);
        }
        while (!part.EndOfMessage);
        return part.MessageType == WebSocketMessageType.Close
            ? throw new ChromiumFault("the browser has ended")
            : JsonDocument.Parse(message.WrittenMemory);
    }
}
