using System.Buffers.Binary;
using System.Diagnostics.Metrics;
using System.Text;

namespace FunctionalNN.Tests;

/// <summary>What the logs of a run hold.</summary>
public sealed class RunLogTests : IDisposable
{
    private static readonly DataSet<float> Spiral = Generate.Spiral(samples: 10, classes: 2, seed: 0);
    private readonly string folder = Directory.CreateTempSubdirectory("functionalnn-logs-").FullName;

    private static IEnumerable<TrainingState<float>> Run =>
        new Network(2, [new Dense(4), new Relu(), new Dense(2), new Softmax()]).Initialize(1).Train(new Sgd(0.1), seed: 3)
            .Epochs(Spiral.Shuffled(4), new CategoricalCrossEntropy());

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_csv_log_has_a_line_for_each_epoch()
    {
        var path = Path.Combine(folder, "new", "run.csv");
        var states = Run.Validate(Spiral).LogCsv(path, metrics: ("epoch, squared", state => state.Epoch * state.Epoch)).Take(3).Best()
            .ToArray();
        Assert.Equal(3, Table.Read(path).OrThrow().Count);
        var lines = File.ReadAllLines(path);
        Assert.Equal("epoch,step,learning_rate,loss,accuracy,validation_loss,validation_accuracy,\"epoch, squared\"", lines[0]);
        Assert.Equal(4, lines.Length);
        Assert.Equal(
            string.Create(System.Globalization.CultureInfo.InvariantCulture,
                $"2,{states[1].Step},0.1,{states[1].Training.Loss:R},{states[1].Training.Accuracy:R},{Validation(states[1]).Loss:R},"
                    + $"{Validation(states[1]).Accuracy:R},4"),
            lines[2]);
    }

    [Fact]
    public void A_csv_log_is_made_anew_or_gone_on_with()
    {
        var path = Path.Combine(folder, "run.csv");
        Assert.Equal(2, Run.LogCsv(path).Take(2).Count());
        Assert.Single(Run.LogCsv(path).Take(1));
        Assert.Equal(2, File.ReadAllLines(path).Length);
        Assert.Equal(2, Run.LogCsv(path, append: true).Take(2).Count());
        Assert.Equal(4, File.ReadAllLines(path).Length);
        Assert.EndsWith(",,", File.ReadAllLines(path)[1], StringComparison.Ordinal);
        var message = Assert.Throws<InvalidOperationException>(
            () => Run.LogCsv(path, append: true, ("own", state => 1)).Take(1).Count()).Message;
        Assert.EndsWith("log to another file, or leave out append", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_of_metrics_are_given_once()
    {
        Assert.Equal("two metrics of the log are called \"loss\": give one of them another name",
            Assert.Throws<ArgumentException>(() => Run.LogCsv("a.csv", metrics: ("loss", state => 1))).Message);
        Assert.Throws<ArgumentException>(() => Run.TensorBoard("a", metrics: (" ", state => 1)));
    }

    [Fact]
    public void An_event_file_has_the_scalars_of_each_epoch()
    {
        var clock = new ManualClock();
        var states = Run.Validate(Spiral).TensorBoard(folder, clock).Take(3).Best().ToArray();
        var events = Events(Assert.Single(Directory.GetFiles(folder))).ToArray();
        Assert.Equal(4, events.Length);
        Assert.Contains("brain.Event:2", Encoding.UTF8.GetString(events[0]), StringComparison.Ordinal);
        for (var epoch = 1; epoch <= 3; epoch++)
        {
            var text = events[epoch];
            Assert.Equal(new byte[] { 0x10, (byte)epoch }, text[9..11]);
            AssertScalar(text, "loss", (float)states[epoch - 1].Training.Loss);
            AssertScalar(text, "validation_accuracy", (float)Validation(states[epoch - 1]).Accuracy);
        }
    }

    [Fact]
    public void Each_pass_writes_an_event_file_of_its_own()
    {
        var run = Run.TensorBoard(folder, new ManualClock()).Take(1);
        Assert.Equal(2, run.Count() + run.Count());
        Assert.Equal(2, Directory.GetFiles(folder).Length);
    }

    [Fact]
    public void The_checksum_is_CRC32C_masked()
    {
        // CRC-32C of "123456789" is 0xE3069283 (RFC 3720 and the catalogue of parametrised CRC algorithms).
        const uint Crc = 0xE3069283;
        Assert.Equal(unchecked(((Crc >> 15) | (Crc << 17)) + 0xa282ead8), EventFile.Masked("123456789"u8));
    }

    [Fact]
    public void A_meter_has_a_gauge_for_each_number()
    {
        using var meter = new Meter("functionalnn-test");
        using var listener = new MeterListener();
        var found = new List<(string Name, double Value)>();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter == meter)
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => found.Add((instrument.Name, value)));
        listener.Start();
        var states = Run.Record(meter, ("own", state => 7)).Take(2).ToArray();
        Assert.Equal([("functionalnn.epoch", 1.0), ("functionalnn.step", states[0].Step), ("functionalnn.learning_rate", 0.1),
            ("functionalnn.loss", states[0].Training.Loss), ("functionalnn.accuracy", states[0].Training.Accuracy),
            ("functionalnn.own", 7)], found.Take(6));
        Assert.Equal(12, found.Count);
    }

    [Fact]
    public void CheckpointBest_keeps_the_best_state_so_far()
    {
        var path = Path.Combine(folder, "best.safetensors");
        double[] values = [3, 1, double.NaN, 2];
        int[] kept = [1, 2, 2, 2];
        foreach (var state in Run.Take(4).CheckpointBest(path, state => values[state.Epoch - 1]))
        {
            Assert.Equal(kept[state.Epoch - 1], TrainingState.Load<float>(path).OrThrow().Epoch);
        }

        Assert.StartsWith("CheckpointBest watches the validation loss, but the states were not validated",
            Assert.Throws<InvalidOperationException>(() => Run.CheckpointBest(path).First()).Message, StringComparison.Ordinal);
    }

    private static Metrics Validation(TrainingState<float> state) => state.Validation.OrNull() ?? default;

    private static void AssertScalar(byte[] data, string name, float value)
    {
        byte[] expected = [0x0a, (byte)name.Length, .. Encoding.UTF8.GetBytes(name), 0x15, .. BitConverter.GetBytes(value)];
        Assert.True(data.AsSpan().IndexOf(expected) >= 0, $"{name} {value} is not in the event");
    }

    /// <summary>The events of a file, whose checksums are right.</summary>
    private static IEnumerable<byte[]> Events(string path)
    {
        var bytes = File.ReadAllBytes(path);
        for (var at = 0; at < bytes.Length;)
        {
            var length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(at));
            Assert.Equal(EventFile.Masked(bytes.AsSpan(at, 8)), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 8)));
            var data = bytes[(at + 12)..(at + 12 + length)];
            Assert.Equal(EventFile.Masked(data), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 12 + length)));
            yield return data;
            at += 16 + length;
        }
    }
}
