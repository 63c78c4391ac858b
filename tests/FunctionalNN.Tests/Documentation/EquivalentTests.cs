using System.Reflection;
using System.Text.RegularExpressions;

namespace FunctionalNN.Tests;

/// <summary>What docs/coming-from.md calls ours is there: each name in the right columns of its tables is a type or a member of the
/// library.</summary>
public sealed partial class EquivalentTests
{
    [Fact]
    public void Every_name_of_ours_on_the_page_of_equivalents_exists()
    {
        var known = Libraries.SelectMany(library => library.GetExportedTypes())
            .SelectMany(type =>
                type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy)
                    .Select(member => member.Name).Append(type.Name.Split('`')[0]))
            .Append(nameof(Enumerable.Last))
            .ToHashSet(StringComparer.Ordinal);
        var lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "docs", "coming-from.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal)).ToArray();
        var ours = lines.Select(line => line.Split(" | ")[1])
            .SelectMany(cell => Span().Matches(cell).SelectMany(span => Name().Matches(span.Value))).Select(name => name.Value).ToHashSet();
        Assert.InRange(ours.Count, 80, 1000);
        Assert.Empty(ours.Except(known));
    }

    private static Assembly[] Libraries => ApiReference.Pages.Assemblies;

    [GeneratedRegex("`[^`]+`")]
    private static partial Regex Span();

    [GeneratedRegex(@"\b[A-Z]\w+")]
    private static partial Regex Name();
}
