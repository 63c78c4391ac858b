using System.Diagnostics;
using System.Text.Json;
using FunctionalNN;
using Microsoft.ML.OnnxRuntime;

namespace FunctionalNN.Benchmarks;

/// <summary>A workload of predictions by ONNX Runtime, on the network as we export it; prints the line that a peer prints.</summary>
internal static class OnnxRuntimeRunner
{
    public static int Run(string name, int threads, string? folder, int repeats)
    {
        var workload = Workload.All.First(candidate => candidate.Name == name && candidate.IsInference);
        var (_, test, source) = WorkloadData.Load(workload, folder);
        var model = workload.Network().Initialize(1);
        var file = Path.Combine(Path.GetTempPath(), $"functionalnn-{name}-{Environment.ProcessId}.onnx");
        model.SaveOnnx(file).OrThrow();
        try
        {
            using var options = new SessionOptions { IntraOpNumThreads = threads, InterOpNumThreads = 1 };
            using var session = new InferenceSession(file, options);
            var rows = test.InputsOf([.. Enumerable.Range(0, Math.Max(workload.Batch, workload.Timed))]);
            var size = model.Network.Input.Image;

            // Grey images lie the same way in both layouts.
            long[] shape = size is { Channels: 1 } image
                ? [workload.Batch, 1, image.Height, image.Width]
                : [workload.Batch, model.Network.Inputs];
            var values = Enumerable.Range(0, workload.Batch == 1 ? workload.Timed : 1)
                .Select(i => OrtValue.CreateTensorValueFromMemory(
                    workload.Batch == 1 ? rows.Row(i).ToArray() : rows.Values.ToArray(), shape)).ToArray();
            using var run = new RunOptions();
            string[] inputs = [session.InputNames[0]], outputs = [session.OutputNames[0]];
            void Predict()
            {
                for (var i = 0; i < workload.Timed; i++)
                {
                    using var answer = session.Run(run, inputs, [values[workload.Batch == 1 ? i : 0]], outputs);
                }
            }

            Predict();
            var seconds = new List<double>();
            for (var repeat = 0; repeat < repeats; repeat++)
            {
                var start = Stopwatch.GetTimestamp();
                Predict();
                seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            }

            seconds.Sort();
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                workload = name,
                peer = "ONNX Runtime",
                threads,
                seconds = seconds[0],
                seconds_median = seconds[seconds.Count / 2],
                metric = "untrained_accuracy",
                value = Math.Round(model.Evaluate(test, workload.Loss).Accuracy, 6),
                data = source,
            }));
            return 0;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
