using System.Diagnostics;

namespace FunctionalNN.Tests;

/// <summary>
/// What a law starts in a process of its own: <c>fingerprints N</c> trains with N threads and prints digests, <c>rest N</c> trains
/// and then prints whether all threads come to rest, <c>checkpoints PATH</c> trains from the file, if it is there, and into it, until it is
/// killed, <c>fixture PATH</c> writes the file that <see cref="StoredFixtureTests"/> reads. For comparisons with other programs: <c>tabular
/// SET SEED…</c> prints a score for each seed (see Estimators/references/tabular.py), <c>onnx N</c> runs N networks a layer, and 10·N
/// random ones, with ONNX Runtime (see <see cref="OnnxMatrix"/>) and prints the table of differences. <c>picture</c> draws one,
/// <c>documentation PAGE…</c> runs the code of pages, <c>documentation write PAGE…</c> writes into them what it prints.
/// </summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["fingerprints", var threads]:
                Console.WriteLine(Fingerprints.Vectors);
                foreach (var line in Fingerprints.Lines(int.Parse(threads, null)))
                {
                    Console.WriteLine(line);
                }

                return 0;
            case ["rest", var threads]:
                Console.WriteLine(ComesToRest(int.Parse(threads, null)));
                return 0;
            case ["tabular", var set, .. var seeds]:
                var data = TabularSet.Read(set);
                foreach (var seed in seeds)
                {
                    var clock = Stopwatch.StartNew();
                    var (score, epochs) = data.Fit(int.Parse(seed, null));
                    Console.WriteLine(FormattableString.Invariant(
                        $"FunctionalNN {set} {seed} {score:F5} {epochs} {clock.Elapsed.TotalSeconds:F2}"));
                }

                return 0;
            case ["fixture", var path]:
                StoredFixtureTests.State.Save(path).OrThrow();
                return 0;
            case ["checkpoints", var path]:
                return KillLaws.Run(path);
            case ["picture"]:
                Terminal.Regions(new Network(2, [new Dense(2), new Softmax()]).Initialize(1),
                    Generate.Moons(samples: 20, noise: 0.1, seed: 1)).Print();
                return 0;
            case ["documentation", "write", .. var pages]:
                return await PageRun.Write(pages);
            case ["documentation", .. var pages]:
                return await PageRun.Print(pages);
            case ["onnx", var each]:
                PrintOnnxMatrix(int.Parse(each, null));
                return 0;
            default:
                Console.Error.WriteLine("run the tests with: dotnet test");
                return 1;
        }
    }

    private static void PrintOnnxMatrix(int each)
    {
        using var models = new OnnxMatrix(OnnxCase.Many(each, 10 * each, seed: 2));
        Console.WriteLine(OnnxTools.Python is null ? "no ONNX checker" : $"the ONNX checker finds {models.CheckerFaults().Count()} faults");
        var runs = models.Runs().ToArray();
        Console.WriteLine(
            $"{runs.Length} runs, {runs.Count(run => run.Fault is not null)} could not be made, greatest difference "
                + $"{runs.Where(run => run.Fault is null).Max(run => run.Difference):E1}");
        Console.WriteLine(OnnxMatrix.Table(runs));
    }

    /// <summary>
    /// Whether, after a training, a moment comes at which no thread runs but this one. A thread that looks out for work in a loop is always
    /// running or ready to, however busy the machine is; the compiler's threads come to rest after a while.
    /// </summary>
    private static bool ComesToRest(int threads)
    {
        const int Looks = 200;
        ThreadLaws.Wide(nameof(MeanSquaredError), 64, 100).Trained<float>(threads);
        using var process = Process.GetCurrentProcess();
        return Enumerable.Range(0, Looks).Any(_ =>
        {
            Thread.Sleep(50);
            process.Refresh();
            return process.Threads.Count > threads
                && process.Threads.Cast<ProcessThread>().Count(thread => thread.ThreadState != System.Diagnostics.ThreadState.Wait) <= 1;
        });
    }
}
