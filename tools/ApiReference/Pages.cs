using System.Globalization;
using System.Reflection;
using System.Text;

namespace FunctionalNN.ApiReference;

/// <summary>All pages of the reference: an index, a page for each folder of the library, and one for each other package.</summary>
internal static class Pages
{
    private const string Notice = "*Made from the doc comments by `dotnet run --project tools/ApiReference`; changes belong there.*";

    private static readonly string[] Order =
        ["Values", "Layers", "Losses", "Optimizers", "Networks", "Training", "Data", "Tables", "Pipelines", "Estimators", "Selection",
            "Evaluation", "Checks", "Plans", "Files", "Kernels"];

    /// <summary>Every package's assembly: a test compares with the folders of src.</summary>
    internal static Assembly[] Assemblies { get; } =
        [typeof(Network).Assembly, typeof(TrainingProgress).Assembly, typeof(Dashboard).Assembly, typeof(OnnxOptions).Assembly,
            typeof(ImageFolder).Assembly, typeof(Laws).Assembly, typeof(DuckTable).Assembly, typeof(ServedPipeline).Assembly,
            typeof(Cluster).Assembly];

    /// <summary>File names and texts, the same for the same sources.</summary>
    public static SortedDictionary<string, string> Create()
    {
        var folders = SourceFolders.Read();
        var groups = Assemblies.SelectMany(assembly => assembly.GetExportedTypes())
            .Where(type => !type.Name.StartsWith('<') && type.Namespace == nameof(FunctionalNN))
            .GroupBy(type => FolderOf(type, folders), StringComparer.Ordinal)
            .OrderBy(group => Rank(group.Key))
            .ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (Folder: group.Key, Types: group.OrderBy(TypeText.Heading, StringComparer.Ordinal).ToArray()))
            .ToArray();
        var links =
            groups.SelectMany(group => group.Types.Select(type => (Id: DocId.Of(type), Link: $"{FileName(group.Folder)}#{Anchor(type)}")))
                .ToDictionary(pair => pair.Id, pair => pair.Link, StringComparer.Ordinal);
        var section = new TypeSection(new Comments(Assemblies), new DocText(links));
        var pages = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var index =
            new StringBuilder().Append(
                $"# API reference\n\n{Notice}\n\nOne page for each folder of the library, in the order in which they build on one another, "
                    + $"then the other packages. Everything is in the namespace `FunctionalNN`.\n");
        foreach (var (folder, types) in groups)
        {
            pages[FileName(folder)] = $"# {Title(folder)}\n\n{Notice} [All pages](README.md)\n{string.Concat(types.Select(section.Of))}";
            index.Append(CultureInfo.InvariantCulture, $"\n## [{Title(folder)}]({FileName(folder)})\n\n");
            foreach (var type in types)
            {
                index.Append(CultureInfo.InvariantCulture,
                    $"- [`{TypeText.Heading(type)}`]({FileName(folder)}#{Anchor(type)}): {section.FirstSentence(type)}\n");
            }
        }

        pages["README.md"] = index.ToString();
        return pages;
    }

    private static string FolderOf(Type type, Dictionary<string, string> folders)
    {
        var outermost = type;
        while (outermost.DeclaringType is { } declaring)
        {
            outermost = declaring;
        }

        var package = type.Assembly.GetName().Name!;
        return package != "FunctionalNN" ? package
            : folders.TryGetValue(outermost.Name, out var folder) ? folder
            : throw new InvalidOperationException($"no source declares {outermost}");
    }

    private static int Rank(string folder) =>
        folder.Split('/') is ["FunctionalNN", var concept, ..]
            ? Array.IndexOf(Order, concept) is >= 0 and var place ? place : Order.Length
            : Order.Length + 1;

    private static string Title(string folder) =>
        folder.StartsWith("FunctionalNN/", StringComparison.Ordinal)
            ? folder[13..].Replace("/", ": ", StringComparison.Ordinal)
            : $"Package {folder}";

    private static string FileName(string folder) =>
        $"{folder.Replace("FunctionalNN/", "", StringComparison.Ordinal).Replace('/', '-').ToLowerInvariant()}.md";

    /// <summary>As Markdown renderers make them of headings: lower case, without signs.</summary>
    private static string Anchor(Type type) =>
        string.Concat(TypeText.Heading(type).ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_'))
            .Replace(' ', '-');
}
