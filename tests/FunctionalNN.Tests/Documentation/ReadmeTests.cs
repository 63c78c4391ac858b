using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;

namespace FunctionalNN.Tests;

/// <summary>Every C# block of the README compiles and runs, in the order of the page, as one session.</summary>
public sealed partial class ReadmeTests
{
    [Fact]
    public async Task Every_code_sample_of_the_README_runs()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "README.md"));
        var samples = CodeBlock().Matches(readme).Select(match => match.Groups[1].Value).ToArray();
        Assert.NotEmpty(samples);

        var options = ScriptOptions.Default
            .AddReferences(typeof(Network).Assembly, typeof(LanguageExt.Prelude).Assembly)
            .AddImports("System", "System.IO", "System.Linq", "System.Collections.Generic");
        ScriptState<object>? session = null;
        foreach (var sample in samples)
        {
            session = session is null
                ? await CSharpScript.RunAsync(sample, options)
                : await session.ContinueWithAsync(sample);
            Assert.Null(session.Exception);
        }
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
