using System.Globalization;
using BenchmarkDotNet.Running;
using FunctionalNN.Benchmarks;

// dotnet run -c Release --project tests/FunctionalNN.Benchmarks -- workload NAME --threads N --data DIR [--repeats R]
// dotnet run -c Release --project tests/FunctionalNN.Benchmarks -- kernels [--threads N]
// dotnet run -c Release --project tests/FunctionalNN.Benchmarks -- vocabulary
// dotnet run -c Release --project tests/FunctionalNN.Benchmarks -- growth
// dotnet run -c Release --project tests/FunctionalNN.Benchmarks -- readers
// dotnet run -c Release --project tests/FunctionalNN.Benchmarks -- files [--rounds 30] [--python FILE]
// dotnet run -c Release --project tests/FunctionalNN.Benchmarks -- serve [--rounds 15] [--seconds 1]
// dotnet run -c Release --project tests/FunctionalNN.Benchmarks -- row [--rounds 31]
// dotnet run -c Release --project tests/FunctionalNN.Benchmarks -- tables --data DIR [--python FILE] [--sets NAME,NAME]
// dotnet run -c Release --project tests/FunctionalNN.Benchmarks -- compare --peers DIR --data DIR [--torchsharp DIR] [--rounds 3]
// [--repeats 3]
//     [--threads 1,2] [--width 512|256|128] [--workloads NAME,NAME] [--load BUSY_PROCESSES]
// dotnet run -c Release --project tests/FunctionalNN.Benchmarks -- --filter '*Product*'        (BenchmarkDotNet)
if (args is ["workload", var name, ..])
{
    return WorkloadRunner.Run(name, int.Parse(Option("--threads") ?? "1", CultureInfo.InvariantCulture), Option("--data"),
        int.Parse(Option("--repeats") ?? "5", CultureInfo.InvariantCulture),
        double.Parse(Option("--budget") ?? "30", CultureInfo.InvariantCulture));
}

if (args is ["onnx", var exported, ..])
{
    return OnnxRuntimeRunner.Run(exported, int.Parse(Option("--threads") ?? "1", CultureInfo.InvariantCulture), Option("--data"),
        int.Parse(Option("--repeats") ?? "5", CultureInfo.InvariantCulture));
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

if (args is ["busy", var served])
{
    return ForeignLoad.Busy(int.Parse(served, CultureInfo.InvariantCulture));
}

if (args is ["compare", ..])
{
    return Comparison.Run(new ComparisonSettings(Option("--peers") ?? "../shared/peers", Option("--torchsharp"),
        Option("--python") ?? "/usr/bin/python3", Option("--data"))
    {
        Rounds = int.Parse(Option("--rounds") ?? "3", CultureInfo.InvariantCulture),
        Repeats = int.Parse(Option("--repeats") ?? "3", CultureInfo.InvariantCulture),
        Threads = [.. (Option("--threads") ?? "1,2").Split(',').Select(count => int.Parse(count, CultureInfo.InvariantCulture))],
        Width = Option("--width") is { } width ? int.Parse(width, CultureInfo.InvariantCulture) : null,
        Only = (Option("--workloads") ?? Option("--only"))?.Split(',') ?? [],
        Load = int.Parse(Option("--load") ?? "0", CultureInfo.InvariantCulture),
    });
}

if (args is ["serve", ..])
{
    return await ServeLoad.Run(int.Parse(Option("--rounds") ?? "15", CultureInfo.InvariantCulture),
        double.Parse(Option("--seconds") ?? "1", CultureInfo.InvariantCulture));
}

if (args is ["row", ..])
{
    return RowRates.Run(int.Parse(Option("--rounds") ?? "31", CultureInfo.InvariantCulture));
}

if (args is ["tables", ..])
{
    return TableScores.Run(Option("--data") ?? "../shared/data", Option("--python") ?? "/usr/bin/python3",
        Option("--sets")?.Split(',') ?? []);
}

BenchmarkSwitcher.FromAssembly(typeof(WorkloadRunner).Assembly).Run(args);
return 0;

string? Option(string option)
{
    var index = Array.IndexOf(args, option);
    return index >= 0 && index + 1 < args.Length ? args[index + 1] : null;
}
