#!/usr/bin/env dotnet
#:project ../src/FunctionalNN.DuckDB/FunctionalNN.DuckDB.csproj

// Trains on a Parquet file that is never held in memory: DuckDB writes it, the recipe is fitted on a sample, batches stream from SQL.
//   dotnet run -c Release examples/parquet-to-prediction.cs [-- --rows 10000000] [--epochs 1] [--folder DIR]
// Without options it makes and reads 200,000 rows. Ends with the most memory that the process took.

using System.Diagnostics;
using System.Globalization;
using FunctionalNN;

var rows = long.Parse(Option("--rows") ?? "200000", CultureInfo.InvariantCulture);
var epochs = int.Parse(Option("--epochs") ?? "1", CultureInfo.InvariantCulture);
var parquet = Path.Combine(Option("--folder") ?? Path.GetTempPath(), $"customers-{rows}-{Environment.ProcessId}.parquet");
var options = new DuckOptions { MemoryLimit = "500MB", Threads = 1 };
try
{
    var watch = Stopwatch.StartNew();
    DuckTable.Query("select 1 as done", options with { Before = [$"copy ({Customers(rows)}) to '{parquet}'"] }).OrThrow();
    Console.WriteLine($"{rows:N0} rows written: {new FileInfo(parquet).Length / 1e6:F0} MB in {watch.Elapsed.TotalSeconds:F1} s");

    // Every tenth row, by the hash of its key, is held out; what the columns need is taken from 50,000 of the others.
    var train = DuckTable.Stream($"from '{parquet}' where hash(id) % 10 > 0", options).OrThrow();
    var test = DuckTable.Sample($"from '{parquet}' where hash(id) % 10 = 0", rows: 20_000, seed: 1, options).OrThrow();
    var sample = train.Sample(rows: 50_000, seed: 1);
    var recipe = TableRecipe.Propose(sample, "churned").OrThrow();
    Console.WriteLine($"proposed from {sample.Count:N0} rows:\n{recipe}");
    var pipeline = Pipeline.Of(recipe.Fit(sample).OrThrow(), [new Dense(32), new Relu()], seed: 1);

    watch.Restart();
    foreach (var state in pipeline.Epochs(train, new Adam(0.002), batchSize: 512, window: 20_000).Take(epochs))
    {
        Console.WriteLine(
            $"{state}: {watch.Elapsed.TotalSeconds:F1} s, {0.9 * rows / watch.Elapsed.TotalSeconds / 1e3:F0} thousand rows a second");
        pipeline = pipeline with { Model = state.Model };
        watch.Restart();
    }

    Console.WriteLine(pipeline.Report(test));
    using var process = Process.GetCurrentProcess();
    Console.WriteLine($"most memory: {process.PeakWorkingSet64 / 1e6:F0} MB");
    return 0;
}
finally
{
    File.Delete(parquet);
}

// Two numbers, categories, a date, a flag, some gaps, and who leaves.
static string Customers(long rows) => $"""
    select id, case when hash(id, 1) % 12 = 0 then null else (18 + hash(id, 2) % 60)::integer end as age,
        round(exp(9 + 2 * (hash(id, 3) % 1000000) / 1e6), 2) as income,
        case when hash(id, 4) % 10 < 5 then 'basic' when hash(id, 4) % 10 < 8 then 'premium' else 'trial' end as plan,
        date '2020-01-01' + (hash(id, 5) % 1500)::integer as signup, hash(id, 6) % 3 = 0 as newsletter,
        case when (hash(id, 7) % 1000000) / 1e6 < 1 / (1 + exp(1.2 - if(hash(id, 4) % 10 >= 8, 2.5, 0) + if(hash(id, 6) % 3 = 0, 1.2, 0)
            - if(hash(id, 5) % 1500 > 1096, 1.4, 0))) then 'yes' else 'no' end as churned
    from range({rows}) t(id)
    """;

string? Option(string name)
{
    var index = Array.IndexOf(args, name);
    return index >= 0 && index + 1 < args.Length ? args[index + 1] : null;
}
