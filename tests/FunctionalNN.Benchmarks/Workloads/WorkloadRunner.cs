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
        var model = Prepare(workload, train, test, parallelism)(Math.Max(1, workload.Timed / 10));
        var seconds = new List<double>();
        var begun = Stopwatch.GetTimestamp();
        var (collections, older) = (0, 0);
        for (var repeat = 0; repeat < repeats && (repeat == 0 || Stopwatch.GetElapsedTime(begun).TotalSeconds < budget); repeat++)
        {
            // The clock covers what the peers' clock covers: not the building of the model.
            var run = Prepare(workload, train, test, parallelism);
            GC.Collect();
            var (gcs, old, start) = (GC.CollectionCount(0), GC.CollectionCount(1), Stopwatch.GetTimestamp());
            model = run(workload.Timed);
            seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            (collections, older) = (GC.CollectionCount(0) - gcs, GC.CollectionCount(1) - old);
        }

        seconds.Sort();
        var samples = (double)workload.Timed * (workload.IsInference ? workload.Batch : train.Count);
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
            allocated_bytes_per_step = BytesPerStep(workload, train, test, parallelism),
            gc_collections = collections,
            gc_collections_of_generation_1_and_2 = older,
        }));
        return 0;
    }

    /// <summary>What a step (or a prediction) allocates on the managed heap, once everything that a run needs is there.</summary>
    private static double BytesPerStep(Workload workload, DataSet<float> train, DataSet<float> test, Parallelism parallelism)
    {
        var model = workload.Network().Initialize(Seed);
        if (workload.IsInference)
        {
            var run = Prepare(workload, train, test, parallelism);
            run(workload.Timed);
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            run(workload.Timed);
            return Math.Round((double)(GC.GetAllocatedBytesForCurrentThread() - allocated) / workload.Timed, 1);
        }

        var start = model.Train(workload.Optimizer!(), Seed);
        var epoch = (workload.IsShuffled ? train.Shuffled(workload.Batch) : train.InOrder(workload.Batch)).Epoch(start.Key, 0);
        var (descent, reader) = (new TrainingSteps<float>(start, workload.Loss, new Arena<float>()), new BatchReader<float>());
        using var team = Team.Lease(parallelism);
        Steps();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Steps();
        return Math.Round((double)(GC.GetAllocatedBytesForCurrentThread() - before) / epoch.Count, 1);

        void Steps()
        {
            for (var i = 0; i < epoch.Count; i++)
            {
                descent.Advance(reader.Read(epoch, i, team, descent.Engine.Gathers), team);
            }
        }
    }

    /// <summary>A fresh model, ready to run so many epochs or predictions.</summary>
    private static Func<int, Model<float>> Prepare(Workload workload, DataSet<float> train, DataSet<float> test, Parallelism parallelism)
    {
        var model = workload.Network().Initialize(Seed);
        if (!workload.IsInference)
        {
            var start = model.Train(workload.Optimizer!(), Seed);
            var batches = workload.IsShuffled ? train.Shuffled(workload.Batch) : train.InOrder(workload.Batch);
            return epochs => start.Epochs(batches, workload.Loss, parallelism).Take(epochs).Last().Model;
        }

        var rows = test.InputsOf([.. Enumerable.Range(0, Math.Max(workload.Batch, workload.Timed))]);
        return count =>
        {
            Span<float> output = stackalloc float[model.Network.Outputs];
            for (var i = 0; i < count; i++)
            {
                if (workload.Batch == 1)
                {
                    model.Predict(rows.Row(i), output, parallelism);
                }
                else
                {
                    model.Predict(rows, parallelism);
                }
            }

            return model;
        };
    }
}
