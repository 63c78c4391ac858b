#!/usr/bin/env dotnet
#:project Reproduction/Reproduction.csproj

// Runs all reproductions one after the other and writes their tables as one page. Exit code 1 when one of them fails.
//   dotnet run -c Release examples/reproduce.cs -- --data DIR [--short] [--write docs/reproduction.md] [--keep FOLDER [--only 003]]
// --keep leaves each example's numbers in a folder, --only runs some examples and takes the numbers of the others from there.

using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using FunctionalNN.Examples;

var example = Example.Start(args, "All reproductions");
string[] files =
[
    "000-optimizers-and-regularisers.cs", "001-classifier.cs", "001-fashion-mnist.cs", "002-airplane-or-ship.cs",
    "002-airplane-or-ship.cs --convolutional", "003-book.cs", "004-digits-from-csv.cs",
    "fashion-mnist.cs", "fashion-mnist.cs --convolutional", "mnist.cs", "mnist.cs --convolutional",
    "tabular-housing.cs", "tabular-wine-quality.cs",
];
var kept =
    Directory.CreateDirectory(example.Option("--keep")
        ?? Path.Combine(Path.GetTempPath(), $"reproduction-{Environment.ProcessId}")).FullName;
var runs = files.Select(file => (File: file, Record: Run(file))).ToArray();
if (example.Option("--keep") is null)
{
    Directory.Delete(kept, recursive: true);
}

if (example.Option("--write") is { } page)
{
    File.WriteAllText(page, string.Join('\n', Page()) + "\n");
    Console.WriteLine($"written to {page}");
}

// 0 all passed, 1 a result failed, 2 an example could not run, such as for want of data.
var broken = runs.Where(run => run.Record is null).Select(run => run.File).ToArray();
var failed = runs.Where(run => run.Record?.Results.Any(result => result.Verdict == "fail") ?? false).Select(run => run.File).ToArray();
Console.WriteLine(broken.Length + failed.Length == 0
    ? $"all {runs.Length} examples passed"
    : $"failed: {string.Join(", ", failed)}; did not run: {string.Join(", ", broken)}");
return failed.Length > 0 ? 1 : broken.Length > 0 ? 2 : 0;

ExampleRecord? Run(string file)
{
    var results = Path.Combine(kept, $"{file.Replace(' ', '-')}.json");
    if (example.Option("--only") is not { } start || file.StartsWith(start, StringComparison.Ordinal))
    {
        File.Delete(results);
        var call = new ProcessStartInfo("dotnet");
        foreach (var word in (string[])["run", "-c", "Release", Path.Combine(Folder(), file.Split(' ')[0]), "--", .. args,
            .. file.Split(' ')[1..], "--results",
            results])
        {
            call.ArgumentList.Add(word);
        }

        Console.WriteLine($"== {file}");
        using var process = Process.Start(call)!;
        process.WaitForExit();
        Console.WriteLine();
    }

    return File.Exists(results) ? JsonSerializer.Deserialize(File.ReadAllText(results), Records.Default.ExampleRecord) : null;
}

IEnumerable<string> Page()
{
    yield return "# What was reproduced";
    yield return "";
    yield return "Published numbers beside ours, as this command measured them, some examples by themselves with `--keep` and `--only`. "
        + "It ends with exit code 1 when a number lies outside of what passes:";
    yield return "";
    yield return "```";
    yield return "dotnet run -c Release examples/reproduce.cs -- --data DIR --write docs/reproduction.md";
    yield return "```";
    yield return "";
    yield return "DIR holds the data sets in folders of their own; each example says what it needs. Seeds stand in the lines; "
        + "\"elsewhere\" is one run of another";
    yield return "implementation. Bands are wider where runs that differ in the last bit of a number end far apart, as they do on the "
        + "spiral. Where nothing was published,";
    yield return "what passes was set below the first measurement, as a guard against getting worse. Seconds are those of a machine that "
        + "did other work too.";
    foreach (var (file, record) in runs)
    {
        yield return "";
        yield return $"## {record?.Title ?? file}";
        yield return "";
        if (record is null)
        {
            yield return $"`examples/{file}` did not run.";
            continue;
        }

        yield return FormattableString.Invariant($"`examples/{file}`, {record.Seconds:F0} s");
        yield return "";
        foreach (var line in MarkdownTable.Of(["result", "published", "ours", "passes", "verdict"],
            record.Results.Select(result => (string[])[result.What, result.Published, result.Ours, result.Passes, result.Verdict])))
        {
            yield return line;
        }
    }

    var (passed, judged) = (Count("pass"), Count("pass") + Count("fail"));
    yield return "";
    yield return $"{passed} of {judged} judged numbers pass. {Environment.ProcessorCount} cores shared with other work, "
        + $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.ProcessArchitecture}.";

    int Count(string verdict) => runs.Sum(run => run.Record?.Results.Count(result => result.Verdict == verdict) ?? 0);
}

static string Folder([CallerFilePath] string path = "") =>
    AppContext.GetData("EntryPointFileDirectoryPath") as string ?? Path.GetDirectoryName(path)!;
