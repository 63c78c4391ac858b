using System.Globalization;
using System.Security.Cryptography;

namespace FunctionalNN;

/// <summary>One try to fetch a file from one address. What goes wrong on the network is an answer; a full disk is an exception.</summary>
internal sealed class DownloadAttempt(VerifiedDownload file, Uri address, IProgress<DownloadProgress>? progress)
{
    private const int BufferSize = 1 << 16;
    private static readonly HttpClient Client = MakeClient();

    /// <summary>Writes the body and gives null, or the reason why it is not the right one.</summary>
    public async Task<string?> Into(Stream destination, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(file.Patience);
        try
        {
            using var response = await Client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, patience.Token)
                .ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                return $"the server answers {(int)response.StatusCode} {response.ReasonPhrase}";
            }

            var promised = response.Content.Headers.ContentLength;
            if (file.Length is { } expected && promised is { } length && length != expected)
            {
                return $"the file there has {Bytes(length)}, expected {Bytes(expected)}{Kind(response)}";
            }

            using var body = await response.Content.ReadAsStreamAsync(patience.Token).ConfigureAwait(false);
            return await Copy(body, destination, promised, Kind(response), patience).ConfigureAwait(false);
        }
        catch (HttpRequestException fault)
        {
            return $"no connection: {fault.Message}";
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return $"nothing came for {file.Patience.TotalSeconds:0.###} seconds";
        }
    }

    private async Task<string?> Copy(Stream body, Stream destination, long? promised, string kind, CancellationTokenSource patience)
    {
        using var checksum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferSize];
        long received = 0;
        while (true)
        {
            int count;
            patience.CancelAfter(file.Patience);
            try
            {
                count = await body.ReadAsync(buffer, patience.Token).ConfigureAwait(false);
            }
            catch (IOException fault)
            {
                return $"the connection broke after {Bytes(received)}{(promised is { } whole ? $" of {Bytes(whole)}" : "")}: "
                    + $"{fault.Message}";
            }

            if (count == 0)
            {
                break;
            }

            checksum.AppendData(buffer, 0, count);
            received += count;
            if (received > file.Length)
            {
                return $"more than the expected {Bytes(file.Length.Value)} came{kind}";
            }

            await destination.WriteAsync(buffer.AsMemory(0, count), patience.Token).ConfigureAwait(false);
            progress?.Report(new DownloadProgress(file.Name, received, promised ?? file.Length));
        }

        var found = Convert.ToHexStringLower(checksum.GetHashAndReset());
        return found == file.Sha256 ? null : $"the SHA-256 of the {Bytes(received)} there is {found}, expected {file.Sha256}{kind}";
    }

    /// <summary>A page where a file is expected tells of a portal or a proxy in between.</summary>
    private static string Kind(HttpResponseMessage response) =>
        response.Content.Headers.ContentType?.MediaType is "text/html"
            ? " (the server sent a web page: is there a log-in page or a proxy in between?)"
            : "";

    private static string Bytes(long count) => count.ToString("N0", CultureInfo.InvariantCulture) + " bytes";

    private static HttpClient MakeClient()
    {
        var client = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("FunctionalNN");
        return client;
    }
}
