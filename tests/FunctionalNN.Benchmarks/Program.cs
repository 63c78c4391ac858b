using System.Globalization;
using BenchmarkDotNet.Running;
using FunctionalNN.Benchmarks;

// dotnet run -c Release --project tests/FunctionalNN.Benchmarks -- workload NAME --threads N --data DIR [--repeats R]
// dotnet run -c Release --project tests/FunctionalNN.Benchmarks -- kernels [--threads N]
// dotnet run -c Release --project tests/FunctionalNN.Benchmarks -- vocabulary
// dotnet run -c Release --project tests/FunctionalNN.Benchmarks -- growth
// dotnet run -c Release --project tests/FunctionalNN.Benchmarks -- readers
// dotnet run -c Release --project tests/FunctionalNN.Benchmarks -- files [--rounds 30] [--python FILE]
// dotnet run -c Release --project tests/FunctionalNN.Benchmarks -- compare --peers DIR --data DIR [--rounds 3] [--threads 1,2] [--only NAME,NAME]
// dotnet run -c Release --project tests/FunctionalNN.Benchmarks -- --filter '*Product*'        (BenchmarkDotNet)
if (args is ["workload", var name, ..])
{
    return WorkloadRunner.Run(name, int.Parse(Option("--threads") ?? "1", CultureInfo.InvariantCulture), Option("--data"), int.Parse(Option("--repeats") ?? "5", CultureInfo.InvariantCulture), double.Parse(Option("--budget") ?? "30", CultureInfo.InvariantCulture));
}

if (args is ["kernels", ..])
{
    KernelRates.Run(int.Parse(Option("--threads") ?? "1", CultureInfo.InvariantCulture));
    return 0;
}

if (args is ["vocabulary"])
{
    VocabularyRates.Run();
    return 0;
}

if (args is ["growth"])
{
    return Growth.Run();
}

if (args is ["readers"])
{
    ReaderRates.Run();
    return 0;
}

if (args is ["files", ..])
{
    return FileRates.Run(Option("--python") ?? "/usr/bin/python3", int.Parse(Option("--rounds") ?? "30", CultureInfo.InvariantCulture));
}

if (args is ["compare", ..])
{
    return Comparison.Run(
        Option("--peers") ?? "../shared/peers",
        Option("--data"),
        Option("--python") ?? "/usr/bin/python3",
        int.Parse(Option("--rounds") ?? "3", CultureInfo.InvariantCulture),
        int.Parse(Option("--repeats") ?? "3", CultureInfo.InvariantCulture),
        [.. (Option("--threads") ?? "1,2").Split(',').Select(count => int.Parse(count, CultureInfo.InvariantCulture))],
        Option("--only")?.Split(',') ?? []);
}

BenchmarkSwitcher.FromAssembly(typeof(WorkloadRunner).Assembly).Run(args);
return 0;

string? Option(string option)
{
    var index = Array.IndexOf(args, option);
    return index >= 0 && index + 1 < args.Length ? args[index + 1] : null;
}
