using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace FunctionalNN.Examples;

/// <summary>
/// What all examples share: their options (<c>--data DIR</c>, <c>--short</c>, <c>--results FILE</c>), where the data is, and the table at
/// the end.
/// </summary>
public sealed class Example
{
    private readonly string[] arguments;
    private readonly Stopwatch watch = Stopwatch.StartNew();

    private Example(string[] arguments, string title) => (this.arguments, Title) = (arguments, title);

    /// <summary>What it reproduces.</summary>
    public string Title { get; }

    /// <summary>Whether to show in seconds that it works, rather than to reproduce numbers.</summary>
    public bool IsShort => Has("--short");

    /// <summary>Reads the options and prints the title.</summary>
    public static Example Start(string[] arguments, string title)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        Console.WriteLine(title);
        Console.WriteLine();
        return new Example(arguments, title);
    }

    /// <summary>Whether an option is there.</summary>
    public bool Has(string option) => arguments.Contains(option);

    /// <summary>The word after an option, or null.</summary>
    public string? Option(string name) =>
        Array.IndexOf(arguments, name) is var index and >= 0 && index + 1 < arguments.Length ? arguments[index + 1] : null;

    /// <summary>The first number in a full run, the second in a short one.</summary>
    public T Either<T>(T inFull, T inShort) => IsShort ? inShort : inFull;

    /// <summary>
    /// The folder of a data set: DIR/set, or DIR itself where it has that name. Where it is missing the program ends with exit code 2 and a
    /// word on what to do.
    /// </summary>
    public string Folder(string set, string source) => Found(set) ?? Stop(Missing(set, source));

    /// <summary>The folder of a data set that is one of several that will do, or null.</summary>
    public string? Find(string set) => Found(set);

    /// <summary>The folder of a data set that can be downloaded: that of <c>--data</c>, else the cache, filled where it is empty.</summary>
    public async Task<string> Folder(string set, Func<Task<LanguageExt.Either<LanguageExt.Common.Error, string>>> fetch) =>
        Option("--data") is null
            ? (await fetch()).Match(folder => folder, error => Stop(error.Message))
            : Folder(set, "leave --data out and it is downloaded");

    /// <summary>The value, or the end of the program with the error's message.</summary>
    public static T OrStop<T>(LanguageExt.Either<LanguageExt.Common.Error, T> result) =>
        result.Match(value => value, error => (T)(object)Stop(error.Message));

    /// <summary>Prints the table, writes it where <c>--results</c> says, and gives the exit code: 1 when a result fails.</summary>
    public int End(params Result[] results)
    {
        Console.WriteLine();
        foreach (var line in MarkdownTable.Of(["result", "published", "ours", "passes", "verdict"],
            results.Select(result =>
                (string[])[result.What, result.Published, result.OursText, result.Band.Text, result.Verdict(IsShort)])))
        {
            Console.WriteLine(line);
        }

        var seconds = watch.Elapsed.TotalSeconds;
        Console.WriteLine();
        Console.WriteLine($"{seconds:F1} s{(IsShort ? "; a short run: most numbers are not judged" : "")}");
        if (Option("--results") is { } file)
        {
            File.WriteAllText(file,
                JsonSerializer.Serialize(new ExampleRecord(Title, seconds,
                    [.. results.Select(result =>
                        new ResultRecord(result.What, result.Published, result.OursText, result.Band.Text, result.Verdict(IsShort)))]),
                            Records.Default.ExampleRecord));
        }

        return results.Any(result => result.Verdict(IsShort) == "fail") ? 1 : 0;
    }

    /// <summary>Ends the program with a message.</summary>
    private static string Stop(string message)
    {
        Console.Error.WriteLine(message);
        Environment.Exit(2);
        return message;
    }

    private string? Found(string set) => Option("--data") is { } given
        ? new[] { Path.Combine(given, set), given }.FirstOrDefault(folder => Directory.Exists(folder)
            && Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))) == set)
        : null;

    private string Missing(string set, string source) =>
        $"This example needs the data set {set}{(Option("--data") is { } given ? $", which is not in {given}" : "")}: put it into DIR/"
            + $"{set} and give --data DIR.{Environment.NewLine}{source}";
}
