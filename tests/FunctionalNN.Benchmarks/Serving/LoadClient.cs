using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FunctionalNN.Benchmarks;

/// <summary>What a round gave.</summary>
/// <param name="Rate">Requests a second.</param>
/// <param name="Middle">The median of the times to an answer in microseconds.</param>
/// <param name="Late">Their 99 % quantile.</param>
internal sealed record LoadResult(double Rate, double Middle, double Late);

/// <summary>Asks over connections that stay open, each as soon as it has its answer: bytes that were made before, so that the client takes
/// as little of the machine as it can.</summary>
internal static class LoadClient
{
    public static async Task<LoadResult> Run(int port, string place, string[] bodies, int connections, TimeSpan time)
    {
        byte[][] requests = [.. bodies.Select(body => Encoding.ASCII.GetBytes(
            $"POST {place} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"))];
        var start = Stopwatch.GetTimestamp();
        var all = await Task.WhenAll(Enumerable.Range(0, connections).Select(i => Task.Run(() => Ask(port, requests, i, start, time))));
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        double[] sorted = [.. all.SelectMany(times => times).Order()];
        return new LoadResult(sorted.Length / seconds, sorted[sorted.Length / 2], sorted[(int)(0.99 * (sorted.Length - 1))]);
    }

    private static async Task<List<double>> Ask(int port, byte[][] requests, int first, long start, TimeSpan time)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        var buffer = new byte[4096];
        List<double> times = [];
        for (var i = first; Stopwatch.GetElapsedTime(start) < time; i++)
        {
            var begin = Stopwatch.GetTimestamp();
            await socket.SendAsync(requests[i % requests.Length]);
            var length = 0;
            while (!IsWhole(buffer.AsSpan(0, length)))
            {
                var read = await socket.ReceiveAsync(buffer.AsMemory(length));
                length += read > 0 ? read : throw new IOException("the server closed the connection");
            }

            times.Add(Stopwatch.GetElapsedTime(begin).TotalMicroseconds);
        }

        return times;
    }

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return false;
        }

        if (!answer.StartsWith("HTTP/1.1 200"u8))
        {
            throw new IOException(Encoding.ASCII.GetString(answer));
        }

        var length = answer[(answer.IndexOf("Content-Length: "u8) + "Content-Length: "u8.Length)..];
        return answer.Length == end + 4 + int.Parse(length[..length.IndexOf((byte)'\r')], null);
    }
}
