using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FunctionalNN.Tests;

/// <summary>Emitted source, compiled with nothing but the platform's own assemblies, and called.</summary>
internal static class Emitted
{
    private static readonly MetadataReference[] Platform =
        [.. new[] { "System.Runtime", "System.Memory", "System.Numerics.Vectors",
            "System.Private.CoreLib" }.Select(name => MetadataReference.CreateFromFile(Assembly.Load(name).Location))];

    public delegate void Predict<T>(ReadOnlySpan<T> input, Span<T> output);

    /// <summary>The Predict of a class.</summary>
    public static Predict<T> Compile<T>(string source, string className) =>
        Compile(source, className, "Predict").CreateDelegate<Predict<T>>();

    /// <summary>A method of a class.</summary>
    public static MethodInfo Compile(string source, string className, string method)
    {
        var compilation = CSharpCompilation.Create(
            $"Emitted{Guid.NewGuid():N}",
            [CSharpSyntaxTree.ParseText(source)],
            Platform,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release,
                generalDiagnosticOption: ReportDiagnostic.Error));
        using var stream = new MemoryStream();
        var result = compilation.Emit(stream);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Take(5)) + "\n" + source[..Math.Min(source.Length, 6000)]);
        var type = Assembly.Load(stream.ToArray()).GetType(className)!;
        return type.GetMethod(method)!;
    }
}
