using System.Globalization;
using System.Text.Json;
using LanguageExt;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace FunctionalNN.Tests;

/// <summary>
/// Runs the C# blocks of pages, each page as one session. It is done in a process of its own (<c>documentation PAGE…</c>), since the
/// console and the folder in which samples save their files belong to a process as a whole.
/// </summary>
internal static class PageRun
{
    private static readonly ScriptOptions Options = ScriptOptions.Default
        .AddReferences(
            typeof(Network).Assembly,
            typeof(TrainingProgress).Assembly,
            typeof(Dashboard).Assembly,
            typeof(Laws).Assembly,
            typeof(OnnxFile).Assembly,
            typeof(ImageFolder).Assembly,
            typeof(DuckTable).Assembly,
            typeof(ServedPipeline).Assembly,
            typeof(Microsoft.AspNetCore.Builder.WebApplication).Assembly,
            typeof(Microsoft.AspNetCore.Routing.IEndpointRouteBuilder).Assembly,
            typeof(Microsoft.Extensions.Hosting.IHost).Assembly,
            typeof(Prelude).Assembly,
            typeof(System.Numerics.Tensors.TensorPrimitives).Assembly,
            typeof(ILogger).Assembly,
            typeof(AnsiConsole).Assembly)
        .AddImports("System", "System.IO", "System.Linq", "System.Collections.Generic");

    /// <summary>What the process prints: for each page a line of JSON, the outcomes of its blocks.</summary>
    public static async Task<int> Print(string[] pages)
    {
        var output = Console.Out;
        foreach (var page in pages)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(await Run(DocumentationPage.Read(page))));
        }

        return 0;
    }

    /// <summary>Writes into pages what their blocks print, where they say something else.</summary>
    public static async Task<int> Write(string[] pages)
    {
        var output = Console.Out;
        var here = Environment.CurrentDirectory;
        foreach (var page in pages.Select(path => DocumentationPage.Read(Path.GetFullPath(path, here))))
        {
            using var folder = new TemporaryFolder();
            Environment.CurrentDirectory = folder.FullName;
            var outcomes = await Run(page);
            Environment.CurrentDirectory = here;
            foreach (var (block, outcome) in page.Blocks.Zip(outcomes, (block, outcome) => (block, outcome))
                .Where(pair => pair.outcome.CompileError is not null))
            {
                await output.WriteLineAsync($"{page.Path}, line {block.Line}: {outcome.CompileError}");
            }

            await File.WriteAllTextAsync(page.Path, page.With(outcomes));
        }

        return 0;
    }

    /// <summary>The outcome of each block of a page; after one that throws, the session goes on as it was before.</summary>
    private static async Task<BlockOutcome[]> Run(DocumentationPage page)
    {
        // What a reader's own line prints is up to the reader's culture; the pages show the invariant one.
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        ScriptState? session = null;
        var outcomes = new List<BlockOutcome>();
        foreach (var block in page.Blocks)
        {
            using var writer = new StringWriter();
            Console.SetOut(writer);
            AnsiConsole.Console =
                AnsiConsole.Create(new AnsiConsoleSettings
                {
                    Ansi = AnsiSupport.No,
                    ColorSystem = ColorSystemSupport.NoColors,
                    Out = new AnsiConsoleOutput(writer)
                });
            try
            {
                ScriptState state = await (session is null
                    ? CSharpScript.Create(block.Code, Options).RunAsync(catchException: _ => true)
                    : session.Script.ContinueWith(block.Code).RunFromAsync(session, catchException: _ => true));
                session = state.Exception is null ? state : session;
                outcomes.Add(new BlockOutcome(Text(writer, state.Exception), null, state.Exception is not null));
            }
            catch (CompilationErrorException error)
            {
                outcomes.Add(new BlockOutcome("", $"it does not compile: {string.Join('\n', error.Diagnostics)}", false));
            }
        }

        return [.. outcomes];
    }

    private static string Text(StringWriter writer, Exception? exception)
    {
        var printed = writer.ToString().ReplaceLineEndings("\n");
        var lines = printed.Length == 0 || printed.EndsWith('\n') ? printed : printed + "\n";
        return exception is null ? lines : $"{lines}{exception.GetType().Name}: {exception.Message.ReplaceLineEndings("\n")}\n";
    }
}
