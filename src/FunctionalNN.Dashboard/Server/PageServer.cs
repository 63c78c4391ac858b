using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionalNN;

/// <summary>
/// The ASP.NET Core server on the loopback address: reads no settings from files or the environment, logs nothing, handles no signals, and
/// answers what <see cref="RequestGate"/> lets through.
/// </summary>
internal sealed class PageServer : IAsyncDisposable
{
    private const int MaxConnections = 100;
    private static readonly byte[] EventStart = "data: "u8.ToArray();
    private static readonly byte[] EventEnd = "\n\n"u8.ToArray();
    private readonly WebApplication application;
    private readonly Board board;
    private readonly RequestGate gate;

    private PageServer(WebApplication application, Board board, int port, string token)
    {
        (this.application, this.board, Port) = (application, board, port);
        gate = new RequestGate(port, token);
        Link = $"http://127.0.0.1:{port}/{token}/";
    }

    public int Port { get; }

    public string Link { get; }

    /// <summary>Starts a server.</summary>
    /// <param name="port">The port wanted, 0 for any.</param>
    /// <param name="token">What each path begins with.</param>
    /// <param name="board">What it shows.</param>
    /// <returns>The server; on another port than asked for where that is in use or not allowed.</returns>
    /// <exception cref="IOException">There is no port at all.</exception>
    public static async Task<PageServer> StartAsync(int port, string token, Board board)
    {
        PageServer? server = null;

        // Set before the first request can know the token.
        var application = Build(port, context => server!.AnswerAsync(context));
        try
        {
            await application.StartAsync();
        }
        catch (Exception fault) when (port != 0 && fault is IOException or System.Net.Sockets.SocketException)
        {
            await application.DisposeAsync();
            return await StartAsync(0, token, board);
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }

        var address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return server = new PageServer(application, board, BindingAddress.Parse(address).Port, token);
    }

    public async ValueTask DisposeAsync()
    {
        // Who has not read the last posting by now is cut off.
        using (var now = new CancellationTokenSource())
        {
            await now.CancelAsync();
            await application.StopAsync(now.Token);
        }

        await application.DisposeAsync();
    }

    private static WebApplication Build(int port, RequestDelegate answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = 0;
            options.Limits.MaxConcurrentConnections = MaxConnections;
        });
        var application = builder.Build();
        application.Run(answer);
        return application;
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = PageFiles.Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";

        var (status, text) = gate.Judge(context.Request);
        if (status == StatusCodes.Status200OK && text == "events")
        {
            await SendEventsAsync(context);
        }
        else if (status == StatusCodes.Status200OK && text == RequestGate.StopPath)
        {
            board.AskToStop();
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        else if (status == StatusCodes.Status200OK && PageFiles.Find(text) is { } file)
        {
            (context.Response.ContentType, context.Response.ContentLength) = (file.Type, file.Bytes.Length);
            headers.ContentEncoding = file.IsPacked ? "gzip" : default;
            await context.Response.Body.WriteAsync(file.Bytes, context.RequestAborted);
        }
        else
        {
            (context.Response.StatusCode, context.Response.ContentType) =
                (status == StatusCodes.Status200OK ? StatusCodes.Status404NotFound : status, "text/plain; charset=utf-8");
            headers.Allow = status == StatusCodes.Status405MethodNotAllowed
                ? (HttpMethods.IsGet(context.Request.Method) ? "POST" : "GET")
                : default;
            await context.Response.WriteAsync(status == StatusCodes.Status200OK ? "there is no such page" : text, context.RequestAborted);
        }
    }

    /// <summary>Server-sent events, https://html.spec.whatwg.org/multipage/server-sent-events.html: one for each posting.</summary>
    private async Task SendEventsAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        try
        {
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await board.ReadAsync(ShowAsync, context.RequestAborted);
        }
        catch (Exception fault) when (fault is OperationCanceledException or IOException)
        {
            // The browser left, or the server stops.
        }

        async Task ShowAsync(byte[] content)
        {
            var body = context.Response.Body;
            await body.WriteAsync(EventStart, context.RequestAborted);
            await body.WriteAsync(content, context.RequestAborted);
            await body.WriteAsync(EventEnd, context.RequestAborted);
            await body.FlushAsync(context.RequestAborted);
        }
    }
}
