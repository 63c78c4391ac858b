using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FunctionalNN.Tests;

/// <summary>
/// A layer, loss, optimizer or schedule answers for itself: no other code asks which of them it has at hand. So a new one needs no entry
/// in a list.
/// </summary>
public class KindTests
{
    private static readonly string[] Families = ["Layer", "Loss", "Optimizer", "LearningRateSchedule"];

    /// <summary>Where kinds may be named nevertheless, by the path's beginning, and why.</summary>
    private static readonly (string Path, string Reason)[] Allowed =
    [
        ("src/FunctionalNN/Layers/Layer.cs", "a layer of columns on images"),
        ("src/FunctionalNN/Layers/Activation.cs", "an activation from a function"),
        ("src/FunctionalNN/Losses/Loss.cs", "a loss from a function"),
        ("src/FunctionalNN/Optimizers/Optimizer.cs", "an optimizer from a function"),
        ("src/FunctionalNN/Execution/", "several layers in one step"),
        ("src/FunctionalNN.Onnx/", "which node of ONNX is which layer"),
        ("src/FunctionalNN/Files/Interchange/", "which arrays of PyTorch, Keras and scikit-learn are which layer's"),
        ("src/FunctionalNN/Files/Emission/", "the C# of a layer that is not one formula"),
        ("src/FunctionalNN/Files/Vocabulary/RunTerms.cs", "blank records, before a file's settings are read"),
        ("src/FunctionalNN/Files/Vocabulary/StoredFormula.cs", "a formula in place of a record of one's own"),
        ("src/FunctionalNN/Estimators/", "scikit-learn's network, loss and optimizer"),
        ("src/FunctionalNN/Pipelines/", "the output and the loss that a target asks for"),
        ("src/FunctionalNN/Selection/TableLearner.cs", "Adam where no optimizer is given"),
        ("src/FunctionalNN/Optimizers/Wrappers/OptimizerVerbs.cs", "a verb for each wrapper"),
        ("src/FunctionalNN/Optimizers/Schedules/LearningRateSchedule.cs", "a verb for each way to combine schedules"),
        ("src/FunctionalNN/Checks/Doctor/ModelExamination.cs", "trains with Adam"),
        ("src/FunctionalNN/Evaluation/Explaining/InputGradients.cs", "an output in place of a loss"),
        ("src/FunctionalNN/Plans/PlatformFingerprint.cs", "trains a fixed small network"),
        ("src/FunctionalNN/Training/LearningRateRange.cs", "the schedule of its run"),
        ("src/FunctionalNN.Laws/", "networks to try a part in"),
        ("src/FunctionalNN.Visualisation/Figures/Kinds/Filters.cs", "filters are those of a convolution"),
    ];

    [Fact]
    public void A_kind_is_named_only_where_kinds_are_declared_and_at_the_places_allowed()
    {
        var uses = Uses();
        Assert.Empty(uses.Where(use => !Allowed.Any(place => use.Path.StartsWith(place.Path, StringComparison.Ordinal)))
            .Select(use => $"{use.Path}, line {use.Line}: {use.Kind}"));
    }

    /// <summary>Each place where a kind is named, without the files in which a kind is declared: a part may be made of others.</summary>
    private static (string Path, int Line, string Kind)[] Uses()
    {
        var compilation = Compilation();
        var kinds = compilation.GetSymbolsWithName(_ => true, SymbolFilter.Type).OfType<INamedTypeSymbol>()
            .Where(type => !type.IsAbstract && type.ContainingType is null && IsOfAFamily(type))
            .ToImmutableHashSet<ISymbol>(SymbolEqualityComparer.Default);
        Assert.True(kinds.Count > 70, $"{kinds.Count} kinds were found");
        var names = kinds.Select(kind => kind.Name).ToHashSet();
        var homes = kinds.SelectMany(kind => kind.Locations).Select(location => location.SourceTree).ToHashSet();
        return
        [
            .. compilation.SyntaxTrees.Where(tree => !homes.Contains(tree)).SelectMany(tree =>
            {
                var model = compilation.GetSemanticModel(tree);
                return tree.GetRoot().DescendantNodes().OfType<IdentifierNameSyntax>()
                    .Where(name => names.Contains(name.Identifier.ValueText)
                        && model.GetSymbolInfo(name).Symbol is { } symbol && kinds.Contains(symbol))
                    .Select(name => (tree.FilePath, tree.GetLineSpan(name.Span).StartLinePosition.Line + 1, name.Identifier.ValueText));
            }),
        ];
    }

    private static bool IsOfAFamily(INamedTypeSymbol type)
    {
        for (var above = type.BaseType; above is not null; above = above.BaseType)
        {
            if (Families.Contains(above.Name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>All of src as one assembly. What is generated is missing, which does not matter to names of kinds.</summary>
    private static CSharpCompilation Compilation()
    {
        const string Usings =
            "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; "
                + "global using System.Threading; global using System.Threading.Tasks;";
        var options = new CSharpParseOptions(LanguageVersion.Latest);
        var trees = SourceTree.Of("src").Select(source =>
            CSharpSyntaxTree.ParseText(string.Join('\n', source.Lines), options, source.Path));
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("FunctionalNN", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path));
        return CSharpCompilation.Create("Sources", trees.Append(CSharpSyntaxTree.ParseText(Usings, options)), references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
    }
}
