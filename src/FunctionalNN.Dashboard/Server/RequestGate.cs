using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace FunctionalNN;

/// <summary>
/// What may come in: reading the page and stopping its run, by its link, from this machine, and from no other site. The server listens on
/// the loopback address only; but pages of other sites, open in a browser on this machine, can send requests there too.
/// </summary>
/// <param name="port">The server's port.</param>
/// <param name="token">The first part of each path: 128 random bits that only the link has.</param>
internal sealed class RequestGate(int port, string token)
{
    /// <summary>The one request that changes something: the run is asked to end.</summary>
    public const string StopPath = "stop";

    private readonly byte[] expected = Encoding.UTF8.GetBytes(token);

    /// <summary>A refusal and why, or the rest of the path behind the token.</summary>
    public (int Status, string Text) Judge(HttpRequest request)
    {
        // A site whose name is made to point here after it was loaded still sends its own name.
        if (!IsOwnHost(request.Host.Value))
        {
            return (StatusCodes.Status403Forbidden, $"requests are answered for 127.0.0.1:{port} and localhost:{port} only");
        }

        if (request.Headers.Origin.Count > 0 && !IsOwnOrigin(request.Headers.Origin.ToString()))
        {
            return (StatusCodes.Status403Forbidden, "requests from other sites are refused");
        }

        if (request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "none" or "same-origin"))
        {
            return (StatusCodes.Status403Forbidden, "requests from other sites are refused: copy the link into the browser's address line");
        }

        var path = request.Path.Value ?? "";
        var end = path.IndexOf('/', Math.Min(1, path.Length));
        var asksToStop = end > 0 && path[(end + 1)..] == StopPath;
        if (asksToStop ? !HttpMethods.IsPost(request.Method) : !HttpMethods.IsGet(request.Method))
        {
            return (StatusCodes.Status405MethodNotAllowed,
                asksToStop ? "a run is stopped by the button of its page (POST)" : "this page can only be read (GET)");
        }

        return end > 0 && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(path[1..end]), expected)
            ? (StatusCodes.Status200OK, path[(end + 1)..])
            : (StatusCodes.Status404NotFound, "there is no such page: use the whole link that the program printed");
    }

    private bool IsOwnHost(string? host) => Names.Any(name => string.Equals(host, $"{name}:{port}", StringComparison.OrdinalIgnoreCase));

    private bool IsOwnOrigin(string origin) =>
        Names.Any(name => string.Equals(origin, $"http://{name}:{port}", StringComparison.OrdinalIgnoreCase));

    private static string[] Names => ["127.0.0.1", "localhost"];
}
