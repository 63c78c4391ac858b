using System.Text.RegularExpressions;
using FunctionalNN.ApiReference;

namespace FunctionalNN.Tests;

/// <summary>docs/api is what the doc comments say today, and leads nowhere that is not there.</summary>
public sealed partial class ApiReferenceTests
{
    private static readonly SortedDictionary<string, string> Made = Pages.Create();

    private static readonly string[] OfEveryPackage =
        ["values.md#matrixt", "functionalnn.laws.md#laws", "functionalnn.onnx.md#onnxoptions",
            "functionalnn.visualisation.md#trainingprogress", "functionalnn.dashboard.md#dashboard", "data-readers.md#csv"];

    [Fact]
    public void The_committed_pages_are_up_to_date()
    {
        var committed = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "api"), "*.md")
            .ToDictionary(path => Path.GetFileName(path)!, path => File.ReadAllText(path).ReplaceLineEndings("\n"));

        // A page that is no longer made may lie in the output of an earlier build.
        foreach (var (name, text) in Made)
        {
            Assert.True(committed.TryGetValue(name, out var page) && page == text,
                $"docs/api/{name} is not what the doc comments say: run dotnet run --project tools/ApiReference and commit what it writes");
        }
    }

    [Theory]
    [InlineData("networks.md", "Model\\<T>")]
    [InlineData("files.md", "Model")]
    [InlineData("training.md", "TrainingState\\<T>")]
    [InlineData("files.md", "TrainingState")]
    public void A_type_stands_on_the_page_of_the_folder_that_declares_it_whatever_shares_its_name(string page, string heading) =>
        Assert.Contains($"\n## {heading}\n", Made[page], StringComparison.Ordinal);

    [Fact]
    public void Every_package_has_pages()
    {
        var referenced = typeof(Pages).Assembly.GetManifestResourceNames().Select(name => name.Replace('\\', '/'))
            .Where(name => name.Contains("src/", StringComparison.Ordinal))
            .Select(name => name[(name.IndexOf("src/", StringComparison.Ordinal) + 4)..].Split('/')[0])
            .Distinct();
        Assert.Equal(referenced.Order(StringComparer.Ordinal),
            Pages.Assemblies.Select(assembly => assembly.GetName().Name!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Two_makings_are_the_same() => Assert.Equal(Made, Pages.Create());

    [Fact]
    public void Every_link_leads_to_a_heading()
    {
        var anchors = Made.SelectMany(page => Heading().Matches(page.Value).Select(match => $"{page.Key}#{Anchor(match.Groups[1].Value)}"))
            .ToHashSet();
        foreach (var (page, text) in Made)
        {
            Assert.All(Link().Matches(text).Select(match => match.Groups[1].Value),
                link => Assert.True(link.Contains('#', StringComparison.Ordinal) ? anchors.Contains(link) : Made.ContainsKey(link),
                    $"{page} leads to {link}"));
        }
    }

    [Fact]
    public void Types_of_every_package_stand_in_the_index_with_a_sentence()
    {
        var index = Made["README.md"];
        Assert.Contains("- [`Dense`](layers.md#dense): A fully connected layer: y = x·W + b.\n", index, StringComparison.Ordinal);
        Assert.All(OfEveryPackage, link => Assert.Contains($"]({link}): ", index, StringComparison.Ordinal));
        Assert.DoesNotContain("): \n", index, StringComparison.Ordinal);
    }

    [Fact]
    public void A_section_has_declaration_comment_members_and_what_they_throw()
    {
        var dense = Section("layers.md", "Dense");
        Assert.StartsWith("`sealed record Dense(int Outputs) : Layer`\n\nA fully connected layer: y = x·W + b.", dense,
            StringComparison.Ordinal);
        Assert.Contains("- `Outputs`: The width of the output, 1 or more.\n", dense, StringComparison.Ordinal);
        Assert.Contains(
            "- `Initializer WeightInitializer { get; init; }`  \n  How the weights start: [Initializer.He](values.md#initializer) by "
                + "default.\n", dense, StringComparison.Ordinal);
        Assert.Contains(
            "- `ReadOnlySpan<T> Row(int row)`  \n  One row, without a copy.  \n  Throws `ArgumentOutOfRangeException`: There is no such "
                + "row.\n", Section("values.md", "Matrix\\<T>"), StringComparison.Ordinal);
        Assert.Contains(
            "- `static IEnumerable<TrainingState<T>> Epochs<T>(this TrainingState<T> state, Batches<T> batches, Loss loss, Parallelism? "
                + "parallelism = null, DataSet<T>? heldOut = null)`", Section("training.md", "Train"), StringComparison.Ordinal);
        Assert.Contains("`double Accuracy { get; }, of ConfusionMatrix ", Section("evaluation.md", "ConfusionMeasures"),
            StringComparison.Ordinal);
    }

    private static string Section(string page, string heading) => Made[page].Split($"\n## {heading}\n\n")[1].Split("\n## ")[0];

    private static string Anchor(string heading) =>
        string.Concat(heading.ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_')).Replace(' ', '-');

    [GeneratedRegex("^## (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\]\(([^)\s]+\.md(?:#[^)\s]*)?)\)")]
    private static partial Regex Link();
}
