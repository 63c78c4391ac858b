using System.Text.RegularExpressions;

namespace FunctionalNN.Tests;

/// <summary>A C# block of a page, with what the page says that it prints.</summary>
/// <param name="Line">The line of the page in which its code begins, counted from 1.</param>
/// <param name="Code">The code.</param>
/// <param name="Printed">The content of the text block that follows before the next C# block; null when there is none. "…" stands for
/// anything.</param>
internal sealed record DocumentationBlock(int Line, string Code, string? Printed);

/// <summary>A Markdown page: its C# blocks are one session, in the order of the page; blocks of other languages are not looked
/// at.</summary>
internal sealed partial class DocumentationPage
{
    private readonly string text;

    private DocumentationPage(string path)
    {
        Path = path;
        text = File.ReadAllText(path).ReplaceLineEndings("\n");
        var fences = Fence().Matches(text).Where(fence => fence.Groups["language"].Value is "csharp" or "text").ToArray();
        Blocks = [.. fences.Index().Where(fence => IsCode(fence.Item)).Select(fence => new DocumentationBlock(
            text.AsSpan(0, fence.Item.Groups["body"].Index).Count('\n') + 1,
            fence.Item.Groups["body"].Value,
            fences.ElementAtOrDefault(fence.Index + 1) is { } next && !IsCode(next) ? next.Groups["body"].Value : null))];
    }

    public string Path { get; }

    public IReadOnlyList<DocumentationBlock> Blocks { get; }

    public static DocumentationPage Read(string path) => new(path);

    /// <summary>The page with what its blocks print: a text block is written anew where it says something else, and added where there is
    /// none.</summary>
    public string With(IReadOnlyList<BlockOutcome> outcomes)
    {
        var position = 0;
        return Fence().Replace(text, fence =>
        {
            if (!IsCode(fence))
            {
                var isResult = position > 0 && fence.Groups["language"].Value == "text"
                    && Blocks[position - 1].Printed == fence.Groups["body"].Value;
                return isResult && outcomes[position - 1] is { CompileError: null } last
                    && last.Difference(fence.Groups["body"].Value) is not null
                    ? $"```text\n{last.Output}```\n"
                    : fence.Value;
            }

            var outcome = outcomes[position];
            return Blocks[position++].Printed is null && outcome.Output.Length > 0
                ? $"{fence.Value}\n```text\n{outcome.Output}```\n"
                : fence.Value;
        });
    }

    private static bool IsCode(Match fence) => fence.Groups["language"].Value == "csharp";

    [GeneratedRegex("^```(?<language>[a-z]*)\n(?<body>.*?)^```\n", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();
}
