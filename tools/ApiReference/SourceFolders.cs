using System.Text.RegularExpressions;

namespace FunctionalNN.ApiReference;

/// <summary>In which folder of src each public type is declared.</summary>
internal static partial class SourceFolders
{
    /// <summary>From a type's name, with the count of its type parameters as the runtime writes it, to its folder below src, such as
    /// FunctionalNN/Data/Readers.</summary>
    public static Dictionary<string, string> Read()
    {
        var assembly = typeof(SourceFolders).Assembly;
        var folders = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".cs", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal))
        {
            var path = resource.Replace('\\', '/');
            var folder = path[(path.IndexOf("src/", StringComparison.Ordinal) + 4)..path.LastIndexOf('/')];
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            foreach (Match match in Declaration().Matches(reader.ReadToEnd()))
            {
                var parameters = match.Groups["parameters"];
                var name = match.Groups["name"].Value;
                var key = parameters.Success ? $"{name}`{parameters.Value.Count(c => c == ',') + 1}" : name;

                // Of a type in parts the file with its name counts.
                if (!folders.TryAdd(key, folder) && path.EndsWith($"/{name}.cs", StringComparison.Ordinal))
                {
                    folders[key] = folder;
                }
            }
        }

        return folders;
    }

    [GeneratedRegex(
        @"^public [^=;{(\n]*?\b(?:class|record struct|record|struct|enum|interface|delegate [^(\n]*?) ?(?<name>\w+)"
            + @"(?:<(?<parameters>[^>\n]*)>)?\s*(?:\(|:|$|\r|where)", RegexOptions.Multiline)]
    private static partial Regex Declaration();
}
