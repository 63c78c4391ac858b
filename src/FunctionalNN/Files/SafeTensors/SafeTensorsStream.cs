using System.Security.Cryptography;
using System.Text;

namespace FunctionalNN;

/// <summary>The memory that takes a tensor's bytes, or that they come from; empty for one that is to be passed over.</summary>
internal delegate Span<byte> TensorRoom(TensorEntry entry);

/// <summary>The bytes of a safetensors file, from and to the memory that the caller keeps them in, with the checksum.</summary>
internal static class SafeTensorsStream
{
    private const int Chunk = 1 << 18;

    /// <summary>Reads the data behind a header.</summary>
    /// <exception cref="FileFault">The file ends early, or its checksum is another than it says.</exception>
    public static void ReadData(Stream stream, SafeTensorsHeader header, TensorRoom room)
    {
        using var hash = header.Checksum >= 0 ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
        if (hash is not null)
        {
            var blank = header.Bytes.ToArray();
            blank.AsSpan(header.Checksum, SafeTensorsHeader.ChecksumDigits).Fill((byte)'0');
            hash.AppendData(blank);
        }

        byte[]? passedOver = null;
        foreach (var entry in header.Entries)
        {
            var bytes = room(entry);
            for (var start = 0L; start < entry.Length; start += Chunk)
            {
                var count = (int)Math.Min(Chunk, entry.Length - start);
                var part = bytes.IsEmpty
                    ? (passedOver ??= new byte[Math.Min(Chunk, header.DataLength)]).AsSpan(0, count)
                    : bytes.Slice((int)start, count);
                var got = stream.ReadAtLeast(part, part.Length, throwOnEndOfStream: false);
                if (got < part.Length)
                {
                    throw new FileFault(header.Bytes.Length + entry.Start + start + got, $"the file ends within \"{entry.Name}\"");
                }

                hash?.AppendData(part);
            }
        }

        if (hash is not null && Digits(hash) is var found
            && !header.Bytes.AsSpan(header.Checksum, SafeTensorsHeader.ChecksumDigits).SequenceEqual(found))
        {
            throw new FileFault(header.Checksum,
                $"the checksum of the file is {Encoding.ASCII.GetString(found, 0, 16)}…, and it says "
                    + $"{Encoding.ASCII.GetString(header.Bytes, header.Checksum, 16)}… here: it was damaged, or changed by a program that "
                    + $"kept the old \"{SafeTensorsHeader.ChecksumName}\"");
        }
    }

    /// <summary>Writes a whole file, with its checksum.</summary>
    public static void Write(Stream stream, IReadOnlyList<TensorEntry> entries, IEnumerable<KeyValuePair<string, string>> metadata,
        TensorRoom source)
    {
        var (header, checksum) = HeaderWriter.Write(entries, metadata);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(header);
        foreach (var entry in entries)
        {
            hash.AppendData(source(entry));
        }

        Digits(hash).CopyTo(header, checksum);
        stream.Write(header);
        foreach (var entry in entries)
        {
            stream.Write(source(entry));
        }
    }

    private static byte[] Digits(IncrementalHash hash) => Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash.GetHashAndReset()));
}
