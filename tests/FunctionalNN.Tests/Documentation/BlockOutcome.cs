using System.Text.RegularExpressions;

namespace FunctionalNN.Tests;

/// <summary>What became of a block: what it printed, with the exception that ended it, if one did, as the last line; or why it does not
/// compile.</summary>
internal sealed record BlockOutcome(string Output, string? CompileError, bool HasThrown)
{
    private const string Anything = "…";

    /// <summary>Null when the page says the same; else the first line that differs, and all that was printed. "…" in the page stands for
    /// anything in its line, alone for any lines.</summary>
    public string? Difference(string? page)
    {
        var (expected, found) = (Lines(page ?? ""), Lines(Output));
        if (Pattern(expected).IsMatch(string.Join('\n', found)))
        {
            return null;
        }

        var same = expected.Zip(found, (says, printed) => Pattern([says]).IsMatch(printed)).TakeWhile(isSame => isSame).Count();
        return $"""
            line {same + 1} of the output differs
            expected: {expected.ElementAtOrDefault(same) ?? "(the end)"}
            found:    {found.ElementAtOrDefault(same) ?? "(the end)"}
            all that was printed:
            {string.Join('\n', found)}
            """;
    }

    private static string[] Lines(string text) => [.. text.ReplaceLineEndings("\n").TrimEnd().Split('\n').Select(line => line.TrimEnd())];

    private static Regex Pattern(IEnumerable<string> lines) =>
        new("\\A"
            + string.Join("\n", lines.Select(line =>
                line == Anything ? "(?:.*\n)*?.*" : Regex.Escape(line).Replace(Anything, ".*", StringComparison.Ordinal)))
            + "\\z");
}
