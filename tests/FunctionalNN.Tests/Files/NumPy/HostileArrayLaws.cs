using System.Diagnostics;
using System.IO.Compression;
using LanguageExt;
using LanguageExt.Common;
using Xunit.Abstractions;

namespace FunctionalNN.Tests;

/// <summary>
/// .npy and .npz files changed at random. Each gives an error that names the file, the place and the reason, or the right content; never
/// anything else, and never much memory. Half of the archives are made anew around changed entries, with the right check sums, as an
/// attacker would make them.
/// </summary>
/// <remarks>FUNCTIONALNN_FUZZ sets how many; FUNCTIONALNN_FUZZ_SEED where they begin.</remarks>
[Trait("Duration", "Long")]
public class HostileArrayLaws(ITestOutputHelper output)
{
    private const int ByteFactor = 20;
    private const int Start = 130_000;
    private const int MaxExpanded = 100_000;

    private static int Count => int.TryParse(Environment.GetEnvironmentVariable("FUNCTIONALNN_FUZZ"), out var count) ? count : 20_000;

    private static ulong Seed =>
        ulong.TryParse(Environment.GetEnvironmentVariable("FUNCTIONALNN_FUZZ_SEED"), out var seed) ? seed : (ulong)Environment.TickCount64;

    private static (string Name, NumPyArray Array)[] Arrays =>
    [
        ("weights", NumPyArray.Of<float>([.. Enumerable.Range(0, 60).Select(i => 1f / (i + 1))], 5, 12)),
        ("labels", NumPyArray.Of<byte>([3, 1, 4, 1, 5])),
        ("a/b:0", NumPyArray.Of<double>([1, 2, 3, 4, 5, 6, 7, 8], 2, 2, 2)), ("names", NumPyArray.Of("cat", "naïve")),
        ("true", NumPyArray.Of<bool>([true, false, true])),
        ("zeros", NumPyArray.Of<long>(new long[3000], 30, 100)), ("none", NumPyArray.Of<int>([], 0, 4)),
    ];

    [Fact]
    public void A_changed_npy_file_gives_an_error_or_all_its_elements()
    {
        var files = Arrays.Select(pair => Written(stream => NumPyFile.Write(stream, pair.Array))).ToArray();
        var seed = Seed;
        var watched = new Watched();
        for (var i = 0; i < Count; i++)
        {
            var key = new Key(seed).Fold(i);
            var bytes = ArrayMutations.Npy(files[key.Below(files.Length, 0)], files[key.Below(files.Length, 1)], key.Fold(1));
            var answer =
                watched.Read($"file {i} of seed {seed}", bytes, 0, () => new NumPyReader(new MemoryStream(bytes), bytes.Length).Read());
            answer.Match(
                Right: array =>
                {
                    Assert.Equal(bytes.Length - Offset(bytes), array.Bytes.Length);
                    var again = Written(stream => NumPyFile.Write(stream, array));
                    Assert.Equal(array, new NumPyReader(new MemoryStream(again), again.Length).Read());
                    Assert.NotEmpty(array.ToString());
                },
                Left: error => Assert.Matches("^hostile, byte [0-9]+: .{12}", error.Message));
        }

        output.WriteLine($"seed {seed}: {watched}");
        Assert.True(watched.Errors > Count / 2 && watched.Values > 0);
    }

    [Fact]
    public void A_changed_npz_file_gives_an_error_or_the_same_arrays()
    {
        var all = Arrays;
        byte[][] files =
        [
            Written(stream => new NumPyArchive(all).Write(stream, isCompressed: false)),
            Written(stream => new NumPyArchive(all).Write(stream, isCompressed: true)),
            Written(stream => new NumPyArchive(all[..2]).Write(stream, isCompressed: true)),
            Written(stream => new NumPyArchive(all[3..4]).Write(stream, isCompressed: false)),
        ];
        NumPyArchive[] contents = [new(all), new(all[..2]), new(all[3..4])];
        var seed = Seed;
        var watched = new Watched();
        for (var i = 0; i < Count; i++)
        {
            var key = new Key(seed).Fold(-1 - i);
            var which = key.Below(files.Length, 0);
            var isForged = key.Below(2, 1) == 0;
            var bytes = isForged
                ? Forged(all, key.Fold(1))
                : ArrayMutations.Npz(files[which], files[key.Below(files.Length, 2)], key.Fold(1));
            var answer =
                watched.Read($"file {i} of seed {seed}", bytes, MaxExpanded,
                    () => new NumPyArchiveReader(new MemoryStream(bytes), "hostile", MaxExpanded).Read());
            answer.Match(
                Right: archive => Assert.True(
                    isForged || contents.Contains(archive),
                    $"file {i} of seed {seed}: other arrays were read in spite of the check sums: {archive}"),
                Left: error => Assert.Matches("^hostile(, entry '.*')?(, byte [0-9]+)?: .{12}", error.Message));
        }

        output.WriteLine($"seed {seed}: {watched}");
        Assert.True(watched.Errors > Count / 2 && watched.Values > 0);
    }

