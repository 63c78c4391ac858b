using System.IO.Compression;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN.Tests;

/// <summary>A file made for a reader.</summary>
/// <param name="Bytes">What is in it.</param>
/// <param name="Expanded">The bytes that the reader may meet: more where it is compressed.</param>
internal sealed record FuzzFile(byte[] Bytes, int Expanded)
{
    /// <summary>Compressed by gzip, and mostly damaged as compressed files are: cut off, with another length, sum or end.</summary>
    public FuzzFile Zipped(Key key)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, key.Below(2, 0) == 0 ? CompressionLevel.Fastest : CompressionLevel.NoCompression, true))
        {
            gzip.Write(Bytes);
        }

        var zipped = memory.ToArray();
        switch (zipped.Length < 8 ? 9 : key.Below(8, 1))
        {
            case 0:
                zipped = zipped[..key.Below(zipped.Length, 2)];
                break;
            case 1:
                zipped[^(1 + key.Below(8, 2))] ^= (byte)(1 << key.Below(8, 3));
                break;
            case 2:
                zipped[key.Below(zipped.Length, 2)] ^= (byte)(1 << key.Below(8, 3));
                break;
            case 3:
                zipped = [.. zipped, .. zipped];
                break;
            case 4:
                zipped = [.. zipped, 0, 1, 2];
                break;
            default:
                break;
        }

        return new FuzzFile(zipped, 2 * Bytes.Length);
    }
}

/// <summary>Many files for one reader: each gives a value or an error that begins with the file and is short, and takes no more memory than
/// a multiple of what is in it. How many files follows from FUNCTIONALNN_FUZZ, where they begin from FUNCTIONALNN_FUZZ_SEED.</summary>
/// <param name="start">The bytes that reading nothing may take: buffers.</param>
/// <param name="factor">The bytes that a byte of the file may take.</param>
internal sealed class FuzzRun(int start, int factor)
{
    private const int MaxMessage = 6000;

    private int errors;
    private int values;
    private long most;
    private double dearest;

    public static int Count => int.TryParse(Environment.GetEnvironmentVariable("FUNCTIONALNN_FUZZ"), out var count) ? count : 20_000;

    public static ulong Seed =>
        ulong.TryParse(Environment.GetEnvironmentVariable("FUNCTIONALNN_FUZZ_SEED"), out var seed) ? seed : (ulong)Environment.TickCount64;

    /// <summary>Makes and reads the files; fails unless a twentieth of them are read and a twentieth refused.</summary>
    /// <param name="make">A file by a key.</param>
    /// <param name="read">Reads it, and checks what came; the answer of each reader.</param>
    /// <param name="begins">What an error begins with.</param>
    public string Of(Func<Key, FuzzFile> make, Func<FuzzFile, Key, IEnumerable<Either<Error, Unit>>> read, string begins)
    {
        var seed = Seed;
        for (var i = 0; i < Count; i++)
        {
            var key = new Key(seed).Fold(i);
            var file = make(key.Fold(1));
            try
            {
                One(file, key.Fold(2), read, begins);
            }
            catch (Exception fault)
            {
                var head = Convert.ToHexString(file.Bytes.AsSpan(0, Math.Min(file.Bytes.Length, 2000)));
                throw new InvalidOperationException($"file {i} of seed {seed}: {fault.Message}; {head}", fault);
            }
        }

        Assert.True(Math.Min(errors, values) > (errors + values) / 20, $"{errors} errors, {values} read: damaged too much or too little");
        return $"seed {seed}: {Count} files, {errors} errors, {values} read; most memory {most} bytes, {dearest:F1} times a file above "
            + "1 KB";
    }

    private void One(FuzzFile file, Key key, Func<FuzzFile, Key, IEnumerable<Either<Error, Unit>>> read, string begins)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var answer in read(file, key))
        {
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            most = Math.Max(most, allocated);
            dearest = file.Expanded > 1024 ? Math.Max(dearest, (double)allocated / file.Expanded) : dearest;
            Assert.True(allocated < start + ((long)factor * (file.Bytes.Length + file.Expanded)),
                $"{allocated} bytes for {file.Bytes.Length}, {file.Expanded} expanded");
            answer.Match(
                Right: _ => values++,
                Left: error =>
                {
                    errors++;
                    Assert.StartsWith(begins, error.Message, StringComparison.Ordinal);
                    Assert.InRange(error.Message.Length, begins.Length + 12, MaxMessage);
                });
            before = GC.GetAllocatedBytesForCurrentThread();
        }
    }
}
