using System.Diagnostics;
using Xunit.Abstractions;

namespace FunctionalNN.Tests;

/// <summary>
/// A run that is killed again and again while it writes checkpoints, and goes on each time from the file that it finds, comes to where an
/// undisturbed run comes, bit for bit; and no epoch is lost that it said was saved.
/// </summary>
/// <remarks>FUNCTIONALNN_KILLS sets how often: a kill takes a third of a second of a core, most of it the start of the next
/// process.</remarks>
[Trait("Duration", "Long")]
public sealed class KillLaws(ITestOutputHelper output) : IDisposable
{
    private const string Name = "run.safetensors";

    /// <summary>More than there is time for, and an end all the same, should nobody be there to kill it.</summary>
    private const int MaxEpochs = 20_000;

    private readonly TemporaryFolder folder = new();

    private static int Kills => int.TryParse(Environment.GetEnvironmentVariable("FUNCTIONALNN_KILLS"), out var count) ? count : 60;

    /// <summary>What the child process does until it is killed: one epoch, one checkpoint, one line.</summary>
    public static int Run(string path)
    {
        var start = File.Exists(path) ? TrainingState.Load<float>(path).OrThrow() : Start;
        foreach (var state in Epochs(start).Checkpoint(path).Take(MaxEpochs))
        {
            Console.WriteLine(state.Epoch);
        }

        return 0;
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Killed_at_any_moment_a_run_loses_nothing()
    {
        var seed = (ulong)Environment.TickCount64;
        var chains = Enumerable.Range(0, Math.Min(Environment.ProcessorCount, 4)).ToArray();
        var results =
            await Task.WhenAll(chains.Select(chain =>
                Task.Run(() => Chain(new Key(seed).Fold(chain), (Kills + chains.Length - 1 - chain) / chains.Length, $"{chain}"))));
        output.WriteLine(
            $"seed {seed}: {results.Sum(result => result.Kills)} kills, {results.Sum(result => result.Epochs)} epochs, "
                + $"{results.Sum(result => result.Abandoned)} half-written files left and removed, "
                + $"{results.Sum(result => result.Unacknowledged)} checkpoints whole that the run had not yet reported");
    }

    private static TrainingState<float> Start =>
        new Network(16, [new Dense(300), new BatchNormalization(), new Relu(), new Dropout(0.1), new Dense(3), new Softmax()])
        .Initialize(1).Train(new Adam(new CosineRestarts(0.01, 50)).AverageWeights(), seed: 2);

    private static IEnumerable<TrainingState<float>> Epochs(TrainingState<float> state) =>
        state.Epochs(Data.Shuffled(8), new CategoricalCrossEntropy(), Parallelism.None);

    private static DataSet<float> Data { get; } =
        new(Matrix.Create<float>(16, 16, (row, column) => (float)new Key(5).Normal((row * 16) + column)),
            new ClassLabels([.. Enumerable.Range(0, 16).Select(row => row % 3)], 3));

    private async Task<(int Kills, int Epochs, int Abandoned, int Unacknowledged)> Chain(Key key, int kills, string name)
    {
        Directory.CreateDirectory(folder[name]);
        var path = Path.Combine(folder[name], Name);
        using var undisturbed = Epochs(Start).GetEnumerator();
        var (abandoned, unacknowledged, epoch) = (0, 0, 0);
        for (var kill = 0; kill < kills; kill++)
        {
            using var child = ChildProcess.Start($"checkpoints \"{path}\"");
            var (said, first, lines) = (epoch, 0L, key.Below(4, 2 * kill) + 2);
            for (var line = 0; line < lines; line++)
            {
                said = int.Parse(await child.StandardOutput.ReadLineAsync()
                    ?? throw new InvalidOperationException(await child.StandardError.ReadToEndAsync()), null);
                first = line == 0 ? Stopwatch.GetTimestamp() : first;
            }

            // Somewhere within the next two epochs, as long as they take now.
            var now = Stopwatch.GetTimestamp();
            var end = now + (long)(2.0 * (now - first) / (lines - 1) * key.Uniform((2 * kill) + 1));
            while (Stopwatch.GetTimestamp() < end)
            {
                Thread.SpinWait(10);
            }

            child.Kill();
            foreach (var line in (await child.StandardOutput.ReadToEndAsync()).Split('\n')[..^1])
            {
                said = int.Parse(line, null);
            }

            await child.WaitForExitAsync();
            var files = Directory.GetFiles(folder[name]);
            Assert.True(files.Length is 1 or 2, $"after kill {kill} there are {string.Join(", ", files)}");
            abandoned += files.Length - 1;
            var state = TrainingState.Load<float>(path).Good();
            Assert.True(state.Epoch >= said, $"kill {kill}: epoch {said} was said to be saved, the file has {state.Epoch}");
            unacknowledged += state.Epoch - said;
            while (epoch < state.Epoch)
            {
                Assert.True(undisturbed.MoveNext());
                epoch++;
            }

            StateBits.AssertSame(undisturbed.Current, state);
        }

        TrainingState.Load<float>(path).Good().Save(path).Good();
        Assert.Equal([path], Directory.GetFiles(folder[name]));
        return (kills, epoch, abandoned, unacknowledged);
    }
}