    [Fact]
    public void Entries_that_share_bytes_are_an_error()
    {
        // One entry's bytes four times, each under another name: what a bomb does that expands further than deflate can.
        var file = Written(stream => new NumPyArchive(("a", NumPyArray.Of<long>(new long[3000]))).Write(stream, isCompressed: false));
        var directory = file.AsSpan().LastIndexOf("PK\x01\x02"u8);
        var end = file.AsSpan().LastIndexOf("PK\x05\x06"u8);
        var entry = file[directory..end];
        var name = entry.AsSpan().IndexOf("a.npy"u8);
        var entries = "bcde".Select(letter => (byte[])[.. entry[..name], (byte)letter, .. entry[(name + 1)..]]).SelectMany(bytes => bytes)
            .ToArray();
        var tail = file[end..];
        tail[8] = tail[10] = 4;
        BitConverter.TryWriteBytes(tail.AsSpan(12), entries.Length);
        byte[] shared = [.. file[..directory], .. entries, .. tail];
        Assert.Matches(
            "^hostile, entry 'c.npy': it should take 24128 bytes, and the entries before it take 24128, of a file of [0-9]+: they "
                + "overlap or the archive is damaged$",
            FileErrors.Guarded("hostile", "read", () => new NumPyArchiveReader(new MemoryStream(shared), "hostile", null).Read()).Fault());
    }

    /// <summary>An archive made anew around entries of which one was changed, perhaps with names that no archive should have.</summary>
    private static byte[] Forged((string Name, NumPyArray Array)[] arrays, Key key) => Written(stream =>
    {
        string[] names = ["../x.npy", "/x.npy", "a\\b.npy", "weights.npy", "x.txt", "x.npy/", "\u0001.npy", "labels.npy"];
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        var changed = key.Below(arrays.Length, 0);
        foreach (var (name, array) in arrays.Take(1 + key.Below(arrays.Length, 1)))
        {
            var bytes = Written(inner => NumPyFile.Write(inner, array));
            var (isChanged, isNamed) = (array == arrays[changed].Array, key.Below(30, 3) == 0);
            using var content =
                zip.CreateEntry(isNamed ? names[key.Below(names.Length, 4)] : $"{name}.npy",
                    key.Below(2, 2) == 0 ? CompressionLevel.Fastest : CompressionLevel.NoCompression).Open();
            content.Write(isChanged ? ArrayMutations.Npy(bytes, bytes, key.Fold(5)) : bytes);
            if (isChanged && key.Below(20, 6) == 0)
            {
                // Half a megabyte of zeros in a few hundred bytes.
                content.Write(new byte[500_000]);
            }
        }
    });

    private static int Offset(byte[] bytes) => bytes[6] == 1 ? 10 + BitConverter.ToUInt16(bytes, 8) : 12 + BitConverter.ToInt32(bytes, 8);

    private static byte[] Written(Action<MemoryStream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return stream.ToArray();
    }

    /// <summary>What reading costs, and how it ends.</summary>
    private sealed class Watched
    {
        private TimeSpan longest;
        private long most;

        public int Errors { get; private set; }

        public int Values { get; private set; }

        public Either<Error, T> Read<T>(string what, byte[] bytes, int expanded, Func<T> read)
        {
            var (before, watch) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.StartNew());
            var answer = FileErrors.Guarded("hostile", "read", read);
            var (allocated, time) = (GC.GetAllocatedBytesForCurrentThread() - before, watch.Elapsed);
            longest = time > longest ? time : longest;
            most = Math.Max(most, allocated - bytes.Length);
            Assert.True(allocated < Start + (3L * expanded) + ((long)ByteFactor * bytes.Length),
                $"{what}: {allocated} bytes were allocated for a file of {bytes.Length}");
            Errors += answer.IsLeft ? 1 : 0;
            Values += answer.IsRight ? 1 : 0;
            return answer;
        }

        public override string ToString() =>
            $"{Errors + Values} files, {Errors} errors, {Values} read; longest {longest.TotalMilliseconds:F1} ms, most memory {most} bytes "
                + $"beyond the file's size";
    }
}
