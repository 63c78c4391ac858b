using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;

namespace FunctionalNN.Repl;

/// <summary>What a submission gave.</summary>
/// <param name="Succeeded">Whether it compiled and ran to its end.</param>
/// <param name="Value">Its value, where it ends in an expression.</param>
internal readonly record struct Answer(bool Succeeded, object? Value);

/// <summary>C# that goes on: each submission sees what those before it declared.</summary>
/// <param name="errors">Takes what went wrong, in words.</param>
internal sealed class Session(TextWriter errors)
{
    private static readonly ImmutableArray<string> Imports =
        ["System", "System.IO", "System.Linq", "System.Collections.Generic", "System.Collections.Immutable", "System.Numerics",
            "FunctionalNN"];

    private ScriptState<object>? state;

    /// <summary>Whether the text is all of a submission, or a line is missing yet.</summary>
    public static bool IsComplete(string text) =>
        Parses(text) || (text.Contains(" with ", StringComparison.Ordinal) && Parses(InBrackets(text)));

    /// <summary>Runs a script file; its #load and #r are relative to it.</summary>
    public async Task<Answer> RunFileAsync(string path) => await RunAsync(await File.ReadAllTextAsync(path), path);

    /// <summary>Runs a submission.</summary>
    public async Task<Answer> RunAsync(string code, string path = "")
    {
        try
        {
            state = await ContinueAsync(code, path);
            return new Answer(true, state.ReturnValue);
        }
        catch (CompilationErrorException wrong) when (wrong.Diagnostics.Any(diagnostic => diagnostic.Id is "CS1014" or "CS1513")
            && code.Contains(" with ", StringComparison.Ordinal) && !code.StartsWith('('))
        {
            // A script takes "state with { … }" at the beginning of a line for a property.
            return await RunAsync(InBrackets(code), path);
        }
        catch (CompilationErrorException wrong)
        {
            foreach (var diagnostic in wrong.Diagnostics)
            {
                errors.WriteLine(diagnostic);
            }
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            errors.WriteLine($"{exception.GetType().Name}: {exception.Message}");
        }

        return new Answer(false, null);
    }

    private static string InBrackets(string expression) => $"({expression.Trim()})";

    private static bool Parses(string text) =>
        SyntaxFactory.IsCompleteSubmission(SyntaxFactory.ParseSyntaxTree(text,
            new CSharpParseOptions(LanguageVersion.Latest, kind: SourceCodeKind.Script)));

    private async Task<ScriptState<object>> ContinueAsync(string code, string path)
    {
        var options = ScriptOptions.Default
            .WithLanguageVersion(LanguageVersion.Latest)
            .WithMetadataResolver(new BesideTheHost())
            .AddReferences(typeof(Network).Assembly, typeof(LanguageExt.Prelude).Assembly)
            .WithImports(Imports)
            .WithFilePath(path)
            .WithEmitDebugInformation(false);
        return state is null ? await CSharpScript.RunAsync(code, options) : await state.ContinueWithAsync(code, options);
    }

    /// <summary>
    /// Finds the library's assemblies beside the host, whatever folder a script names: dotnet-script takes them from the folder, and a
    /// second copy here would be of other types than the first.
    /// </summary>
    private sealed class BesideTheHost : MetadataReferenceResolver
    {
        private static readonly ScriptMetadataResolver Others = ScriptMetadataResolver.Default;

        public override ImmutableArray<PortableExecutableReference> ResolveReference(string reference, string? baseFilePath,
            MetadataReferenceProperties properties) =>
            Path.Combine(AppContext.BaseDirectory, Path.GetFileName(reference)) is var beside && File.Exists(beside)
                ? [MetadataReference.CreateFromFile(beside, properties)]
                : Others.ResolveReference(reference, baseFilePath, properties);

        public override bool ResolveMissingAssemblies => true;

        public override PortableExecutableReference? ResolveMissingAssembly(MetadataReference definition,
            AssemblyIdentity referenceIdentity) =>
            Others.ResolveMissingAssembly(definition, referenceIdentity);

        public override bool Equals(object? other) => other is BesideTheHost;

        public override int GetHashCode() => 1;
    }
}
