using System.Collections.Immutable;
using FunctionalNN.Folders;

namespace FunctionalNN.Tests;

/// <summary>The folders of src are levels, and a folder uses those below it alone. <c>dotnet run --project tools/Folders</c> prints the
/// graph.</summary>
public class FolderTests
{
    private static readonly Lazy<FolderGraph> Graph = new(() => new FolderGraph(SourceUses.Of(SourceTree.Root)));

    [Fact]
    [Trait("Duration", "Long")]
    public void No_folder_uses_one_that_is_not_below_it() => Assert.Empty(Graph.Value.Upward.Select(use => $"{use}"));

    [Fact]
    [Trait("Duration", "Long")]
    public void Every_folder_has_a_level() => Assert.Empty(Graph.Value.Unknown);

    [Fact]
    [Trait("Duration", "Long")]
    public void Uses_are_found_on_every_level() =>
        Assert.All(FolderGraph.Levels.Skip(1), level =>
            Assert.All(level, folder => Assert.Contains(Graph.Value.Uses, use => use.From == folder)));

    [Fact]
    public void Types_members_and_extension_methods_are_found_by_file_and_line()
    {
        ImmutableArray<(string Path, string Text)> sources =
        [
            ("src/FunctionalNN/Kernels/Low.cs", """
                namespace FunctionalNN;
                internal record Low(int Size);
                """),
            ("src/FunctionalNN/Training/High.cs", """
                namespace FunctionalNN;
                internal static class High
                {
                    public static int Twice(this Low low) => 2 * low.Size;
                }
                """),
            ("src/FunctionalNN/Values/Lowest.cs", """
                namespace FunctionalNN;
                internal static class Lowest
                {
                    public static void Call(object given)
                    {
                        _ = given is Low { Size: 1 } low ? low.Twice() : 0;
                    }
                }
                """),
        ];
        Assert.Equal(
            [
                "src/FunctionalNN/Values/Lowest.cs, line 6: Values uses Kernels (Low)",
                "src/FunctionalNN/Values/Lowest.cs, line 6: Values uses Training (High)",
            ],
            new FolderGraph(SourceUses.Of(sources)).Upward.Select(use => $"{use}").Order(StringComparer.Ordinal));
    }
}
