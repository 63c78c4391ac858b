using System.Collections.Immutable;
using System.Security.Cryptography;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// A file on the web whose content is known by its SHA-256: where it may be fetched and how to tell that it is the right one.
/// </summary>
public sealed class VerifiedDownload
{
    /// <summary>A file and where it is published.</summary>
    /// <param name="name">The file's name, without a folder.</param>
    /// <param name="sha256">The SHA-256 of its content, 64 hexadecimal digits.</param>
    /// <param name="addresses">One or more addresses, tried in this order. Prefer https; over http the checksum alone protects the
    /// content.</param>
    /// <exception cref="ArgumentException">The name has a folder, the checksum is not one, or there is no address of http or
    /// https.</exception>
    public VerifiedDownload(string name, string sha256, params IEnumerable<string> addresses)
    {
        if (name.Length == 0 || name is "." or ".." || name.IndexOfAny(['/', '\\', ':', '\0']) >= 0)
        {
            throw new ArgumentException($"\"{name}\" is no file name: give it without a folder", nameof(name));
        }

        if (sha256.Length != 64 || !sha256.All(char.IsAsciiHexDigit))
        {
            throw new ArgumentException($"\"{sha256}\" is no SHA-256, expected 64 hexadecimal digits", nameof(sha256));
        }

        Name = name;
        Sha256 = sha256.ToLowerInvariant();
        Addresses = [.. addresses.Select(Parse)];
        if (Addresses.IsEmpty)
        {
            throw new ArgumentException($"{name} has no address, expected one or more", nameof(addresses));
        }
    }

    /// <summary>The file's name.</summary>
    public string Name { get; }

    /// <summary>The SHA-256 of the right content, in lower case.</summary>
    public string Sha256 { get; }

    /// <summary>Where to fetch it, in this order.</summary>
    public ImmutableArray<Uri> Addresses { get; }

    /// <summary>The count of bytes, where it is known: a body of another length is then refused early.</summary>
    public long? Length { get; init; }

    /// <summary>How long to wait for the next bytes of one address.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Puts the file into a folder and gives its path. A file that is there with the right checksum is taken as it is, without a
    /// request. Otherwise the addresses are tried in turn until one gives the right content, which replaces what was there. When
    /// none does, the error names each with its reason, and nothing new is left in the folder.
    /// </summary>
    /// <param name="folder">Made where it does not exist.</param>
    /// <param name="progress">Told of every piece received.</param>
    /// <param name="cancellation">Ends the download; nothing is left behind.</param>
    /// <exception cref="OperationCanceledException">The download was cancelled.</exception>
    public async Task<Either<Error, string>> Fetch(
        string folder, IProgress<DownloadProgress>? progress = null, CancellationToken cancellation = default)
    {
        try
        {
            var path = Path.Combine(folder, Name);
            if (Directory.Exists(path))
            {
                return Error.New(
                    $"{Name} cannot be kept in the folder {folder}: a folder of that name is there. Move it away or choose "
                        + $"another folder.");
            }

            var found = File.Exists(path) ? await Checksum(path, cancellation).ConfigureAwait(false) : null;
            if (found == Sha256)
            {
                return path;
            }

            List<string> reasons = found is null ? [] : [$"the file that is there: its SHA-256 is {found}"];
            foreach (var address in Addresses)
            {
                using var part = new PartFile(path);
                var reason = await new DownloadAttempt(this, address, progress).Into(part.Stream, cancellation).ConfigureAwait(false);
                if (reason is null)
                {
                    part.Keep();
                    return path;
                }

                reasons.Add($"{address}: {reason}");
            }

            return Error.New($"{Name} could not be fetched:\n  {string.Join("\n  ", reasons)}\n"
                + $"Check the connection and try again, or put a copy at {path} yourself; its SHA-256 must be {Sha256}.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return Error.New(
                $"{Name} cannot be kept in the folder {folder}: {fault.Message} Choose a folder that you may write to and that has room.",
                fault);
        }
    }

    /// <summary>The name, the checksum's start and the addresses.</summary>
    public override string ToString() => $"{Name} (SHA-256 {Sha256[..8]}…) from {string.Join(" or ", Addresses)}";

    private static async Task<string> Checksum(string path, CancellationToken cancellation)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation).ConfigureAwait(false));
    }

    private static Uri Parse(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
            ? uri
            : throw new ArgumentException($"\"{address}\" is no address, expected one that starts with https://");
}
