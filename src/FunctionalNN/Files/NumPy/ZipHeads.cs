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

    private static ReadOnlySpan<byte> Mark => "PK\x03\x04"u8;

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
