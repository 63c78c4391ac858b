using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FunctionalNN.Tests;

/// <summary>A web server on this machine that answers each path with the very bytes it is told to, however wrong they are.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Func<string, Answer> answer;

    public LoopbackServer(Func<string, Answer> answer)
    {
        this.answer = answer;
        listener.Start();
        _ = Serve();
    }

    /// <summary>The paths asked for, in order.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>An address of a port that nobody listens to.</summary>
    public static string Nowhere()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        return $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}/file";
    }

    public string Address(string path = "file") => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/{path}";

    public void Dispose()
    {
        stop.Cancel();
        listener.Dispose();
        stop.Dispose();
    }

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                _ = Handle(await listener.AcceptTcpClientAsync(stop.Token));
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task Handle(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                var request = new StringBuilder();
                var buffer = new byte[4096];
                while (!request.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
                {
                    var count = await stream.ReadAsync(buffer, stop.Token);
                    if (count == 0)
                    {
                        return;
                    }

                    request.Append(Encoding.ASCII.GetString(buffer, 0, count));
                }

                var path = request.ToString().Split(' ')[1][1..];
                Requests.Enqueue(path);
                var (head, body, isHanging) = answer(path);
                await stream.WriteAsync(Encoding.ASCII.GetBytes(head), stop.Token);
                await stream.WriteAsync(body, stop.Token);
                await stream.FlushAsync(stop.Token);
                if (isHanging)
                {
                    await Task.Delay(Timeout.Infinite, stop.Token);
                }
            }
            catch (Exception fault) when (fault is OperationCanceledException or IOException or ObjectDisposedException)
            {
                // The other side hung up, or the test is over.
            }
        }
    }

    /// <summary>What a server sends: the head with its empty line, the body, and whether it then falls silent instead of hanging
    /// up.</summary>
    internal sealed record Answer(string Head, byte[] Body, bool IsHanging = false)
    {
        public static Answer Ok(byte[] body, long? length = null, string type = "application/gzip", bool isHanging = false) =>
            new($"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\nContent-Length: {length ?? body.Length}\r\nConnection: close\r\n\r\n", body,
                isHanging);

        public static Answer OfUnknownLength(byte[] body) => new("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", body);

        public static Answer Status(string status, string header = "") =>
            new($"HTTP/1.1 {status}\r\n{header}Content-Length: 0\r\nConnection: close\r\n\r\n", []);
    }
}
