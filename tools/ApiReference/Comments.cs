using System.Reflection;
using System.Xml.Linq;

namespace FunctionalNN.ApiReference;

/// <summary>The doc comments that the compiler wrote beside assemblies, by name.</summary>
internal sealed class Comments
{
    private readonly Dictionary<string, XElement> members;

    /// <exception cref="FileNotFoundException">An assembly has no comments beside it.</exception>
    public Comments(IEnumerable<Assembly> assemblies) => members = assemblies
        .SelectMany(assembly => XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member"))
        .GroupBy(member => member.Attribute("name")!.Value, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);

    /// <summary>
    /// A member's comment, or that which it names as its own; null when it has none or inherits it. What a comment takes over it may
    /// complete.
    /// </summary>
    public XElement? this[string name]
    {
        get
        {
            if (!members.TryGetValue(name, out var member))
            {
                return null;
            }

            return member.Element("summary") is not null ? member
                : member.Element("inheritdoc")?.Attribute("cref")?.Value is { } other && other != name ? this[other]
                : null;
        }
    }
}
