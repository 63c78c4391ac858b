using System.IO.Compression;
using System.Runtime.Versioning;

namespace FunctionalNN.Tests;

/// <summary>Whatever somebody gives to a reader in place of the file that is meant, the error says what it is and what to do.</summary>
public sealed class ForeignFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string, byte[], string> Known => new()
    {
        { "a.h5", [0x89, .. "HDF\r\n"u8, 0x1A, 0x0A, 0, 0], "HDF5" },
        { "a.parquet", [.. "PAR1"u8, 0x15, 0x04, 0x15], "Parquet" },
        { "a.png", [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, 0, 0, 0, 13], "PNG" },
        { "a.jpg", [0xFF, 0xD8, 0xFF, 0xE0, 0, 16], "JPEG" },
        { "a.pdf", [.. "%PDF-1.7\n"u8], "PDF" },
        { "a.xls", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0], "Office" },
        { "a.bz2", [.. "BZh91AY&SY"u8], "bunzip2" },
        { "a.xz", [0xFD, .. "7zXZ"u8, 0, 0], "unxz" },
        { "a.zst", [0x28, 0xB5, 0x2F, 0xFD, 4], "unzstd" },
        { "a.7z", [.. "7z"u8, 0xBC, 0xAF, 0x27, 0x1C], "7z" },
        { "a.pkl", [0x80, 4, 0x95, 10, 0, 0, 0], "pickle" },
        { "a.db", [.. "SQLite format 3"u8, 0], "SQLite" },
        { "a.mat", [.. "MATLAB 5.0 MAT-file, Platform: GLNXA64"u8], "MATLAB" },
        { "a.tar", [.. new byte[257], .. "ustar"u8, 0], "tar" },
        { "lfs", [.. "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n"u8], "git lfs pull" },
        { "a.html", [.. "\n<!DOCTYPE html><html><body>404</body></html>"u8], "HTML" },
        { "b.html", [.. "<HTML><body>404</body></HTML>"u8], "HTML" },
        { "a.xml", [.. "<?xml version=\"1.0\"?><Error/>"u8], "XML" },
        { "a.gguf", [.. "GGUF"u8, 3, 0, 0, 0], "GGUF" },
    };

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Known))]
    public void Every_reader_knows_it(string name, byte[] content, string what)
    {
        var path = folder.Write(name, content);
        Assert.All(Faults(path), fault =>
        {
            Assert.StartsWith($"{path} is ", fault, StringComparison.Ordinal);
            Assert.Contains(what, fault, StringComparison.Ordinal);
        });
        Assert.Contains(what, OnnxFile.Read<float>(content).Fault(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model/data.pkl", "PyTorch")]
    [InlineData("[Content_Types].xml", "Excel")]
    [InlineData("model.weights.h5", "Keras")]
    [InlineData("data.csv", "zip archive")]
    public void Archives_are_told_by_their_entries(string entry, string what)
    {
        var path = folder["a.bin"];
        using (var zip = new ZipArchive(File.Create(path), ZipArchiveMode.Create))
        {
            using var content = zip.CreateEntry(entry, CompressionLevel.NoCompression).Open();
            content.Write("x,y\n1,2\n"u8);
        }

        Assert.All(Faults(path).Where(fault => !fault.Contains(".npy", StringComparison.Ordinal)),
            fault => Assert.Contains(what, fault, StringComparison.Ordinal));
        Assert.Contains(what == "zip archive" ? "does not end in .npy" : what, NumPyArchive.Read(path).Fault(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_compressed_table_is_read_and_what_is_compressed_in_it_is_known()
    {
        var path =
            folder.Write("a.csv.gz", IdxFileTests.Gzip([.. "<!DOCTYPE html>"u8, .. new string(' ', 50).Select(letter => (byte)letter)]));
        Assert.Contains("HTML", Csv.Read(path, new CsvOptions { Label = "y" }).Fault(), StringComparison.Ordinal);
        Assert.Contains("compressed with gzip", SafeTensorsFile.Read(path).Fault(), StringComparison.Ordinal);
        Assert.Contains("compressed with gzip", OnnxFile.Read<float>(path).Fault(), StringComparison.Ordinal);
    }

    [Fact]
    public void Our_own_files_in_the_wrong_reader_are_told_where_to_go()
    {
        var model = new Network(1, [new Dense(1)]).Initialize(1);
        model.Save(folder["a.safetensors"]).OrThrow();
        new NumPyArchive(("x", NumPyArray.Of<float>([1, 2], 2))).Write(folder["a.npz"]).OrThrow();
        NumPyFile.Write(folder["a.npy"], NumPyArray.Of<float>([1, 2], 2)).OrThrow();
        Assert.Contains("safetensors file: read it with Model.Load",
            Csv.Read(folder["a.safetensors"], new CsvOptions { Label = "y" }).Fault(), StringComparison.Ordinal);
        Assert.Contains("read it with NumPyArchive.Read", SafeTensorsFile.Read(folder["a.npz"]).Fault(), StringComparison.Ordinal);
        Assert.Contains("read it with NumPyFile.Read", OnnxFile.Read<float>(folder["a.npy"]).Fault(), StringComparison.Ordinal);
    }

    [Fact]
    public void Entries_of_an_archive_that_are_no_arrays_are_passed_over()
    {
        var path = folder["a.npz"];
        new NumPyArchive(("x", NumPyArray.Of<float>([1, 2], 2))).Write(path).OrThrow();
        using (var zip = new ZipArchive(File.Open(path, FileMode.Open), ZipArchiveMode.Update))
        {
            foreach (var stray in new[] { "README.txt", "__MACOSX/._x.npy", "folder/" })
            {
                using var content = zip.CreateEntry(stray).Open();
                content.Write(stray.EndsWith('/') ? [] : "text"u8);
            }
        }

        Assert.Equal(["x"], NumPyArchive.Read(path).OrThrow().Names);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Pipes_and_devices_are_refused_at_once()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using (var made = System.Diagnostics.Process.Start("mkfifo", folder["pipe"]))
        {
            made.WaitForExit();
        }

        File.CreateSymbolicLink(folder["link"], folder["pipe"]);
        foreach (var (path, what) in new[] { (folder["pipe"], "a named pipe"), (folder["link"], "a named pipe"), ("/dev/zero", "a device"),
            ("/dev/null", "a device") })
        {
            Assert.All(Faults(path), fault => Assert.Contains($"{path} is {what}, expected ", fault, StringComparison.Ordinal));
            Assert.Contains(what, StoredRows.OpenBytes<float>(path, 4).Fault(), StringComparison.Ordinal);
            Assert.Contains($"is {what}", new Network(1, [new Dense(1)]).Initialize(1).Save(path).Fault(), StringComparison.Ordinal);
        }
    }

    private static string[] Faults(string path) =>
    [
        Csv.Read(path, new CsvOptions { Label = "y" }).Fault(),
        SafeTensorsFile.Read(path).Fault(),
        Model.Load<float>(path).Fault(),
        NumPyArchive.Read(path).Fault(),
        NumPyFile.Read(path).Fault(),
        OnnxFile.Read<float>(path).Fault(),
        IdxFile.Read(path).Fault(),
    ];
}
