using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace FunctionalNN.Tests;

/// <summary>Rows that come only forward.</summary>
public sealed class StreamedRowsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>Each row's number is its input; pieces of random sizes.</summary>
    public sealed record Pieces(int Count, int BatchSize, int Window, int Seed)
    {
        public DataSet<double> Data =>
            new(Matrix.Create(Count, 2, (row, column) => row + (0.5 * column)),
                new ClassLabels([.. Enumerable.Range(0, Count).Select(row => row % 3)], 3));

        public StreamedRows<double> Stream => StreamedRows.Of(Open);

        public Key Key => new((ulong)Seed);

        public static Arbitrary<Pieces> Any() => Arb.From(
            from count in Gen.Choose(1, 200)
            from size in Gen.Choose(1, 60)
            from window in Gen.Choose(2, 250)
            from seed in Gen.Choose(0, int.MaxValue)
            select new Pieces(count, size, window, seed));

        private IEnumerable<Batch<double>> Open()
        {
            for (int at = 0, piece = 0; at < Count; piece++)
            {
                int[] rows = [.. Enumerable.Range(at, Math.Min(Key.Below(20, piece), Count - at))];
                at += rows.Length;
                yield return new Batch<double>(Data.InputsOf(rows), Data.Targets.Pick(rows));
            }
        }
    }

    [Property(MaxTest = 100, Arbitrary = [typeof(Pieces)])]
    public void In_order_a_stream_gives_the_batches_of_memory(Pieces pieces) => Assert.Equal(
        pieces.Data.InOrder(pieces.BatchSize).Epoch(pieces.Key, 0).Select(StateBits.Of),
        pieces.Stream.InOrder(pieces.BatchSize).Epoch(pieces.Key, 0).Select(StateBits.Of));

    [Property(MaxTest = 100, Arbitrary = [typeof(Pieces)])]
    public void A_window_gives_each_row_once_in_full_batches_and_never_early(Pieces pieces)
    {
        var batches = pieces.Stream.Shuffled(pieces.BatchSize, pieces.Window).Epoch(pieces.Key, 1).ToArray();
        var rows = batches.SelectMany(Rows).ToArray();
        Assert.Equal(Enumerable.Range(0, pieces.Count), rows.Order());
        Assert.All(batches.SkipLast(1), batch => Assert.Equal(pieces.BatchSize, batch.Inputs.Rows));
        Assert.All(batches, batch => Assert.Equal(Rows(batch).Select(row => row % 3), ((ClassLabels)batch.Targets).Values.ToArray()));
        Assert.All(rows.Index(), place => Assert.True(place.Item < place.Index + pieces.Window));
    }

    [Property(MaxTest = 50, Arbitrary = [typeof(Pieces)])]
    public void The_order_follows_from_key_and_epoch_alone(Pieces pieces)
    {
        var whole = pieces with { Count = pieces.Count + 40, Window = pieces.Window + 30 };
        int[] Order(Pieces from, int epoch) =>
            [.. from.Stream.Shuffled(from.BatchSize, from.Window).Epoch(from.Key, epoch).SelectMany(Rows)];
        Assert.Equal(Order(whole, 2), Order(whole with { BatchSize = 7 }, 2));
        Assert.NotEqual(Order(whole, 2), Order(whole, 3));
        Assert.NotEqual(Order(whole, 2), Order(whole with { Seed = whole.Seed ^ 1 }, 2));
    }

    [Property(MaxTest = 20, Arbitrary = [typeof(Pieces)])]
    public void Training_on_a_stream_in_order_is_training_in_memory_to_the_last_bit(Pieces pieces)
    {
        var start = new Network(2, [new Dense(5), new Tanh(), new Dropout(0.3), new Dense(3), new Softmax()]).Initialize<double>(seed: 1)
            .Train(new Adam(0.01), seed: pieces.Seed);
        var loss = new CategoricalCrossEntropy();
        var memory = start.Epochs(pieces.Data.InOrder(pieces.BatchSize), loss).Take(3).Select(StateBits.Of);
        var stream = start.Epochs(pieces.Stream.InOrder(pieces.BatchSize), loss).Take(3).Select(StateBits.Of);
        Assert.Equal(memory, stream);
    }

    [Property(MaxTest = 20, Arbitrary = [typeof(Pieces)])]
    public void A_run_over_a_stream_is_the_fold_of_its_batches(Pieces pieces)
    {
        var start = new Network(2, [new Dense(5), new Relu(), new Dense(3), new Softmax()]).Initialize<double>(seed: 1)
            .Train(new Adam(0.01));
        var loss = new CategoricalCrossEntropy();
        var batches = pieces.Stream.Shuffled(pieces.BatchSize, pieces.Window).Epoch(pieces.Key, 0);
        Assert.Equal(StateBits.Of(batches.Aggregate(start, Train.Step<double>(loss))), StateBits.Of(start.Run(batches, loss)));
        var kept = batches.ToArray();
        start.Run(batches, loss);
        Assert.Equal(kept.Select(StateBits.Of), batches.Select(StateBits.Of));
    }

    [Fact]
    public void A_CSV_file_streamed_trains_as_one_in_memory_to_the_last_bit()
    {
        var random = new Random(5);
        string Number() =>
            random.Next(8) == 0 ? "" : (random.NextDouble() * 10).ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        var rows = Enumerable.Range(0, 700)
            .Select(i => $"{Number()},{"uvw"[random.Next(3)]},{Number()},{random.Next(100)}.5,{"xyz"[random.Next(3)]}");
        var path =
            folder.Write("a.csv.gz", IdxFileTests.Gzip(System.Text.Encoding.UTF8.GetBytes($"a,b,d,t,c\n{string.Join('\n', rows)}\n")));

        var classes = new CsvOptions { Label = "c", Missing = Missing.Mean };
        var network = new Network(6, [new Dense(5), new Tanh(), new Dense(3), new Softmax()]);
        AssertSame(classes with { Ignore = ["t"] }, new Network(5, network.Layers), new CategoricalCrossEntropy());
        AssertSame(classes, network, new CategoricalCrossEntropy());
        AssertSame(new CsvOptions { Targets = ["t"], Missing = Missing.Mean }, new Network(8, [new Dense(5), new Tanh(), new Dense(1)]),
            new MeanSquaredError());
        AssertSame(new CsvOptions { Targets = ["t"], Missing = Missing.DropRow }, new Network(8, [new Dense(5), new Tanh(), new Dense(1)]),
            new MeanSquaredError());

        void AssertSame(CsvOptions options, Network network, Loss loss)
        {
            var table = Csv.Read(path, options).Good();
            var encoding = Csv.Fit(path, options).Good();
            Assert.Equal(table.Encoding.Features.SelectMany(feature => feature.Means),
                encoding.Features.SelectMany(feature => feature.Means));
            Assert.Equal(table.InputNames, encoding.InputNames.ToArray());
            Assert.Equal((table.Encoding.Tolerance, table.Encoding.ToString()), (encoding.Tolerance, encoding.ToString()));
            var start = network.Initialize(seed: 2).Train(new Adam(0.01));
            Assert.Equal(
                start.Epochs(table.Data.InOrder(64), loss).Take(2).Select(StateBits.Of),
                start.Epochs(encoding.Stream<float>(path).Good().InOrder(64), loss).Take(2).Select(StateBits.Of));
        }
    }

    [Fact]
    public void A_mistake_in_a_later_row_ends_the_batches_with_the_message_of_the_reader()
    {
        var encoding = Csv.Read(folder.WriteText("a.csv", "a,c\n1,x\n2,y\n"), new CsvOptions { Label = "c" }).Good().Encoding;
        var path = folder.WriteText("b.csv", $"a,c\n{string.Concat(Enumerable.Repeat("1,x\n", 600))}bad,x\n");
        var batches = encoding.Stream<float>(path).Good().InOrder(50).Epoch(default, 0);
        Assert.Equal(10, batches.Take(10).Count());
        Assert.Equal(encoding.Read(path).Fault(), Assert.Throws<InvalidDataException>(() => batches.Count()).Message);
        Assert.Equal($"{path}, line 602, column \"a\": found \"bad\", expected a number, as in the file that the encoding was fitted on",
            encoding.Read(path).Fault());

        Assert.Equal($"{folder["no.csv"]}: there is no such file", encoding.Stream<float>(folder["no.csv"]).Fault());
        var zipped = IdxFileTests.Gzip([.. "a,c\n"u8, .. Enumerable.Repeat("1,x\n"u8.ToArray(), 600).SelectMany(row => row)]);
        var cut = folder.Write("cut.csv", zipped[..^9]);
        Assert.Contains("its end is cut off",
            Assert.Throws<InvalidDataException>(() => encoding.Stream<float>(cut).Good().InOrder(50).Epoch(default, 0).Count()).Message,
            StringComparison.Ordinal);
        File.Delete(path);
        Assert.Contains("cannot be read", Assert.Throws<InvalidDataException>(() => batches.Count()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Samples_make_streams_and_must_be_alike()
    {
        var stream = StreamedRows.Of(() => Enumerable.Range(0, 5).Select(i => (new float[] { i, 1 }, i % 2)), classes: 2);
        Assert.Equal([0, 1, 1, 1], stream.InOrder(2).Epoch(default, 0).First().Inputs.Values.ToArray());
        var real = StreamedRows.Of(() => Enumerable.Range(0, 5).Select(i => (new float[] { i }, new float[] { i, i })), tolerance: 0.5);
        Assert.Equal(0.5, Assert.IsType<RealTargets<float>>(real.InOrder(2).Epoch(default, 0).Last().Targets).Tolerance);

        var odd = StreamedRows.Of(() => new[] { Piece(2, 3), Piece(3, 3) });
        Assert.Equal("a piece of the stream has 3 inputs and 3 classes, those before it have 2 inputs and 3 classes",
            Assert.Throws<ArgumentException>(() => odd.InOrder(2).Epoch(default, 0).Count()).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.InOrder(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.Shuffled(2, window: 1));

        static Batch<float> Piece(int width, int classes) => new(Matrix.Zeros<float>(1, width), new ClassLabels([0], classes));
    }

    [Fact]
    public void A_stream_without_rows_or_that_does_not_begin_anew_is_an_error()
    {
        var pieces = new[] { new Batch<float>(Matrix.Zeros<float>(1, 2), new ClassLabels([0], 2)) };
        var once = new Queue<Batch<float>>(pieces);
        var stream = StreamedRows.Of(() => once.TryDequeue(out var piece) ? new[] { piece } : []);
        var start = new Network(2, [new Dense(2), new Softmax()]).Initialize(seed: 1).Train(new Sgd(0.1));
        Assert.Equal(
            "the stream gave no rows in epoch 2: what opens it must begin anew each time",
            Assert.Throws<InvalidOperationException>(() => start.Epochs(stream.InOrder(1), new CategoricalCrossEntropy()).Take(2)
                .Count()).Message);
    }

    private static IEnumerable<int> Rows(Batch<double> batch) =>
        Enumerable.Range(0, batch.Inputs.Rows).Select(row => (int)batch.Inputs[row, 0]);
}
