using System.Text;
using System.Text.Json;

namespace FunctionalNN.Tests;

/// <summary>
/// Every C# block of README.md and docs/*.md compiles and runs, in the order of its page, as one session, and prints what the text block
/// after it says. To write into the pages what their blocks print: <c>dotnet run --project tests/FunctionalNN.Tests -- documentation write
/// docs/*.md</c>.
/// </summary>
[Trait("Duration", "Long")]
public sealed class DocumentationTests(DocumentationTests.Session session) : IClassFixture<DocumentationTests.Session>
{
    private const string Readme = "README.md";

    public static TheoryData<string> Pages => [.. Names];

    private static string[] Names =>
        [Readme,
            .. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "docs"), "*.md").Select(path => Path.GetFileName(path))
                .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_block_of_a_page_runs_and_prints_what_the_page_says(string name)
    {
        var page = DocumentationPage.Read(Session.PathOf(name));
        string[] faults =
            [.. page.Blocks.Zip(session.Outcomes[name],
                (block, outcome) => Fault(block, outcome) is { } fault ? $"{name}, line {block.Line}: {fault}" : "")
                    .Where(fault => fault.Length > 0)];
        Assert.True(faults.Length == 0, string.Join("\n\n", faults));
        Assert.Equal(page.Blocks.Count, session.Outcomes[name].Length);

        // A block of the README may print without saying what.
        string? Fault(DocumentationBlock block, BlockOutcome outcome) =>
            outcome.CompileError
                ?? (name == Readme && block.Printed is null && !outcome.HasThrown ? null : outcome.Difference(block.Printed));
    }

    [Theory]
    [InlineData("one\ntwo\n", "one\ntwo", true)]
    [InlineData("one\ntwo", "one\nthree", false)]
    [InlineData("one\n", "one\ntwo", false)]
    [InlineData("trained in … s", "trained in 0.5 s", true)]
    [InlineData("trained in … s", "trained in\n0.5 s", false)]
    [InlineData("one\n…\nthree", "one\n1\n2\nthree", true)]
    [InlineData("one\n…\nfour", "one\n1\n2\nthree", false)]
    [InlineData("1.5", "1x5", false)]
    [InlineData(null, "", true)]
    [InlineData(null, "one", false)]
    public void A_page_says_the_same_as_was_printed_where_an_ellipsis_stands_for_anything(string? page, string printed, bool isSame) =>
        Assert.Equal(isSame, new BlockOutcome(printed, null, false).Difference(page) is null);

    [Fact]
    public void A_difference_shows_the_line_of_the_page_and_the_one_that_was_printed()
    {
        var difference = new BlockOutcome("one\n2\nthree\n", null, false).Difference("one\ntwo\nthree\n");
        Assert.StartsWith("line 2 of the output differs\nexpected: two\nfound:    2\n", difference!.ReplaceLineEndings("\n"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_is_read_and_written_block_by_block()
    {
        using var folder = new TemporaryFolder();
        var path =
            folder.Write("page.md",
                Encoding.UTF8.GetBytes("a\n```csharp\n1\n```\nb\n```sh\nls\n```\n```text\nold\n```\n"
                    + "```csharp\n2\n```\n```text\nkept …\n```\n```csharp\n3\n```\nc\n"));
        var page = DocumentationPage.Read(path);
        Assert.Equal([new(3, "1\n", "old\n"), new(13, "2\n", "kept …\n"), new(19, "3\n", null)], page.Blocks);
        Assert.Equal(
            "a\n```csharp\n1\n```\nb\n```sh\nls\n```\n```text\nnew\n```\n```csharp\n2\n```\n```text\nkept "
                + "…\n```\n```csharp\n3\n```\n\n```text\nadded\n```\nc\n",
            page.With([new("new\n", null, false), new("kept so\n", null, false), new("added\n", null, false)]));
    }

    /// <summary>All pages, run once.</summary>
    public sealed class Session : IAsyncLifetime
    {
        internal Dictionary<string, BlockOutcome[]> Outcomes { get; private set; } = [];

        internal static string PathOf(string name) =>
            name == Readme ? Path.Combine(AppContext.BaseDirectory, name) : Path.Combine(AppContext.BaseDirectory, "docs", name);

        public async Task InitializeAsync()
        {
            using var folder = new TemporaryFolder();
            var names = Names;
            var lines =
                await ChildProcess.RunIn(folder.FullName, $"documentation {string.Join(' ', names.Select(name => $"\"{PathOf(name)}\""))}");
            Outcomes = names.Zip(lines, KeyValuePair.Create)
                .ToDictionary(pair => pair.Key, pair => JsonSerializer.Deserialize<BlockOutcome[]>(pair.Value)!);
        }

        public Task DisposeAsync() => Task.CompletedTask;
    }
}
