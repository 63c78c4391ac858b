using System.Runtime.Versioning;

namespace FunctionalNN.Tests;

public sealed class CheckpointTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static IEnumerable<TrainingState<float>> Run => new Network(2, [new Dense(3), new Softmax()])
        .Initialize(1).Train(new Adam(0.01)).Epochs(Generate.Spiral(30, 3, seed: 1).Shuffled(16), new CategoricalCrossEntropy());

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Checkpoint_passes_every_state_on_and_keeps_the_newest()
    {
        var path = folder["run.safetensors"];
        var seen = new List<(int Epoch, int Saved)>();
        foreach (var state in Run.Checkpoint(path, every: 3).Take(8))
        {
            seen.Add((state.Epoch, File.Exists(path) ? TrainingState.Load<float>(path).Good().Epoch : 0));
        }

        Assert.Equal([(1, 0), (2, 0), (3, 3), (4, 3), (5, 3), (6, 6), (7, 6), (8, 6)], seen);
        Assert.Equal(["run.safetensors"], folder.Entries);
        // The last of a sequence that is cut is kept too.
        Assert.Equal(Run.ElementAt(7), TrainingState.Load<float>(path).Good());
    }

    [Fact]
    public void Checkpoint_is_lazy()
    {
        var states = Run.Checkpoint(folder["run.safetensors"]);
        Assert.Empty(folder.Entries);
        Assert.Equal(1, states.First().Epoch);
        Assert.Equal(["run.safetensors"], folder.Entries);
    }

    [Fact]
    public void The_last_of_a_sequence_that_ends_is_saved()
    {
        Assert.Equal(7, Run.Take(7).Checkpoint(folder["run.safetensors"], every: 5).Count());
        Assert.Equal(7, TrainingState.Load<float>(folder["run.safetensors"]).Good().Epoch);
    }

    [Fact]
    public void A_state_that_has_diverged_does_not_replace_a_good_one()
    {
        var states = Run.Take(2).ToArray();
        Assert.Equal(2,
            new[] { states[0],
                states[1] with { Divergence = new Divergence(1, "loss", "value", 0, double.NaN) } }.Checkpoint(folder["run.safetensors"])
                    .Count());
        Assert.Equal(states[0], TrainingState.Load<float>(folder["run.safetensors"]).Good());
    }

    [Fact]
    public void A_wrong_call_says_what_is_wrong()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Run.Checkpoint(folder["a"], every: 0));
        Assert.Throws<ArgumentException>(() => Run.Checkpoint(""));
    }

    [Fact]
    public void A_path_that_cannot_be_written_is_an_error_that_names_it()
    {
        var file = folder.Write("file", [1]);
        var fault = Assert.Throws<InvalidOperationException>(() => Run.Checkpoint(Path.Combine(file, "run.safetensors")).First()).Message;
        Assert.StartsWith($"{Path.Combine(file, "run.safetensors")} cannot be written: ", fault, StringComparison.Ordinal);
        Assert.StartsWith($"{folder.FullName} cannot be written: ", Run.First().Save(folder.FullName).Fault(), StringComparison.Ordinal);
        Assert.Equal(["file"], folder.Entries);
    }

    [UnprivilegedFact]
    [UnsupportedOSPlatform("windows")]
    public void A_folder_without_permission_is_an_error_and_the_checkpoint_stays()
    {
        var path = folder["run.safetensors"];
        Run.First().Save(path).Good();
        File.SetUnixFileMode(folder.FullName, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            Assert.Contains("cannot be written", Run.ElementAt(1).Save(path).Fault(), StringComparison.Ordinal);
            Assert.Equal(1, TrainingState.Load<float>(path).Good().Epoch);
        }
        finally
        {
            File.SetUnixFileMode(folder.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>A disk with room for so many bytes.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(1500)]
    public void A_full_disk_is_an_error_and_the_checkpoint_stays(int room)
    {
        var path = folder["run.safetensors"];
        Run.First().Save(path).Good();
        var fault = FileErrors.Writing(path, stream => StoredModel.Write(new FullDisk(stream, room), Run.ElementAt(1), Vocabulary.Standard))
            .Fault();
        Assert.Equal($"{path} cannot be written: No space left on device", fault);
        Assert.Equal(1, TrainingState.Load<float>(path).Good().Epoch);
        Assert.Equal(["run.safetensors"], folder.Entries);
    }

    [Fact]
    public void What_a_killed_process_left_is_removed_by_the_next_save_and_nothing_else()
    {
        var path = folder["run.safetensors"];
        string[] others =
            ["run.safetensors.part", "run.safetensors.123.part", $"run.safetensors.{Guid.NewGuid():N}.part.txt",
                $"other.{Guid.NewGuid():N}.part"];
        Assert.All(others, name => folder.Write(name, [1]));
        folder.Write($"run.safetensors.{Guid.NewGuid():N}.part", [1, 2, 3]);
        using (var writing = new PartFile(path))
        {
            var inUse =
                Assert.Single(folder.Entries,
                    name => name.EndsWith(".part", StringComparison.Ordinal) && new FileInfo(folder[name]).Length == 0);
            Run.First().Save(path).Good();
            Assert.Equal([.. others.Append("run.safetensors").Append(inUse).Order()], folder.Entries);
        }

        Assert.Equal([.. others.Append("run.safetensors").Order()], folder.Entries);
    }

    /// <summary>What one is writing another does not take for left behind.</summary>
    [Fact]
    public void Many_can_save_to_one_file_at_once()
    {
        var (path, states) = (folder["run.safetensors"], Run.Take(4).ToArray());
        Parallel.For(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i => states[i % 4].Save(path).Good());
        Assert.Contains(TrainingState.Load<float>(path).Good(), states);
        Assert.Equal(["run.safetensors"], folder.Entries);
    }

    private sealed class FullDisk(Stream stream, int room) : Stream
    {
        private int left = room;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush() => stream.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count)
        {
            stream.Write(buffer, offset, Math.Min(left, count));
            left -= count;
            if (left < 0)
            {
                throw new IOException("No space left on device");
            }
        }
    }
}
