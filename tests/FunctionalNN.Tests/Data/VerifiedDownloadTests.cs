using System.Runtime.Versioning;
using System.Security.Cryptography;
using LanguageExt;
using LanguageExt.Common;
using static FunctionalNN.Tests.LoopbackServer;

namespace FunctionalNN.Tests;

/// <summary>Each wrong answer of a server gives an error with address, found, expected and the fix, and leaves nothing behind.</summary>
public sealed class VerifiedDownloadTests : IDisposable
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 200_000).Select(i => (byte)(i * i >> 3))];
    private static readonly string Checksum = Convert.ToHexStringLower(SHA256.HashData(Content));
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_right_content_is_put_into_a_new_folder()
    {
        using var server = new LoopbackServer(_ => Answer.Ok(Content));
        var progress = new Recorder();
        var path = (await File(server.Address()).Fetch(folder["a/b"], progress)).Good();
        Assert.Equal(folder["a/b/data.gz"], path);
        Assert.Equal(Content, await System.IO.File.ReadAllBytesAsync(path));
        Assert.Equal(["data.gz"], Directory.EnumerateFileSystemEntries(folder["a/b"]).Select(Path.GetFileName));
        Assert.Equal(new DownloadProgress("data.gz", Content.Length, Content.Length), progress.Reports[^1]);
        Assert.Equal(progress.Reports.OrderBy(report => report.Received), progress.Reports);
    }

    [Fact]
    public async Task An_answer_without_a_length_is_taken_too()
    {
        using var server = new LoopbackServer(_ => Answer.OfUnknownLength(Content));
        Assert.True((await File(server.Address()).Fetch(folder.FullName)).IsRight);
    }

    [Fact]
    public async Task A_redirection_is_followed()
    {
        using var server =
            new LoopbackServer(path => path == "file" ? Answer.Status("302 Found", "Location: /moved\r\n") : Answer.Ok(Content));
        Assert.True((await File(server.Address()).Fetch(folder.FullName)).IsRight);
        Assert.Equal(["file", "moved"], server.Requests);
    }

    [Fact]
    public async Task A_wrong_checksum_is_refused()
    {
        byte[] other = [.. Content[..^1], 0];
        using var server = new LoopbackServer(_ => Answer.Ok(other));
        await AssertRefused(File(server.Address()), server.Address(), Convert.ToHexStringLower(SHA256.HashData(other)),
            $"expected {Checksum}");
    }

    [Fact]
    public async Task A_web_page_instead_of_the_file_is_called_one()
    {
        using var server = new LoopbackServer(_ => Answer.Ok("<html>Please log in</html>"u8.ToArray(), type: "text/html; charset=utf-8"));
        await AssertRefused(File(server.Address()), "the server sent a web page");
        await AssertRefused(File(server.Address(), Content.Length),
            "the file there has 26 bytes, expected 200,000 bytes (the server sent a web page");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(70_000)]
    [InlineData(199_999)]
    public async Task A_short_body_is_refused(int length)
    {
        using var server = new LoopbackServer(_ => Answer.Ok(Content[..length], Content.Length));
        await AssertRefused(File(server.Address()), server.Address(), $"the connection broke after {length:N0} bytes of 200,000 bytes");
    }

    [Fact]
    public async Task A_body_of_another_length_than_known_is_refused()
    {
        using var server = new LoopbackServer(path => path == "file" ? Answer.Ok(Content) : Answer.OfUnknownLength(Content));
        await AssertRefused(File(server.Address(), Content.Length - 1), "has 200,000 bytes, expected 199,999 bytes");
        await AssertRefused(File(server.Address("endless"), Content.Length - 1), "more than the expected 199,999 bytes came");
    }

    [Theory]
    [InlineData("404 Not Found")]
    [InlineData("403 Forbidden")]
    [InlineData("500 Internal Server Error")]
    [InlineData("304 Not Modified")]
    public async Task An_answer_other_than_success_is_named(string status)
    {
        using var server = new LoopbackServer(_ => Answer.Status(status));
        await AssertRefused(File(server.Address()), server.Address(), $"the server answers {status}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("SSH-2.0-server\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: twelve\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello")]
    public async Task An_answer_that_is_not_HTTP_is_refused(string head)
    {
        using var server = new LoopbackServer(_ => new Answer(head, []));
        await AssertRefused(File(server.Address()), server.Address());
    }

    [Fact]
    public async Task A_refused_connection_is_named()
    {
        var nowhere = Nowhere();
        await AssertRefused(File(nowhere), nowhere, "no connection", "Check the connection");
    }

    [Fact]
    public async Task A_host_that_is_unknown_is_named() =>
        await AssertRefused(File("https://data.invalid/file"), "https://data.invalid/file: no connection");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_falls_silent_is_left(bool hasHead)
    {
        using var server =
            new LoopbackServer(_ => hasHead
                ? Answer.Ok(Content[..10], Content.Length, isHanging: true)
                : new Answer("", [], IsHanging: true));
        await AssertRefused(
            new VerifiedDownload("data.gz", Checksum, server.Address()) { Patience = TimeSpan.FromSeconds(0.3) },
            "nothing came for 0.3 seconds");
    }

    [Fact]
    public async Task A_good_file_that_is_there_needs_no_request()
    {
        folder.Write("data.gz", Content);
        using var server = new LoopbackServer(_ => Answer.Ok(Content));
        Assert.Equal(folder["data.gz"], (await File(server.Address()).Fetch(folder.FullName)).Good());
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_bad_file_that_is_there_is_replaced()
    {
        folder.Write("data.gz", Content[..100]);
        using var server = new LoopbackServer(_ => Answer.Ok(Content));
        Assert.True((await File(server.Address()).Fetch(folder.FullName)).IsRight);
        Assert.Equal(Content, await System.IO.File.ReadAllBytesAsync(folder["data.gz"]));
        Assert.Equal(["data.gz"], folder.Entries);
    }

    [Fact]
    public async Task A_bad_file_stays_and_is_named_when_nothing_better_comes()
    {
        folder.Write("data.gz", [1, 2, 3]);
        var fault = (await File(Nowhere()).Fetch(folder.FullName)).Fault();
        Assert.Contains($"the file that is there: its SHA-256 is {Convert.ToHexStringLower(SHA256.HashData([1, 2, 3]))}", fault,
            StringComparison.Ordinal);
        Assert.Equal([1, 2, 3], await System.IO.File.ReadAllBytesAsync(folder["data.gz"]));
        Assert.Equal(["data.gz"], folder.Entries);
    }

    [Fact]
    public async Task Addresses_are_tried_in_turn_until_one_is_right()
    {
        using var server = new LoopbackServer(path => path switch
        {
            "absent" => Answer.Status("404 Not Found"),
            "other" => Answer.Ok([1, 2, 3]),
            "short" => Answer.Ok(Content[..9], Content.Length),
            _ => Answer.Ok(Content),
        });
        var file =
            File([Nowhere(), server.Address("absent"), server.Address("other"), server.Address("short"), server.Address("right"),
                server.Address("unused")]);
        Assert.True((await file.Fetch(folder.FullName)).IsRight);
        Assert.Equal(["absent", "other", "short", "right"], server.Requests);
        Assert.Equal(["data.gz"], folder.Entries);
    }

    [Fact]
    public async Task When_every_address_fails_each_is_named_with_its_reason()
    {
        using var server = new LoopbackServer(path => path == "absent" ? Answer.Status("404 Not Found") : Answer.Ok([1]));
        await AssertRefused(File([server.Address("absent"), server.Address("other")]), "absent: the server answers 404",
            "other: the SHA-256 of the 1 bytes");
    }

    [Fact]
    public async Task A_download_that_is_cancelled_leaves_nothing()
    {
        using var server = new LoopbackServer(_ => Answer.Ok(Content[..1000], Content.Length, isHanging: true));
        using var cancellation = new CancellationTokenSource();
        var progress = new Recorder { Then = cancellation.Cancel };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => File(server.Address())
            .Fetch(folder["a/b"], progress, cancellation.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => File(server.Address())
            .Fetch(folder["a/b"], null, cancellation.Token));
        Assert.Empty(folder.Entries);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_named()
    {
        folder.Write("file", []);
        using var server = new LoopbackServer(_ => Answer.Ok(Content));
        Assert.Contains($"cannot be kept in the folder {folder["file"]}", (await File(server.Address()).Fetch(folder["file"])).Fault(),
            StringComparison.Ordinal);
        Assert.Contains("cannot be kept", (await File(server.Address()).Fetch(folder["file/below"])).Fault(), StringComparison.Ordinal);
        Directory.CreateDirectory(folder["taken/data.gz"]);
        Assert.Contains("a folder of that name is there", (await File(server.Address()).Fetch(folder["taken"])).Fault(),
            StringComparison.Ordinal);
        Assert.Empty(server.Requests);
        Assert.Equal(["file", "taken"], folder.Entries);
    }

    [UnprivilegedFact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_folder_without_permission_is_named()
    {
        Directory.CreateDirectory(folder["locked"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Assert.Contains("cannot be kept", (await File(Nowhere()).Fetch(folder["locked"])).Fault(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_description_is_a_wrong_call()
    {
        Assert.All(["", ".", "..", "a/b", "a\\b", "/a", "c:a"],
            name => Assert.Throws<ArgumentException>(() => new VerifiedDownload(name, Checksum, "https://a/b")));
        Assert.All(["", "abc", new string('g', 64), Checksum + "0"],
            sum => Assert.Throws<ArgumentException>(() => new VerifiedDownload("a", sum, "https://a/b")));
        Assert.All(["", "a/b", "ftp://a/b", "file:///a"],
            address => Assert.Throws<ArgumentException>(() => new VerifiedDownload("a", Checksum, address)));
        Assert.Throws<ArgumentException>(() => new VerifiedDownload("a", Checksum));
        Assert.Equal(Checksum, new VerifiedDownload("a", Checksum.ToUpperInvariant(), "https://a/b").Sha256);
    }

    private static VerifiedDownload File(string address, long? length = null) => new("data.gz", Checksum, address) { Length = length };

    private static VerifiedDownload File(string[] addresses) => new("data.gz", Checksum, addresses);

    private async Task AssertRefused(VerifiedDownload file, params string[] reasons)
    {
        var fault = (await file.Fetch(folder["new/folder"])).Fault();
        Assert.All([.. reasons, Checksum, folder["new/folder/data.gz"]],
            reason => Assert.Contains(reason, fault, StringComparison.Ordinal));
        Assert.Empty(folder.Entries);
    }

    private sealed class Recorder : IProgress<DownloadProgress>
    {
        public List<DownloadProgress> Reports { get; } = [];

        public Action Then { get; init; } = () => { };

        public void Report(DownloadProgress value)
        {
            Reports.Add(value);
            Then();
        }
    }
}
