using System.Buffers.Binary;
using System.Text;

namespace FunctionalNN;

/// <summary>
/// The heads of a zip archive's entries. Each entry's name stands twice, in the directory at the archive's end and in a head before its
/// data; no check sum covers it, and .NET reads only the first.
/// </summary>
internal static class ZipHeads
{
    private const int HeadBytes = 30;
    private const int ChunkBytes = 1 << 16;

    /// <summary>Behind an entry's data may stand its sizes again, with or without a mark, in 32 or 64 bits.</summary>
    private static readonly int[] DescriptorBytes = [0, 12, 16, 20, 24];

    private static ReadOnlySpan<byte> Mark => "PK\x03\x04"u8;

    private static ReadOnlySpan<byte> DirectoryMark => "PK\x01\x02"u8;

    /// <summary>The first of some names that stands in no head, or null.</summary>
    /// <param name="file">The archive.</param>
    /// <param name="names">Names of at most <see cref="ArchiveNames.MaxBytes"/> bytes each.</param>
    public static string? FirstWithout(Stream file, IReadOnlyCollection<string> names)
    {
        var missing = new HashSet<string>(names, StringComparer.Ordinal);
        var buffer = new byte[ChunkBytes];
        file.Position = 0;
        for (var (kept, isEnd) = (0, false); missing.Count > 0 && !isEnd;)
        {
            var filled = kept + file.ReadAtLeast(buffer.AsSpan(kept), ChunkBytes - kept, throwOnEndOfStream: false);
            isEnd = filled < ChunkBytes;
            var searched = Search(buffer.AsSpan(0, filled), isEnd, missing);
            kept = filled - searched;
            buffer.AsSpan(searched, kept).CopyTo(buffer);
        }

        return names.FirstOrDefault(missing.Contains);
    }

    /// <summary>
    /// What is in the file and not in its directory, or null: found by going from head to head from the file's beginning. Entries lie one
    /// behind the other in what NumPy and .NET write; where something else comes first, nothing is found.
    /// </summary>
    /// <param name="file">The archive.</param>
    /// <param name="sizes">The compressed size of each entry that the directory lists.</param>
    /// <param name="areAllListed">Whether each entry of the directory has its head, and each head its entry: then no other search is
    /// needed.</param>
    public static (string Entry, string Reason)? FirstUnlisted(Stream file, IReadOnlyDictionary<string, long> sizes, out bool areAllListed)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        areAllListed = false;
        var head = new byte[HeadBytes + ArchiveNames.MaxBytes];
        for (var place = 0L; ;)
        {
            file.Position = place;
            var filled = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            if (filled < HeadBytes || !head.AsSpan().StartsWith(Mark)
                || BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(26)) is var length && HeadBytes + length > filled)
            {
                return null;
            }

            var name = Encoding.UTF8.GetString(head, HeadBytes, length);
            if (!sizes.TryGetValue(name, out var size))
            {
                return (name, $"the entry is in the file and not in the directory of the archive, which lists {sizes.Count}");
            }

            seen.Add(name);
            var end = place + HeadBytes + length + BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(28)) + size;
            if (MarkBehind(file, end) is not var (next, isHead))
            {
                return (name, $"what follows byte {end}, where it ends, belongs to no entry");
            }

            if (!isHead)
            {
                areAllListed = seen.Count == sizes.Count;
                return null;
            }

            place = next;
        }
    }

    /// <summary>The next head, or the directory, at the end of an entry; null where there is neither.</summary>
    private static (long At, bool IsHead)? MarkBehind(Stream file, long end)
    {
        var mark = new byte[Mark.Length];
        foreach (var bytes in DescriptorBytes)
        {
            file.Position = Math.Min(end + bytes, file.Length);
            if (file.ReadAtLeast(mark, mark.Length, throwOnEndOfStream: false) == mark.Length
                && (mark.AsSpan().SequenceEqual(Mark) || mark.AsSpan().SequenceEqual(DirectoryMark)))
            {
                return (end + bytes, mark.AsSpan().SequenceEqual(Mark));
            }
        }

        return null;
    }

    /// <summary>Strikes out the names found; gives how many bytes are done with.</summary>
    private static int Search(ReadOnlySpan<byte> bytes, bool isEnd, HashSet<string> missing)
    {
        var at = 0;
        while (bytes[at..].IndexOf(Mark) is var step and >= 0)
        {
            at += step;
            if (bytes.Length - at < HeadBytes + ArchiveNames.MaxBytes && !isEnd)
            {
                return at;
            }

            var head = bytes[at..];
            if (head.Length >= HeadBytes && BinaryPrimitives.ReadUInt16LittleEndian(head[26..]) is var length
                && length <= Math.Min(ArchiveNames.MaxBytes, head.Length - HeadBytes))
            {
                missing.Remove(Encoding.UTF8.GetString(head.Slice(HeadBytes, length)));
            }

            at++;
        }

        return Math.Max(at, bytes.Length - Mark.Length + 1);
    }
}
