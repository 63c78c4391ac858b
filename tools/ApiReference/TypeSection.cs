using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Xml.Linq;

namespace FunctionalNN.ApiReference;

/// <summary>One type: declaration, comment, and its members that have comments of their own.</summary>
internal sealed class TypeSection(Comments comments, DocText texts)
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    public string Of(Type type)
    {
        var text =
            new StringBuilder($"\n## {TypeText.Heading(type).Replace("<", "\\<", StringComparison.Ordinal)}\n\n`{Signature.Of(type)}`\n");
        var comment = comments[DocId.Of(type)];
        Add(text, texts.Of(comment?.Element("summary")));
        foreach (var parameter in Parameters(comment))
        {
            text.Append(parameter == Parameters(comment).First() ? "\n" : "").Append(parameter);
        }

        Add(text, texts.Of(comment?.Element("remarks")));
        Add(text, texts.Of(comment?.Element("example")));
        IEnumerable<MemberInfo> members = type.IsEnum
            ? type.GetFields(BindingFlags.Public | BindingFlags.Static)
            : type.IsAssignableTo(typeof(Delegate))
            ? []
            : type.GetMembers(Declared).Where(IsShown).OrderBy(Kind).ThenBy(member => member.MetadataToken);
        var primary = Signature.Primary(type);
        var positional = primary?.GetParameters().Select(parameter => parameter.Name).ToHashSet() ?? [];
        var lines = members
            .Where(member => !member.Equals(primary) && !(member is PropertyInfo && positional.Contains(member.Name)))
            .Select(member => (Member: member, Comment: comments[DocId.Of(member)]))
            .Where(pair => pair.Comment is not null)
            .Select(pair => Line(type.IsEnum ? pair.Member.Name : Signature.Of(pair.Member), pair.Comment!))
            .ToArray();
        return text.Append(lines.Length > 0 ? "\n" : "").AppendJoin("", lines).ToString();
    }

    /// <summary>For the index.</summary>
    public string FirstSentence(Type type)
    {
        var summary = texts.Of(comments[DocId.Of(type)]?.Element("summary")).Split('\n')[0];
        var end = summary.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? summary : summary[..(end + 1)];
    }

    private string Line(string signature, XElement comment)
    {
        string[] parts =
        [
            texts.Of(comment.Element("summary")),
            texts.Of(comment.Element("returns")) is { Length: > 0 } returns ? $"Returns: {returns}" : "",
            texts.Of(comment.Element("remarks")),
            .. comment.Elements("exception")
                .Select(exception => $"Throws `{DocText.Name(exception.Attribute("cref")!.Value)}`: {texts.Of(exception)}"),
        ];
        var lines = new StringBuilder($"- `{signature}`  \n").AppendJoin("  \n", parts.Where(part => part.Length > 0).Select(Indented))
            .Append('\n');
        foreach (var parameter in Parameters(comment))
        {
            lines.Append("  ").Append(parameter);
        }

        if (texts.Of(comment.Element("example")) is { Length: > 0 } example)
        {
            lines.Append('\n').Append(Indented(example)).Append('\n');
        }

        return lines.ToString();
    }

    private IEnumerable<string> Parameters(XElement? comment) => comment is null ? [] : comment.Elements("param")
        .Select(parameter => $"- `{parameter.Attribute("name")!.Value}`: {texts.Of(parameter)}\n");

    private static string Indented(string text) => string.Join("\n", text.Split('\n').Select(line => line.Length == 0 ? "" : $"  {line}"));

    private static void Add(StringBuilder text, string paragraph)
    {
        if (paragraph.Length > 0)
        {
            text.Append('\n').Append(paragraph).Append('\n');
        }
    }

    private static bool IsShown(MemberInfo member) => member switch
    {
        ConstructorInfo constructor => IsVisible(constructor) && !constructor.IsDefined(typeof(CompilerGeneratedAttribute)),
        MethodInfo { IsSpecialName: true } method =>
            method.Name.StartsWith("op_", StringComparison.Ordinal)
                || (method.IsStatic && method.Name.StartsWith("get_", StringComparison.Ordinal) && method.GetParameters().Length == 1
                    && IsVisible(method)),
        MethodInfo method => IsVisible(method) && !method.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false),
        PropertyInfo property => property.GetMethod is { } getter && IsVisible(getter),
        FieldInfo field => field.IsPublic,
        _ => false,
    };

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static int Kind(MemberInfo member) => member switch { ConstructorInfo => 0, FieldInfo => 1, PropertyInfo => 2, _ => 3 };
}
