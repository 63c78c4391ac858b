using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace FunctionalNN.ApiReference;

/// <summary>Doc comments as Markdown.</summary>
/// <param name="links">From a comment's name of a type to its place among the pages.</param>
internal sealed partial class DocText(IReadOnlyDictionary<string, string> links)
{
    /// <summary>The text of an element; empty when there is none.</summary>
    public string Of(XElement? element)
    {
        if (element is null)
        {
            return "";
        }

        var text = new StringBuilder();
        Append(text, element);
        return Spaces().Replace(text.ToString().Trim(), "\n");
    }

    private void Append(StringBuilder text, XElement element)
    {
        foreach (var node in element.Nodes())
        {
            switch (node)
            {
                case XText words:
                    text.Append(Escaped(Blanks().Replace(words.Value, " ")));
                    break;
                case XElement { Name.LocalName: "c" } code:
                    text.Append('`').Append(code.Value).Append('`');
                    break;
                case XElement { Name.LocalName: "code" } block:
                    text.Append("\n\n```cs\n").Append(Dedented(block.Value)).Append("\n```\n\n");
                    break;
                case XElement { Name.LocalName: "para" } paragraph:
                    text.Append("\n\n");
                    Append(text, paragraph);
                    text.Append("\n\n");
                    break;
                case XElement { Name.LocalName: "br" }:
                    text.Append("  \n");
                    break;
                case XElement { Name.LocalName: "see" } see:
                    text.Append(See(see));
                    break;
                case XElement { Name.LocalName: "paramref" or "typeparamref" } parameter:
                    text.Append('`').Append(parameter.Attribute("name")?.Value).Append('`');
                    break;
                case XElement other:
                    Append(text, other);
                    break;
            }
        }
    }

    private string See(XElement see)
    {
        if (see.Attribute("cref")?.Value is not { } reference)
        {
            return $"`{see.Attribute("langword")?.Value ?? see.Attribute("href")?.Value ?? see.Value}`";
        }

        var name = Name(reference);
        return links.TryGetValue(Owner(reference), out var link) ? $"[{name}]({link})" : $"`{name}`";
    }

    /// <summary>Throws, and other references outside of a text.</summary>
    public static string Name(string reference)
    {
        var path = Arguments().Replace(reference[2..], "");
        var parts = path.Split('.');
        var last = Ticks().Replace(parts[^1], "");
        return reference[0] is 'T' or '!' ? last : last == "#ctor"
            ? Ticks().Replace(parts[^2], "")
            : $"{Ticks().Replace(parts[^2], "")}.{last}";
    }

    private static string Owner(string reference)
    {
        var path = Arguments().Replace(reference[2..], "");
        return reference[0] == 'T' ? $"T:{path}" : $"T:{path[..path.LastIndexOf('.')]}";
    }

    private static string Escaped(string words) =>
        words.Replace("*", "\\*", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal);

    private static string Dedented(string block)
    {
        var lines = block.ReplaceLineEndings("\n").Trim('\n').Split('\n');
        var indent = lines.Where(line => line.Trim().Length > 0).Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty(0)
            .Min();
        return string.Join("\n", lines.Select(line => line.Length >= indent ? line[indent..].TrimEnd() : "")).Trim('\n');
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@" *\n *(?=\n)|(?<=\n) (?=\S)")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\(.*$")]
    private static partial Regex Arguments();

    [GeneratedRegex(@"`+\d+")]
    private static partial Regex Ticks();
}
