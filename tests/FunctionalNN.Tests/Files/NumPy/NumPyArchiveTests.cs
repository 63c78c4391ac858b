using System.IO.Compression;

namespace FunctionalNN.Tests;

public sealed class NumPyArchiveTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static NumPyArchive Sample =>
        new(("x", NumPyArray.Of<float>([1, 2, 3, 4], 2, 2)), ("a/b:0", NumPyArray.Of<long>([7])), ("ü", NumPyArray.Of("cat")));

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_gives_back_what_Write_wrote(bool isCompressed)
    {
        NumPyArchive[] archives = [Sample, new(), new(("big", NumPyArray.Of<int>(Enumerable.Range(0, 300_000).ToArray(), 3, 100_000)))];
        foreach (var archive in archives)
        {
            archive.Write(folder["a.npz"], isCompressed).Good();
            Assert.Equal(archive, NumPyArchive.Read(folder["a.npz"]).Good());
        }

        Assert.Equal(["a.npz"], folder.Entries);
    }

    [Fact]
    public void Equal_archives_are_equal_files()
    {
        Sample.Write(folder["a"]).Good();
        Sample.Write(folder["b"]).Good();
        Assert.Equal(File.ReadAllBytes(folder["a"]), File.ReadAllBytes(folder["b"]));
    }

    [Fact]
    public void Every_type_and_order_of_NumPys_is_read()
    {
        var archive = NumPyArchive.Read(Fixtures.Of("every_type.npz")).Good();
        var numbers = Enumerable.Range(0, 24).Select(i => (double)i).ToArray();
        foreach (var (name, array) in archive.Arrays.Where(pair => pair.Key.Contains('/', StringComparison.Ordinal)))
        {
            if (array.Type == NumPyType.Text)
            {
                Assert.Equal(["cat", "", "naïve", "𝄞", "a b", "dog"], array.ToTexts());
                continue;
            }

            Assert.True(array.Shape.SequenceEqual([2, 3, 4]), name);
            Assert.Equal(array.Type == NumPyType.Bool ? numbers.Select(i => i % 2) : numbers, array.ToNumbers<double>());
        }

        Assert.Equal(13 * 4 + 3, archive.Arrays.Length);
        Assert.Equal(2.5, archive["scalar"].ToMatrix<double>()[0, 0]);
        Assert.Equal("float32 0 × 3", archive["empty"].ToString());
        Assert.Equal([float.NaN, float.PositiveInfinity, float.NegativeInfinity, -0f, 1e-45f, 3.4e38f],
            archive["special"].ToNumbers<float>());
    }

    [Fact]
    public void The_order_of_the_file_is_kept() =>
        Assert.Equal(["arr_0", "arr_1"], NumPyArchive.Read(Fixtures.Of("positional.npz")).Good().Names);

    [Fact]
    public void Python_objects_are_an_error_that_names_entry_and_byte() =>
        Assert.Contains("objects.npz, entry 'bad.npy', byte 20: the elements are Python objects",
            NumPyArchive.Read(Fixtures.Of("objects.npz")).Fault(), StringComparison.Ordinal);

    [Theory]
    [InlineData("../x.npy", "entry '../x.npy': the name is a path with empty, '.' or '..' parts")]
    [InlineData("a/../x.npy", "entry 'a/../x.npy': the name is a path with")]
    [InlineData("/etc/x.npy", "entry '/etc/x.npy': the name is an absolute path")]
    [InlineData("C:/x.npy", "entry 'C:/x.npy': the name is an absolute path")]
    [InlineData("a\\x.npy", "the name has a backslash in it")]
    [InlineData("a\nb.npy", "entry 'a\\x0Ab.npy': the name has a control character in it")]
    [InlineData(".npy", "entry '.npy': the name is empty")]
    [InlineData("readme.txt", "entry 'readme.txt': the name does not end in .npy")]
    [InlineData("folder/", "entry 'folder/': the name does not end in .npy")]
    public void A_name_that_no_array_has_is_an_error(string name, string reason) =>
        Assert.Contains($"a.npz, {reason}".Replace("a.npz, the", "the", StringComparison.Ordinal),
            NumPyArchive.Read(Zip((name, Npy()))).Fault(), StringComparison.Ordinal);

    [Fact]
    public void A_name_that_is_there_twice_is_an_error() =>
        Assert.Equal($"{folder["a.npz"]}, entry 'x.npy': there are two entries of this name",
            NumPyArchive.Read(Zip(("x.npy", Npy()), ("x.npy", Npy()))).Fault());

    [Fact]
    public void An_archive_that_expands_beyond_the_limit_is_an_error_before_it_is_unpacked()
    {
        var bomb = Zip(("x.npy", Npy(70_000_000)));
        Assert.InRange(new FileInfo(bomb).Length, 1, 1_000_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var fault = NumPyArchive.Read(bomb).Fault();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.StartsWith($"{bomb}, entry 'x.npy': this and the entries before it have 70000128 bytes once decompressed, of a file of ",
            fault, StringComparison.Ordinal);
        Assert.EndsWith("the limit is 67108864: if you trust the file, read it with maximumBytes: 70000128 or more", fault,
            StringComparison.Ordinal);

        var zeros = Zip(("x.npy", Npy(1_000_000)));
        Assert.EndsWith("the limit is 1000127: if you trust the file, read it with maximumBytes: 1000128 or more",
            NumPyArchive.Read(zeros, maximumBytes: 1_000_127).Fault(), StringComparison.Ordinal);
        Assert.Equal(1_000_000, NumPyArchive.Read(zeros, maximumBytes: 1_000_128).Good()["x"].Count);
    }

    [Fact]
    public void An_archive_that_lies_about_its_size_is_an_error()
    {
        var path = Zip(("x.npy", Npy(100_000)));
        var bytes = File.ReadAllBytes(path);
        var directory = bytes.AsSpan().LastIndexOf("PK\x01\x02"u8);
        BitConverter.TryWriteBytes(bytes.AsSpan(directory + 24), 500);
        Assert.Contains("entry 'x.npy', byte 128: 372 bytes are left, expected 100000",
            NumPyArchive.Read(folder.Write("a.npz", bytes)).Fault(), StringComparison.Ordinal);
        BitConverter.TryWriteBytes(bytes.AsSpan(directory + 24), 60_000_000);
        var fault = NumPyArchive.Read(folder.Write("a.npz", bytes)).Fault();
        Assert.Contains("entry 'x.npy', byte 100128: more bytes follow", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_content_is_an_error_even_where_it_could_be_read()
    {
        Sample.Write(folder["a.npz"]).Good();
        var bytes = File.ReadAllBytes(folder["a.npz"]);
        var number = bytes.AsSpan().IndexOf(BitConverter.GetBytes(3f));
        bytes[number + 2] ^= 1;
        Assert.Contains("entry 'x.npy': the check sum is ", NumPyArchive.Read(folder.Write("a.npz", bytes)).Fault(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_damaged_name_is_an_error(bool isInDirectory)
    {
        new NumPyArchive(("other", Sample["x"]), ("weights", Sample["x"])).Write(folder["a.npz"]).Good();
        var bytes = File.ReadAllBytes(folder["a.npz"]);
        var at = isInDirectory ? bytes.AsSpan().LastIndexOf("weights"u8) : bytes.AsSpan().IndexOf("weights"u8);
        bytes[at] ^= 1;
        Assert.Equal(
            $"{folder["a.npz"]}, entry '{(isInDirectory ? 'v' : 'w')}eights.npy': the entry has this name in the directory of the archive "
                + $"and another at its own head: one of the two is damaged",
            NumPyArchive.Read(folder.Write("a.npz", bytes)).Fault());
    }

    [Fact]
    public void A_directory_that_lists_nothing_is_an_error_where_there_is_something()
    {
        Sample.Write(folder["a.npz"]).Good();
        var bytes = File.ReadAllBytes(folder["a.npz"]);
        var end = bytes.AsSpan().LastIndexOf("PK\x05\x06"u8);
        bytes.AsSpan(end + 8, 4).Clear();
        BitConverter.TryWriteBytes(bytes.AsSpan(end + 16), end);
        Assert.Equal($"{folder["a.npz"]}: the directory lists no entries, but there are {end} bytes before it: it is damaged",
            NumPyArchive.Read(folder.Write("a.npz", bytes)).Fault());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_directory_that_lists_the_first_entry_alone_is_an_error(bool isCompressed)
    {
        new NumPyArchive(("first", Sample["x"]), ("second", Sample["x"]), ("third", Sample["x"])).Write(folder["a.npz"], isCompressed)
            .Good();
        var bytes = File.ReadAllBytes(folder["a.npz"]);
        var start = bytes.AsSpan().IndexOf("PK\x01\x02"u8);
        var next = start + 4 + bytes.AsSpan(start + 4).IndexOf("PK\x01\x02"u8);
        var end = bytes.AsSpan().LastIndexOf("PK\x05\x06"u8);
        bytes[end + 8] = bytes[end + 10] = 1;
        BitConverter.TryWriteBytes(bytes.AsSpan(end + 12), next - start);
        Assert.Equal(
            $"{folder["a.npz"]}, entry 'second.npy': the entry is in the file and not in the directory of the archive, which lists 1: the "
                + "archive is damaged",
            NumPyArchive.Read(folder.Write("a.npz", [.. bytes[..next], .. bytes[end..]])).Fault());
    }

    [Fact]
    public void An_entry_whose_name_was_cut_off_in_both_places_is_an_error()
    {
        new NumPyArchive(("first", Sample["x"]), ("second", Sample["x"])).Write(folder["a.npz"]).Good();
        var bytes = File.ReadAllBytes(folder["a.npz"]);
        var (head, entry) = (bytes.AsSpan().LastIndexOf("PK\x03\x04"u8), bytes.AsSpan().LastIndexOf("PK\x01\x02"u8));
        foreach (var length in (byte[])[0, 3])
        {
            bytes[head + 26] = length;
            bytes[entry + 28] = length;
            bytes[entry + 30] = (byte)("second.npy".Length - length);
            Assert.Matches("a.npz(, entry '.*')?: .*", NumPyArchive.Read(folder.Write("a.npz", bytes)).Fault());
        }
    }

    [Fact]
    public void Names_at_the_heads_are_found_wherever_a_chunk_ends()
    {
        for (var count = 65_000; count < 65_600; count += 13)
        {
            new NumPyArchive(("first", new(NumPyType.UInt8, 1, [count], new byte[count])), ("second", Sample["x"])).Write(folder["a.npz"])
                .Good();
            Assert.Equal(["first", "second"], NumPyArchive.Read(folder["a.npz"]).Good().Names);
        }
    }

    [Fact]
    public void A_file_of_another_kind_is_an_error()
    {
        Assert.Contains("matrix.npy, byte 0: this is an .npy file of one array, not an .npz archive: read it with NumPyFile.Read",
            NumPyArchive.Read(Fixtures.Of("matrix.npy")).Fault(), StringComparison.Ordinal);
        Assert.Equal($"{folder["a"]}, byte 0: the file is empty, expected an .npz file", NumPyArchive.Read(folder.Write("a", [])).Fault());
        Assert.StartsWith($"{folder["a"]}: this is no whole zip archive: ", NumPyArchive.Read(folder.Write("a", new byte[100])).Fault(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Arrays_are_found_by_name()
    {
        Assert.Equal("the archive has no array 'y'; it has x, a/b:0, ü", Sample.Find("y").Fault());
        Assert.Equal("the archive has no array 'y'; it has x, a/b:0, ü", Assert.Throws<KeyNotFoundException>(() => Sample["y"]).Message);
        Assert.Equal([7L], Sample["a/b:0"].Values<long>().ToArray());
        Assert.Equal(["x", "a/b:0", "ü", "z"], Sample.With("z", Sample["x"]).Names);
        Assert.Equal(Sample["x"], Sample.With("ü", Sample["x"])["ü"]);
        Assert.Equal("the name '..' is a path with empty, '.' or '..' parts",
            Assert.Throws<ArgumentException>(() => Sample.With("..", Sample["x"])).Message);
        Assert.Equal("the name 'x' is there twice",
            Assert.Throws<ArgumentException>(() => new NumPyArchive(("x", Sample["x"]), ("x", Sample["x"]))).Message);
        Assert.Contains("a/b:0  int64        1", Sample.ToString(), StringComparison.Ordinal);
    }

    [PythonFact("numpy")]
    public void NumPy_loads_what_was_written()
    {
        Sample.Write(folder["a.npz"]).Good();
        Sample.Write(folder["b.npz"], isCompressed: true).Good();
        var printed =
            Python.Run("numpy",
                "import sys, numpy as np\nfor p in sys.argv[1:]:\n  a = np.load(p); print({n: a[n].tolist() for n in a.files})",
                folder["a.npz"], folder["b.npz"]);
        const string Expected = "{'x': [[1.0, 2.0], [3.0, 4.0]], 'a/b:0': [7], 'ü': ['cat']}\n";
        Assert.Equal(Expected + Expected, printed);
    }

    internal static byte[] Npy(int count = 4)
    {
        using var stream = new MemoryStream();
        NumPyFile.Write(stream, new NumPyArray(NumPyType.UInt8, 1, [count], new byte[count]));
        return stream.ToArray();
    }

    private string Zip(params (string Name, byte[] Content)[] entries)
    {
        using (var zip = new ZipArchive(File.Create(folder["a.npz"]), ZipArchiveMode.Create))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return folder["a.npz"];
    }
}
