using FsCheck.Xunit;

namespace FunctionalNN.Tests;

/// <summary>Rows that stay in a file.</summary>
public sealed class StoredRowsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Property(MaxTest = 60)]
    public void Rows_in_a_file_are_the_rows_in_memory(ushort seed)
    {
        var key = new Key(seed);
        var (count, width, offset, gap) = (1 + key.Below(300, 0), 1 + key.Below(40, 1), key.Below(20, 2), key.Below(3, 3));
        var stride = width + gap;
        var bytes = Enumerable.Range(0, offset + (count * stride) - gap).Select(i => (byte)key.Below(256, 10 + i)).ToArray();
        var packed = Enumerable.Range(0, count).SelectMany(row => bytes[(offset + (row * stride))..(offset + (row * stride) + width)])
            .ToArray();
        var path = folder.Write("rows", bytes);
        int[] rows = [.. Enumerable.Range(0, 500).Select(i => key.Fold(1).Below(count, i)), .. Enumerable.Range(0, count)];

        using (var stored = StoredRows.OpenBytes<double>(path, width, offset, stride, 1 / 127.5, -1).Good())
        {
            AssertSame(new ByteRows<double>(packed, width, 1 / 127.5, -1), stored, rows);
        }

        var numbers = Matrix.Create(count, width, (row, column) => (float)key.Fold(2).Normal((row * width) + column));
        var floats = new byte[offset + (4 * count * width)];
        System.Runtime.InteropServices.MemoryMarshal.AsBytes(numbers.Values).CopyTo(floats.AsSpan(offset));
        path = folder.Write("floats", floats);
        using (var stored = StoredRows.OpenSingles<float>(path, width, offset).Good())
        {
            AssertSame(numbers.ToRowSource(), stored, rows);
        }

        using (var stored = StoredRows.OpenSingles<double>(path, width, offset).Good())
        {
            AssertSame(Matrix.Convert<float, double>(numbers).ToRowSource(), stored, rows);
        }
    }

    [Fact]
    public void Training_on_a_file_is_training_in_memory_to_the_last_bit()
    {
        var key = new Key(4);
        var bytes = new IdxArray(Enumerable.Range(0, 300 * 12).Select(i => (byte)key.Below(256, i)).ToArray(), 300, 4, 3);
        IdxFile.Write(folder["images"], bytes).Good();
        IdxFile.Write(folder["labels"], new IdxArray(Enumerable.Range(0, 300).Select(i => (byte)(i % 3)).ToArray(), 300)).Good();
        var memory = IdxFile.ReadImages(folder["images"], folder["labels"], ["a", "b", "c"]).Good();
        using var images = StoredRows.OpenIdx(folder["images"]).Good();
        var stored = new DataSet<float>(images, IdxFile.ReadLabels(folder["labels"], "a", "b", "c").Good());
        Assert.Equal($"300 rows of 12 inputs in {folder["images"]}", images.ToString());

        var start = new Network(12, [new Dense(8), new Relu(), new Dense(3), new Softmax()]).Initialize(seed: 1).Train(new Adam(0.01));
        var loss = new CategoricalCrossEntropy();
        Func<DataSet<float>, Batches<float>>[] orders =
            [data => data.Shuffled(32), data => data.InOrder(32), data => data.Split(0.2, 1).Training.Shuffled(7)];
        foreach (var order in orders)
        {
            Assert.Equal(
                start.Epochs(order(memory), loss).Take(2).Select(StateBits.Of),
                start.Epochs(order(stored), loss, new Parallelism(2)).Take(2).Select(StateBits.Of));
        }

        Assert.Equal(
            StateBits.Of(start.Run(memory.InOrder(32).Epoch(default, 0), loss)),
            StateBits.Of(start.Run(StreamedRows.Of(stored).InOrder(32).Epoch(default, 0), loss)));
    }

    [Fact]
    public void Several_threads_read_at_once()
    {
        var bytes = Enumerable.Range(0, 5000).Select(i => (byte)(i % 251)).ToArray();
        using var stored = StoredRows.OpenBytes<float>(folder.Write("rows", bytes), 10, scale: 1).Good();
        Parallel.For(0, 64, thread =>
        {
            var row = new float[10];
            for (var i = thread; i < 500; i += 7)
            {
                stored.Gather([i], row);
                Assert.Equal(bytes[(10 * i)..((10 * i) + 10)].Select(x => (float)x), row);
            }
        });
    }

    [Fact]
    public void Files_that_do_not_hold_rows_are_errors()
    {
        var path = folder.Write("rows", new byte[25]);
        Assert.Equal($"{path}: 25 bytes after the first 0 do not make rows of 10: 5 are left over",
            StoredRows.OpenBytes<float>(path, 10).Fault());
        Assert.Equal($"{path}: 24 bytes after the first 1 do not make rows of 40: 24 are left over",
            StoredRows.OpenSingles<float>(path, 10, 1).Fault());
        Assert.Equal($"{path}: the file has 25 bytes, and the first row is to begin at 26",
            StoredRows.OpenBytes<float>(path, 10, 26).Fault());
        Assert.Equal($"{path}: the file has no rows", StoredRows.OpenBytes<float>(path, 10, 25).Fault());
        Assert.Equal($"{folder["absent"]}: there is no such file", StoredRows.OpenBytes<float>(folder["absent"], 10).Fault());
        Assert.Equal($"{folder.FullName} is a folder, expected a file of rows", StoredRows.OpenBytes<float>(folder.FullName, 10).Fault());
        Assert.Throws<ArgumentOutOfRangeException>(() => StoredRows.OpenBytes<float>(path, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => StoredRows.OpenBytes<float>(path, 5, stride: 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => StoredRows.OpenBytes<float>(path, 5, offset: -1));

        var zip = folder.Write("a.gz", IdxFileTests.Gzip(IdxFileTests.Plain(new IdxArray(new byte[4], 2, 2))));
        Assert.Equal($"{zip} is compressed with gzip and cannot be read from the middle: decompress it, or read it whole with IdxFile",
            StoredRows.OpenIdx(zip).Fault());
        var cut = folder.Write("a", IdxFileTests.Plain(new IdxArray(new byte[4], 2, 2))[..^1]);
        Assert.Equal($"{cut}: the file has 15 bytes, expected 16: 2 rows of 2 after 12; it is truncated or its header is damaged",
            StoredRows.OpenIdx(cut).Fault());
        var flat = folder.Write("b", IdxNumbersTests.File(8, [3, 0], []));
        Assert.StartsWith($"{flat}, byte 4: the shape 3 × 0 has rows of no numbers, expected 1 to", StoredRows.OpenIdx(flat).Fault(),
            StringComparison.Ordinal);
        var huge = folder.Write("c", [0, 0, 8, 2, 0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0, 0, 1, 2, 3]);
        Assert.Equal(
            $"{huge}: the file has 15 bytes, expected 4611545278791614476: 2147483647 rows of 2147418112 after 12; it is truncated or its "
                + $"header is damaged", StoredRows.OpenIdx(huge).Fault());
    }

    [Fact]
    public void A_file_that_becomes_shorter_and_rows_after_their_disposal_are_errors()
    {
        var path = folder.Write("rows", new byte[100]);
        var stored = StoredRows.OpenBytes<float>(path, 10).Good();
        using (var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.SetLength(55);
        }

        var room = new float[100];
        stored.Gather([0, 1, 2], room);
        Assert.Equal($"{path}, byte 55: the file ends in row 5, though it had 10 rows when it was opened",
            Assert.Throws<EndOfStreamException>(() => stored.Gather([.. Enumerable.Range(0, 10)], room)).Message);
        stored.Dispose();
        Assert.Throws<ObjectDisposedException>(() => stored.Gather([0], room));
    }

    private static void AssertSame<T>(RowSource<T> expected, RowSource<T> actual, int[] rows)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        Assert.Equal((expected.Count, expected.Width), (actual.Count, actual.Width));
        var (left, right) = (new T[rows.Length * expected.Width], new T[rows.Length * expected.Width]);
        expected.Gather(rows, left);
        actual.Gather(rows, right);
        Assert.Equal(left, right);
    }
}
