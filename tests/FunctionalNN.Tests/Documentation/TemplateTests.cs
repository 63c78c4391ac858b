using System.Text.RegularExpressions;

namespace FunctionalNN.Tests;

/// <summary>What <c>dotnet new functionalnn</c> makes is the README's program on this version; .ci/package-test makes and runs
/// it.</summary>
public sealed partial class TemplateTests
{
    [Fact]
    public void The_program_is_the_first_of_the_README() =>
        Assert.Equal(CodeBlock().Match(Read("README.md")).Groups[1].Value, Read("template/Program.cs.txt"));

    [Fact]
    public void The_project_asks_for_this_version()
    {
        var version = Version().Match(Read("template/Directory.Build.props")).Groups[1].Value;
        Assert.Contains($"<PackageReference Include=\"FunctionalNN\" Version=\"{version}\" />",
            Read("template/FunctionalNN.Starter.csproj.txt"), StringComparison.Ordinal);
    }

    private static string Read(string file) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, file)).ReplaceLineEndings("\n");

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex("<Version>(.*?)</Version>")]
    private static partial Regex Version();
}
