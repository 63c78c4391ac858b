using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace FunctionalNN;

/// <summary>The body of a request as JSON, within limits.</summary>
internal static class ServeBody
{
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    /// <summary>Reads the whole body.</summary>
    /// <exception cref="BadHttpRequestException">It is longer than allowed.</exception>
    /// <exception cref="JsonException">It is no JSON, too deep, or gives a name twice.</exception>
    public static async Task<JsonDocument> Read(HttpContext context, int maxBytes)
    {
        var body = context.Request.BodyReader;
        var isTooLong = context.Request.ContentLength > maxBytes;
        while (true)
        {
            var read = await body.ReadAsync(context.RequestAborted).ConfigureAwait(false);
            isTooLong |= read.Buffer.Length > maxBytes;
            if (!read.IsCompleted)
            {
                // What is too long is read to its end and forgotten, so that the client gets the answer; the server has a limit of its own.
                body.AdvanceTo(isTooLong ? read.Buffer.End : read.Buffer.Start, read.Buffer.End);
                continue;
            }

            var json = isTooLong ? [] : read.Buffer.ToArray();
            body.AdvanceTo(read.Buffer.End);
            return isTooLong ? throw TooLong(maxBytes) : JsonDocument.Parse(json, Reading);
        }
    }

    private static BadHttpRequestException TooLong(int maxBytes) =>
        new($"Request body too large: expected at most {maxBytes} bytes.", StatusCodes.Status413PayloadTooLarge);
}
