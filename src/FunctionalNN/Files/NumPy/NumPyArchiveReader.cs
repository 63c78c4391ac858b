using System.Collections.Immutable;
using System.IO.Compression;

namespace FunctionalNN;

/// <summary>
/// Reads an .npz file: a zip archive whose entries are .npy files. Everything that the archive says of itself is checked before it is
/// believed: names, doubles, overlaps, sizes against the limit, and each entry's check sum.
/// </summary>
/// <param name="file">The bytes, from the start.</param>
/// <param name="path">The file, for messages.</param>
/// <param name="maximumBytes">The most bytes of all entries once decompressed.</param>
internal sealed class NumPyArchiveReader(Stream file, string path, long? maximumBytes)
{
    private const long MinMaximum = 64L << 20;
    private const int MaxExpansion = 100;

    /// <summary>The bytes of an archive without entries.</summary>
    private const int EmptyArchive = 22;

    private long Maximum => maximumBytes ?? Math.Max(MinMaximum, MaxExpansion * file.Length);

    /// <exception cref="FileFault">The bytes are no whole .npz file.</exception>
    public NumPyArchive Read()
    {
        RequireZip();
        try
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            RequireSizes(zip);
            var (arrays, names) = (ImmutableArray.CreateBuilder<KeyValuePair<string, NumPyArray>>(), new HashSet<string>());
            var entries = zip.Entries.Where(IsArray).ToArray();
            if (entries.Length == 0 && zip.Entries.Count > 0)
            {
                throw In(zip.Entries[0], "the name does not end in .npy, as every array's does, nor does any other");
            }

            foreach (var entry in entries)
            {
                arrays.Add(KeyValuePair.Create(Name(entry, names), Array(entry)));
            }

            RequireHeads(zip);
            return new NumPyArchive(path, arrays.ToImmutable());
        }
        catch (Exception fault) when (fault is InvalidDataException or ArgumentException or OverflowException or EndOfStreamException
            or NotSupportedException)
        {
            throw new FileFault($"this is no whole zip archive: {fault.Message}");
        }
    }

    /// <summary>The directory and the heads of the entries say the same. The file is searched as a whole only where entries do not lie one
    /// behind the other.</summary>
    private void RequireHeads(ZipArchive zip)
    {
        var unlisted = ZipHeads.FirstUnlisted(file, zip.Entries.DistinctBy(entry => entry.FullName)
            .ToDictionary(entry => entry.FullName, entry => entry.CompressedLength), out var areAllListed);
        if (!areAllListed && ZipHeads.FirstWithout(file,
            [.. zip.Entries.Select(entry => entry.FullName)
                .Where(name => System.Text.Encoding.UTF8.GetByteCount(name) <= ArchiveNames.MaxBytes)]) is { } odd)
        {
            throw new FileFault($"entry '{ArchiveNames.Shown(odd)}'",
                "the entry has this name in the directory of the archive and another at its own head: one of the two is damaged");
        }

        if (unlisted is var (lost, reason))
        {
            throw new FileFault($"entry '{ArchiveNames.Shown(lost)}'", $"{reason}: the archive is damaged");
        }
    }

    private void RequireZip()
    {
        var start = new byte[6];
        var read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        if (read == 0)
        {
            throw new FileFault(0, "the file is empty, expected an .npz file");
        }

        if (start.AsSpan().SequenceEqual(NumPyHeader.Magic))
        {
            throw new FileFault(0, "this is an .npy file of one array, not an .npz archive: read it with NumPyFile.Read");
        }
    }

    /// <summary>What the directory promises, before a byte of it is decompressed. Entries that share bytes would expand them several
    /// times.</summary>
    private void RequireSizes(ZipArchive zip)
    {
        if (zip.Entries.Count == 0 && file.Length > EmptyArchive)
        {
            throw new FileFault(
                $"the directory lists no entries, but there are {file.Length - EmptyArchive} bytes before it: it is damaged");
        }

        long stored = 0, expanded = 0;
        foreach (var entry in zip.Entries)
        {
            if (entry.CompressedLength < 0 || entry.Length < 0 || entry.CompressedLength > file.Length - stored)
            {
                throw In(entry,
                    $"it should take {entry.CompressedLength} bytes, and the entries before it take {stored}, of a file of {file.Length}: "
                        + $"they overlap or the archive is damaged");
            }

            stored += entry.CompressedLength;
            expanded = entry.Length > long.MaxValue - expanded ? long.MaxValue : expanded + entry.Length;
            if (expanded > Maximum)
            {
                throw In(entry,
                    $"this and the entries before it have {expanded} bytes once decompressed, of a file of {file.Length}; the limit is "
                        + $"{Maximum}: if you trust the file, read it with maximumBytes: {expanded} or more");
            }
        }
    }

    /// <summary>Whether an entry is an array: people and programs also put readme files and folders into archives, and macOS shadows of
    /// each file.</summary>
    private static bool IsArray(ZipArchiveEntry entry) =>
        entry.FullName.EndsWith(ArchiveNames.Ending, StringComparison.Ordinal)
            && !entry.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal);

    private static string Name(ZipArchiveEntry entry, HashSet<string> names)
    {
        var name = entry.FullName[..^ArchiveNames.Ending.Length];
        return ArchiveNames.Fault(name) is { } fault ? throw In(entry, $"the name {fault}")
            : !names.Add(name) ? throw In(entry, "there are two entries of this name")
            : name;
    }

    private static NumPyArray Array(ZipArchiveEntry entry)
    {
        if (entry.IsEncrypted)
        {
            throw In(entry, "the entry is encrypted");
        }

        try
        {
            using var content = Open(entry);
            var reader = new NumPyReader(content, entry.Length, Place(entry)) { Present = entry.CompressedLength, Sums = true };
            var array = reader.Read();
            return reader.CheckSum == entry.Crc32
                ? array
                : throw In(entry, $"the check sum is {reader.CheckSum:X8}, expected {entry.Crc32:X8}: the entry is damaged");
        }
        catch (Exception fault) when (fault is InvalidDataException or EndOfStreamException)
        {
            throw In(entry, $"the compressed data is damaged: {fault.Message}");
        }
    }

    private static Stream Open(ZipArchiveEntry entry)
    {
        try
        {
            return entry.Open();
        }
        catch (InvalidDataException fault) when (fault.Message.Contains("support", StringComparison.OrdinalIgnoreCase))
        {
            throw In(entry,
                "it is compressed by a method that is not read here: write the archive with numpy.savez or numpy.savez_compressed");
        }
    }

    private static FileFault In(ZipArchiveEntry entry, string reason) => new(Place(entry), reason);

    private static string Place(ZipArchiveEntry entry) => $"entry '{ArchiveNames.Shown(entry.FullName)}'";
}
