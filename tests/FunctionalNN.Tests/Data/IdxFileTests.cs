using System.IO.Compression;
using System.Runtime.Versioning;

namespace FunctionalNN.Tests;

public sealed class IdxFileTests : IDisposable
{
    private static readonly IdxArray Images = new(Enumerable.Range(0, 24).Select(i => (byte)(i * 10)).ToArray(), 4, 3, 2);
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string, byte[], string> DamagedFiles => new()
    {
        { "empty", [], "byte 0: the file is empty" },
        { "one byte", [0], "ends after 1 of 4 bytes of an IDX file's magic number" },
        { "three bytes", [0, 0, 8], "ends after 3 of 4 bytes of an IDX file's magic number" },
        { "text", "label,pixel0"u8.ToArray(), "byte 0: starts with the bytes 6C616265" },
        { "a picture", [0x89, 0x50, 0x4E, 0x47, 0, 0, 0, 0], "byte 0: starts with the bytes 89504E47" },
        { "little-endian magic", [3, 8, 0, 0, 1, 0, 0, 0], "byte 0: starts with the bytes 03080000" },
        { "signed bytes", [0, 0, 9, 1, 0, 0, 0, 1, 7], "byte 2: the element type is 0x09 (signed byte), expected 0x08 (unsigned byte)" },
        { "shorts", [0, 0, 0x0B, 1, 0, 0, 0, 1, 7, 7], "0x0B (16-bit integer)" },
        { "ints", [0, 0, 0x0C, 1, 0, 0, 0, 1, 0, 0, 0, 7], "0x0C (32-bit integer)" },
        { "floats", [0, 0, 0x0D, 1, 0, 0, 0, 1, 0, 0, 0, 7], "0x0D (float)" },
        { "doubles", [0, 0, 0x0E, 1, 0, 0, 0, 0], "0x0E (double)" },
        { "no type", [0, 0, 0x0A, 1, 0, 0, 0, 0], "0x0A (no type of the format)" },
        { "zeros", new byte[100], "byte 2: the element type is 0x00" },
        { "rank 0", [0, 0, 8, 0, 7], "byte 3: the rank is 0" },
        { "rank without lengths", [0, 0, 8, 3], "ends after 0 of 12 bytes of the lengths of 3 dimensions" },
        { "rank 255", [0, 0, 8, 255, .. new byte[100]], "ends after 100 of 1020 bytes of the lengths of 255 dimensions" },
        { "negative length", [0, 0, 8, 1, 255, 255, 255, 255, 1], "byte 4: dimension 0 has the length 4294967295" },
        { "second length negative", [0, 0, 8, 2, 0, 0, 0, 1, 128, 0, 0, 0], "byte 8: dimension 1 has the length 2147483648" },
        { "overflow", [0, 0, 8, 2, 127, 255, 255, 255, 127, 255, 255, 255], "byte 4: the shape 2147483647 × 2147483647 is larger" },
        { "overflow to zero", [0, 0, 8, 4, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0], "is larger than the" },
        { "overflow beside a zero", [0, 0, 8, 3, 0, 0, 0, 0, 127, 255, 255, 255, 127, 255, 255, 255], "is larger than the" },
        { "no values", [0, 0, 8, 1, 0, 0, 0, 5], "byte 8: the file ends after 0 of 5 bytes of the 5 values that the header promises" },
        { "too few values", [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5],
            "byte 17: the file ends after 5 of 6 bytes of the 2 × 3 values" },
        { "too many values", [0, 0, 8, 1, 0, 0, 0, 2, 1, 2, 3], "byte 10: more bytes follow the 2 values" },
        { "bytes after nothing", [0, 0, 8, 1, 0, 0, 0, 0, 9], "byte 8: more bytes follow the 0 values" },
    };

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("a.idx")]
    [InlineData("a.idx.gz")]
    public void Read_gives_back_what_Write_wrote(string name)
    {
        IdxArray[] arrays =
        [
            Images, new(new byte[] { 7 }, 1), new(Array.Empty<byte>(), 0), new(Array.Empty<byte>(), 0, 28, 28),
            new(new byte[8], 2, 2, 1, 1, 2),
            new(new byte[] { 9 }, [.. Enumerable.Repeat(1, 255)]), new(Noise(300_000), 3, 100_000),
        ];
        foreach (var array in arrays)
        {
            IdxFile.Write(folder[name], array).Good();
            Assert.Equal(array, IdxFile.Read(folder[name]).Good());
        }

        Assert.Equal([name], folder.Entries);
    }

    [Fact]
    public void Compression_is_seen_in_the_content_not_in_the_name()
    {
        IdxFile.Write(folder["a.gz"], Images).Good();
        File.Move(folder["a.gz"], folder["b.idx"]);
        Assert.Equal(Images, IdxFile.Read(folder["b.idx"]).Good());
        Assert.Equal(Images, IdxFile.Read(folder.Write("plain.gz", Plain(Images))).Good());
    }

    [Theory]
    [MemberData(nameof(DamagedFiles))]
    public void A_damaged_file_gives_an_error_with_file_byte_and_reason(string name, byte[] content, string reason)
    {
        var plain = folder.Write($"{name}.idx", content);
        var fault = IdxFile.Read(plain).Fault();
        Assert.StartsWith(plain + ", byte ", fault, StringComparison.Ordinal);
        Assert.Contains(reason, fault, StringComparison.Ordinal);

        var compressed = folder.Write($"{name}.gz", Gzip(content));
        fault = IdxFile.Read(compressed).Fault();
        Assert.StartsWith(compressed + ", byte ", fault, StringComparison.Ordinal);
        Assert.Contains(reason[(reason.IndexOf(':', StringComparison.Ordinal) + 1)..], fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_truncation_of_a_file_is_an_error()
    {
        foreach (var whole in new[] { Plain(Images), Gzip(Plain(Images)), Gzip(Plain(new IdxArray(Noise(400), 20, 20))) })
        {
            for (var length = 0; length < whole.Length; length++)
            {
                var path = folder.Write("cut.idx", whole[..length]);
                Assert.StartsWith(path + ", byte ", IdxFile.Read(path).Fault(), StringComparison.Ordinal);
            }

            Assert.True(IdxFile.Read(folder.Write("cut.idx", whole)).IsRight);
        }
    }

    [Theory]
    [InlineData(new byte[] { 0 })]
    [InlineData(new byte[] { 1, 2, 3, 4, 5 })]
    [InlineData(new byte[] { 0, 0, 0, 0, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 0x1F, 0x8B })]
    [InlineData(new byte[] { 0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3 })]
    public void Bytes_after_a_gzip_stream_are_an_error(byte[] more) =>
        Assert.Contains("gzip", IdxFile.Read(folder.Write("a.gz", [.. Gzip(Plain(Images)), .. more])).Fault(), StringComparison.Ordinal);

    [Fact]
    public void Two_gzip_streams_joined_are_an_error() =>
        Assert.Contains("byte 40 ", IdxFile.Read(folder.Write("a.gz", [.. Gzip(Plain(Images)), .. Gzip(Plain(Images))])).Fault(),
            StringComparison.Ordinal);

    [Fact]
    public void Every_flipped_bit_of_a_gzip_stream_is_found_or_harmless()
    {
        var whole = Gzip(Plain(Images));
        for (var bit = 0; bit < whole.Length * 8; bit++)
        {
            var flipped = whole.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            IdxFile.Read(folder.Write("flipped.gz", flipped)).Match(
                Right: array => Assert.Equal(Images, array),
                Left: error => Assert.StartsWith(folder["flipped.gz"], error.Message, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_file_changed_at_random_gives_an_array_of_its_size_or_an_error_and_never_a_crash()
    {
        var random = new Random(1);
        byte[][] wholes = [Plain(Images), Gzip(Plain(Images)), Gzip(Plain(new IdxArray(Noise(400), 20, 20)))];
        for (var round = 0; round < 4000; round++)
        {
            var bytes = wholes[round % wholes.Length].ToList();
            for (var change = random.Next(1, 5); change > 0; change--)
            {
                var at = random.Next(Math.Max(1, bytes.Count));
                switch (random.Next(4))
                {
                    case 0:
                        bytes.Insert(at, (byte)random.Next(256));
                        break;
                    case 1 when at < bytes.Count:
                        bytes.RemoveRange(at, random.Next(1, Math.Min(9, bytes.Count - at + 1)));
                        break;
                    case 2 when bytes.Count > 8:
                        bytes[random.Next(8)] = (byte)random.Next(256);
                        break;
                    default:
                        bytes[Math.Min(at, bytes.Count - 1)] ^= (byte)(1 << random.Next(8));
                        break;
                }
            }

            IdxFile.Read(folder.Write("changed.idx", [.. bytes])).Match(
                Right: array => Assert.Equal(array.Shape.Aggregate(1, (product, length) => product * length), array.Bytes.Length),
                Left: error => Assert.StartsWith(folder["changed.idx"], error.Message, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Memory_follows_the_values_that_are_there_not_the_header(bool isCompressed)
    {
        byte[] liar = [0, 0, 8, 2, 0, 1, 0, 0, 0, 0, 0x7F, 0, .. new byte[1000]];
        var path = folder.Write("liar.idx", isCompressed ? Gzip(liar) : liar);
        IdxFile.Read(path);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var fault = IdxFile.Read(path).Fault();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.Contains("ends after 1000 of 2130706432 bytes", fault.Replace("65536 × 32512", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("absent.idx", "there is no such file")]
    [InlineData("no/folder/absent.idx", "there is no such file")]
    [InlineData(".", "is a folder")]
    [InlineData("a\0b", "cannot be read")]
    public void What_is_no_file_is_an_error(string name, string reason)
    {
        var fault = IdxFile.Read(folder[name]).Fault();
        Assert.StartsWith(folder[name], fault, StringComparison.Ordinal);
        Assert.Contains(reason, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_path_is_an_error() => Assert.Contains("cannot be read", IdxFile.Read("").Fault(), StringComparison.Ordinal);

    [UnprivilegedFact]
    [UnsupportedOSPlatform("windows")]
    public void A_file_that_may_not_be_read_is_an_error()
    {
        var path = folder.Write("secret.idx", Plain(Images));
        File.SetUnixFileMode(path, UnixFileMode.None);
        Assert.Contains("cannot be read", IdxFile.Read(path).Fault(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_an_error_and_leaves_nothing()
    {
        folder.Write("file", []);
        Assert.Contains("cannot be written", IdxFile.Write(folder["file/below.idx"], Images).Fault(), StringComparison.Ordinal);
        Directory.CreateDirectory(folder["taken.idx"]);
        Assert.Contains("cannot be written", IdxFile.Write(folder["taken.idx"], Images).Fault(), StringComparison.Ordinal);
        Assert.Equal(["file", "taken.idx"], folder.Entries);
    }

    [Fact]
    public void An_array_checks_its_shape()
    {
        Assert.Contains("3 bytes do not fill the shape 2 × 2",
            Assert.Throws<ArgumentException>(() => new IdxArray(new byte[3], 2, 2)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new IdxArray(new byte[3]));
        Assert.Throws<ArgumentException>(() => new IdxArray(new byte[1], -1, -1));
        Assert.Throws<ArgumentException>(() => new IdxArray(new byte[1], [.. Enumerable.Repeat(1, 256)]));
        Assert.Equal("4 × 3 × 2 bytes", Images.ToString());
        Assert.NotEqual(Images, new IdxArray(Images.Bytes, 4, 6));
    }

    internal static byte[] Plain(IdxArray array) =>
    [
        0, 0, 8, (byte)array.Rank,
        .. array.Shape.SelectMany(length => new[] { (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length }),
        .. array.Bytes.Span,
    ];

    internal static byte[] Gzip(byte[] content)
    {
        var result = new MemoryStream();
        using (var zip = new GZipStream(result, CompressionLevel.Optimal))
        {
            zip.Write(content);
        }

        return result.ToArray();
    }

    private static byte[] Noise(int count)
    {
        var bytes = new byte[count];
        new Random(count).NextBytes(bytes);
        return bytes;
    }
}
