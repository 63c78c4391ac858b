namespace FunctionalNN.Tests;

public sealed class CifarTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Batches_are_joined_in_order()
    {
        var (a, b) =
            (folder.Write("a.bin", Records([3], [9])),
                folder.Write("b.bin", IdxFileTests.Gzip(Records([.. Enumerable.Range(0, 100).Select(i => new[] { i % 10 })]))));
        var data = Cifar10.Read([a, b]).Good();
        Assert.Equal((102, 3072), (data.Count, data.Inputs.Width));
        Assert.Equal([3, 9, .. Enumerable.Range(0, 100).Select(i => i % 10)], data.Labels());
        Assert.Equal(new ImageSize(32, 32, 3), data.Image);
        Assert.Equal(Interleaved(Pixels(1)).Select(x => (float)x),
            ((ByteRows<float>)data.Inputs).Scaled(1, 0) is var raw
                ? new DataSet<float>(raw, data.Targets).InputsOf(1).Values.ToArray()
                : []);
        Assert.Equal("cat", ((ClassLabels)data.Targets).NameOf(data.Labels()[0]));
    }

    [Fact]
    public void Two_labels_are_class_and_group()
    {
        var path = folder.Write("train.bin", Records([4, 99], [19, 0]));
        folder.Write("test.bin", Records([0, 1]));
        Assert.Equal([99, 0], Cifar100.Read(path).Good().Labels());
        Assert.Equal([4, 19], Cifar100.Read(path, groups: true).Good().Labels());
        Assert.Equal((2, 1), Cifar100.Load(folder.FullName).Good() is var (train, test) ? (train.Count, test.Count) : default);
        Assert.Equal((100, 20), (Cifar100.ClassNames.Distinct().Count(), Cifar100.GroupNames.Distinct().Count()));
        Assert.Equal(Cifar100.ClassNames.Order(StringComparer.Ordinal), Cifar100.ClassNames);
    }

    [Fact]
    public void A_folder_is_read_whole()
    {
        foreach (var name in new[] { "data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "test_batch" })
        {
            folder.Write($"{name}.bin", Records([1]));
        }

        Assert.Equal($"{folder["data_batch_5.bin"]}: there is no such file", Cifar10.Load(folder.FullName).Fault());
        folder.Write("data_batch_5.bin", Records([2], [3]));
        var (train, test) = Cifar10.Load(folder.FullName).Good();
        Assert.Equal((6, 1), (train.Count, test.Count));
    }

    /// <summary>As they lie there: plane after plane.</summary>
    [Fact]
    public void Pictures_may_stay_in_the_file()
    {
        var path = folder.Write("a.bin", Records([3], [9], [1]));
        using var stored = StoredRows.OpenBytes<float>(path, width: 3072, offset: 1, stride: 3073).Good();
        var planes = new DataSet<float>(stored, new ClassLabels([3, 9, 1], 10)).InputsOf(2).Values.ToArray();
        Assert.Equal(Cifar10.Read([path]).Good().InputsOf(2).Values.ToArray(), Interleaved(planes));
    }

    [Fact]
    public void A_mistake_is_named_with_its_byte()
    {
        (byte[] Content, string Expected)[] cases =
        [
            ([], ", byte 0: the file is empty, expected records of 3073 bytes"),
            (Records([1], [2])[..^5],
                ", byte 6141: the file ends after 3068 of 3073 bytes of a record: it is truncated or of another kind"),
            (Records([1], [10]), ", byte 3073: record 1 has the label 10, expected 0 to 9: the file is damaged or of another kind"),
            ([.. Records([1]), 7], ", byte 3074: the file ends after 1 of 3073 bytes of a record: it is truncated or of another kind"),
        ];
        foreach (var (content, expected) in cases)
        {
            var path = folder.Write("a.bin", content);
            Assert.Equal(path + expected, Cifar10.Read([path]).Fault());
        }

        Assert.Equal($"{folder.FullName} is a folder, expected a file of CIFAR records", Cifar10.Read([folder.FullName]).Fault());
        var cut = folder.Write("a.gz", IdxFileTests.Gzip(Records([1], [2]))[..^3]);
        Assert.StartsWith($"{cut}, byte ", Cifar10.Read([cut]).Fault(), StringComparison.Ordinal);
    }

    private static byte[] Records(params int[][] labels) =>
        [.. labels.SelectMany((record, i) => record.Select(label => (byte)label).Concat(Pixels(i)))];

    private static T[] Interleaved<T>(T[] planes) => [.. Enumerable.Range(0, 3072).Select(i => planes[(i % 3 * 1024) + (i / 3)])];

    private static byte[] Pixels(int record) => [.. Enumerable.Range(0, 3072).Select(i => (byte)(i + (7 * record)))];
}
