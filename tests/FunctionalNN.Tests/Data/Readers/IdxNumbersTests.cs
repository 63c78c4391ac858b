using System.Buffers.Binary;

namespace FunctionalNN.Tests;

/// <summary>IDX files of every element type and rank.</summary>
public sealed class IdxNumbersTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<byte, string, double[]> Types => new()
    {
        { 0x08, "00FF7F80", [0, 255, 127, 128] },
        { 0x09, "00FF7F80", [0, -1, 127, -128] },
        { 0x0B, "0001FFFF7FFF8000", [1, -1, 32767, -32768] },
        { 0x0C, "00000001FFFFFFFF000100008000 0000", [1, -1, 65536, int.MinValue] },
        { 0x0D, "3F800000BFC000007F7FFFFF00000001", [1, -1.5, float.MaxValue, float.Epsilon] },
        { 0x0E, "3FF0000000000000BFF80000000000003FB999999999999A7FEFFFFFFFFFFFFF", [1, -1.5, 0.1, double.MaxValue] },
    };

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Types))]
    public void Numbers_of_every_type_are_read_in_every_rank(byte type, string hex, double[] expected)
    {
        byte[] values = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        foreach (var shape in new int[][] { [4], [2, 2], [1, 4], [4, 1], [2, 1, 2, 1], [2, .. Enumerable.Repeat(1, 253), 2] })
        {
            foreach (var path in new[] { folder.Write("a", File(type, shape, values)),
                folder.Write("a.gz", IdxFileTests.Gzip(File(type, shape, values))) })
            {
                var matrix = IdxFile.ReadMatrix<double>(path).Good();
                Assert.Equal((shape[0], 4 / shape[0]), (matrix.Rows, matrix.Columns));
                Assert.Equal(expected, matrix.Values.ToArray());
            }

            using var stored = StoredRows.OpenIdx<double>(folder["a"], scale: 1).Good();
            Assert.Equal((shape[0], 4 / shape[0]), (stored.Count, stored.Width));
            var rows = new double[4];
            stored.Gather([.. Enumerable.Range(0, shape[0])], rows);
            Assert.Equal(expected, rows);
        }

        Assert.Equal(0, IdxFile.ReadMatrix<float>(folder.Write("a", File(type, [0, 28, 28], []))).Good().Rows);
    }

    [Theory]
    [InlineData(0x0D, "3F8000007FC00000", ", byte 12: the value is NaN, expected a finite number that Single can hold")]
    [InlineData(0x0D, "FF8000003F800000", ", byte 8: the value is -Infinity, expected a finite number that Single can hold")]
    [InlineData(0x0E, "3FF00000000000007FEFFFFFFFFFFFFF",
        ", byte 16: the value is Infinity, expected a finite number that Single can hold")]
    [InlineData(0x0B, "000100",
        ", byte 11: the file ends after 3 of 4 bytes of the 2 values that the header promises: it is truncated or its header is damaged")]
    [InlineData(0x0B, "0001000200", ", byte 12: more bytes follow the 2 values that the header promises, expected the end of the file")]
    [InlineData(0x0A, "0001", ", byte 2: the element type is 0x0A (no type of the format), expected 0x08, 0x09 or 0x0B to 0x0E")]
    public void A_mistake_is_named_with_its_byte(byte type, string hex, string expected)
    {
        var path = folder.Write("a", File(type, [2], Convert.FromHexString(hex)));
        Assert.Equal(path + expected, IdxFile.ReadMatrix<float>(path).Fault().Replace("∞", "Infinity", StringComparison.Ordinal));
    }

    [Fact]
    public void Memory_follows_the_values_that_are_there()
    {
        var path = folder.Write("liar", [0, 0, 0x0E, 2, 0x0F, 0, 0, 0, 0, 0, 0, 1, .. new byte[100]]);
        IdxFile.ReadMatrix<float>(path);
        var before = GC.GetAllocatedBytesForCurrentThread();
        IdxFile.ReadMatrix<float>(path).Fault();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Labels_are_read_alone()
    {
        IdxFile.Write(folder["labels"], new IdxArray(new byte[] { 1, 0, 2 }, 3)).Good();
        Assert.Equal([1, 0, 2], IdxFile.ReadLabels(folder["labels"], "a", "b", "c").Good().Values.ToArray());
        Assert.Equal($"{folder["labels"]}, byte 10: row 2 has the label 2, expected 0 to 1 (2 class names)",
            IdxFile.ReadLabels(folder["labels"], "a", "b").Fault());
        IdxFile.Write(folder["images"], new IdxArray(new byte[4], 2, 2)).Good();
        Assert.Equal($"{folder["images"]} holds 2 × 2 bytes where labels are expected (rank 1)",
            IdxFile.ReadLabels(folder["images"], "a").Fault());
        Assert.Throws<ArgumentException>(() => IdxFile.ReadLabels("a"));
    }

    internal static byte[] File(byte type, int[] shape, byte[] values)
    {
        var lengths = new byte[4 * shape.Length];
        for (var i = 0; i < shape.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(lengths.AsSpan(4 * i), shape[i]);
        }

        return [0, 0, type, (byte)shape.Length, .. lengths, .. values];
    }
}
