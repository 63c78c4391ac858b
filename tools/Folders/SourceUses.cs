using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FunctionalNN.Folders;

/// <summary>Every place in src that names a type, or a type's member, declared in another folder: names are bound as the compiler binds
/// them.</summary>
internal static class SourceUses
{
    private const string Library = "FunctionalNN";

    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    /// <summary>The uses in the sources below a root that has a folder src.</summary>
    public static ImmutableArray<FolderUse> Of(string root) =>
        Of([.. Directory.EnumerateFiles(Path.Combine(root, "src"), "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(part => part is "obj" or "bin"))
            .Order(StringComparer.Ordinal)
            .Select(path => (path, File.ReadAllText(Path.Combine(root, path))))]);

    /// <summary>The uses in sources that are given with their paths below the root.</summary>
    public static ImmutableArray<FolderUse> Of(ImmutableArray<(string Path, string Text)> sources)
    {
        var options = new CSharpParseOptions(LanguageVersion.Preview, DocumentationMode.None);
        ImmutableArray<SyntaxTree> trees = [.. sources.Select(source => CSharpSyntaxTree.ParseText(source.Text, options, source.Path))];
        var compilation = CSharpCompilation.Create(
            "sources", [.. trees, CSharpSyntaxTree.ParseText(ImplicitUsings, options)], Packages(),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        return [.. trees.AsParallel().AsOrdered().SelectMany(tree => UsesIn(tree, compilation)).Distinct()];
    }

    /// <summary>The folder below src/FunctionalNN, or for another package its own name: "Data" or "Onnx".</summary>
    public static string FolderOf(string path) => path.Split('/') switch
    {
        ["src", Library, var folder, _, ..] => folder,
        ["src", var project, ..] => project[(project.LastIndexOf('.') + 1)..],
        _ => path,
    };

    private static IEnumerable<PortableExecutableReference> Packages() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith(Library, StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path));

    private static IEnumerable<FolderUse> UsesIn(SyntaxTree tree, CSharpCompilation compilation)
    {
        var (model, folder) = (compilation.GetSemanticModel(tree), FolderOf(tree.FilePath));
        foreach (var name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
        {
            var info = model.GetSymbolInfo(name);
            var symbol = info.Symbol ?? (info.CandidateSymbols.Length > 0 ? info.CandidateSymbols[0] : null);
            if (symbol is IAliasSymbol alias)
            {
                symbol = alias.Target;
            }

            if (symbol is null or ILocalSymbol or IParameterSymbol or INamespaceSymbol or ITypeParameterSymbol or IRangeVariableSymbol)
            {
                continue;
            }

            // A member of a type that several folders declare is where it is written; the type itself is where its lowest part is.
            var places = symbol.DeclaringSyntaxReferences.Select(reference => FolderOf(reference.SyntaxTree.FilePath))
                .OrderBy(FolderGraph.LevelOf).ToArray();
            if (places.Length > 0 && !places.Contains(folder))
            {
                var type = symbol as ITypeSymbol ?? symbol.ContainingType;
                var line = tree.GetLineSpan(name.Span).StartLinePosition.Line + 1;
                yield return new FolderUse(folder, places[0], tree.FilePath, line, type?.Name ?? symbol.Name);
            }
        }
    }
}
