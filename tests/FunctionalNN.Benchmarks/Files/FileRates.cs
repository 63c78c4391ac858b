using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace FunctionalNN.Benchmarks;

/// <summary>
/// Milliseconds to save and to load the state of 784-512-512-10 under Adam, beside torch and NumPy, each operation of theirs next to one of
/// ours: <c>files [--rounds 30] [--python FILE]</c>. Ours flushes to the disk and has a checksum; theirs is timed with and without a flush.
/// </summary>
internal static class FileRates
{
    private static readonly string[] Peers =
        ["torch save", "torch save fsync", "torch load", "numpy save", "numpy save fsync", "numpy load"];

    public static int Run(string python, int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("FunctionalNN-files-").FullName;
        try
        {
            var state = Trained();
            var path = Path.Combine(folder, "state.safetensors");
            var cold =
                (Save: Milliseconds(() => state.Save(path).OrThrow()), Load: Milliseconds(() => TrainingState.Load<float>(path).OrThrow()));
            using var peer = Start(python, folder);
            var times = Peers.Concat(["save", "load", "load of the model alone", "tensors alone, load", "content hash"])
                .ToDictionary(name => name, _ => new List<double>());
            var sizes = new Dictionary<string, long> { ["save"] = new FileInfo(path).Length };
            for (var round = -3; round < rounds; round++)
            {
                foreach (var name in Peers)
                {
                    var (theirs, size) = Ask(peer, name);
                    sizes[name] = size;
                    Add(name, theirs);
                    Add("save", Milliseconds(() => state.Save(path).OrThrow()));
                    Add("load", Milliseconds(() => TrainingState.Load<float>(path).OrThrow()));
                }

                Add("load of the model alone", Milliseconds(() => Model.Load<float>(path).OrThrow()));
                Add("tensors alone, load", Milliseconds(() => SafeTensorsFile.Read(path).OrThrow()));
                Add("content hash", Milliseconds(() => state.Model.ContentHash()));

                void Add(string name, double value)
                {
                    if (round >= 0)
                    {
                        times[name].Add(value);
                    }
                }
            }

            Console.WriteLine("| | bytes | median, ms | least, ms |");
            Console.WriteLine("|---|---|---|---|");
            foreach (var (name, values) in times)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"| {(name.Contains(' ', StringComparison.Ordinal) && Peers.Contains(name) ? name : $"FunctionalNN {name}")} | "
                        + $"{(sizes.TryGetValue(name, out var size) ? size : "")} | {values.Order().ElementAt(values.Count / 2):F1} | "
                        + $"{values.Min():F1} |"));
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"\nthe first of the process: save {cold.Save:F0} ms, load {cold.Load:F0} ms"));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static TrainingState<float> Trained()
    {
        var data =
            new DataSet<float>(Matrix.Create<float>(32, 784, (row, column) => (float)new Key(1).Uniform((row * 784) + column)),
                new ClassLabels([.. Enumerable.Range(0, 32).Select(row => row % 10)], 10));
        return new Network(784, [new Dense(512), new Relu(), new Dense(512), new Relu(), new Dense(10), new Softmax()])
            .Initialize(1).Train(new Adam()).Epochs(data.FullBatch(), new CategoricalCrossEntropy()).First();
    }

    private static Process Start(string python, string folder) =>
        Process.Start(new ProcessStartInfo(python, [Path.Combine(Here(), "files.py"), folder, "2"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true
        })!;

    private static (double Milliseconds, long Size) Ask(Process peer, string name)
    {
        peer.StandardInput.WriteLine(name);
        peer.StandardInput.Flush();
        var answer =
            (peer.StandardOutput.ReadLine() ?? throw new InvalidOperationException("the peer ended: it needs Python with torch and NumPy"))
                .Split(' ');
        return (double.Parse(answer[0], CultureInfo.InvariantCulture) * 1000, long.Parse(answer[1], CultureInfo.InvariantCulture));
    }

    private static double Milliseconds<T>(Func<T> action)
    {
        var watch = Stopwatch.StartNew();
        GC.KeepAlive(action());
        return watch.Elapsed.TotalMilliseconds;
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
