using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using FunctionalNN;

namespace FunctionalNN.Benchmarks;

/// <summary>Runs a workload as the peers' scripts do: one warm-up, then timed repeats on fresh models; prints one JSON line.</summary>
internal static class WorkloadRunner
{
    private const int Seed = 1;

    public static int Run(string name, int threads, string? folder, int repeats, double budget)
    {
        if (Workload.All.FirstOrDefault(candidate => candidate.Name == name) is not { } workload)
        {
            Console.Error.WriteLine($"there is no workload {name}; there is {string.Join(", ", Workload.All.Select(known => known.Name))}");
            return 2;
        }

        var (train, test, source) = WorkloadData.Load(workload, folder);
        var parallelism = new Parallelism(threads);
        var model = Once(workload, train, test, parallelism, Math.Max(1, workload.Timed / 10));
        var seconds = new List<double>();
        var begun = Stopwatch.GetTimestamp();
        long allocated = 0, collections = 0;
        for (var repeat = 0; repeat < repeats && (repeat == 0 || Stopwatch.GetElapsedTime(begun).TotalSeconds < budget); repeat++)
        {
            GC.Collect();
            var (bytes, gcs) = (GC.GetTotalAllocatedBytes(precise: true), GC.CollectionCount(0));
            var start = Stopwatch.GetTimestamp();
            model = Once(workload, train, test, parallelism, workload.Timed);
            seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            (allocated, collections) = (GC.GetTotalAllocatedBytes(precise: true) - bytes, GC.CollectionCount(0) - gcs);
        }

        seconds.Sort();
        var samples = (double)workload.Timed * (workload.IsInference ? workload.Batch : train.Count);
        var steps = workload.IsInference ? workload.Timed : workload.Timed * ((train.Count + workload.Batch - 1) / workload.Batch);
        var accuracy = model.Evaluate(test, workload.Loss).Accuracy;
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            workload = name,
            peer = "FunctionalNN",
            threads,
            seconds = Math.Round(seconds[0], 6),
            seconds_median = Math.Round(seconds[seconds.Count / 2], 6),
            repeats = seconds.Count,
            samples_per_second = Math.Round(samples / seconds[0], 1),
            gflops = Math.Round(samples * workload.FlopsPerSample / seconds[0] / 1e9, 2),
            metric = workload.IsInference ? "untrained_accuracy" : "test_accuracy",
            value = Math.Round(accuracy, 6),
            data = source,
            allocated_bytes_per_step = Math.Round((double)allocated / steps, 1),
            gc_collections = collections,
        }));
        return 0;
    }

    private static Model<float> Once(Workload workload, DataSet<float> train, DataSet<float> test, Parallelism parallelism, int count)
    {
        var model = workload.Network().Initialize(Seed);
        return workload.IsInference ? Infer(workload, model, test, parallelism, count) : Train(workload, model, train, parallelism, count);
    }

    private static Model<float> Train(Workload workload, Model<float> model, DataSet<float> train, Parallelism parallelism, int epochs) =>
        model.Train(workload.Optimizer!(), Seed)
            .Epochs(workload.IsShuffled ? train.Shuffled(workload.Batch) : train.InOrder(workload.Batch), workload.Loss, parallelism)
            .Take(epochs)
            .Last()
            .Model;

    private static Model<float> Infer(Workload workload, Model<float> model, DataSet<float> test, Parallelism parallelism, int count)
    {
        var rows = test.InputsOf([.. Enumerable.Range(0, Math.Max(workload.Batch, count))]);
        if (workload.Batch == 1)
        {
            Span<float> output = stackalloc float[model.Network.Outputs];
            for (var row = 0; row < count; row++)
            {
                model.Predict(rows.Row(row), output, parallelism);
            }
        }
        else
        {
            for (var i = 0; i < count; i++)
            {
                model.Predict(rows, parallelism);
            }
        }

        return model;
    }
}
