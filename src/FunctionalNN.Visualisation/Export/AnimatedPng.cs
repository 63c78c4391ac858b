using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.Hashing;
using System.Text;

namespace FunctionalNN;

/// <summary>
/// Several PNG pictures of one size as one that moves: chunks acTL, fcTL and fdAT of the PNG specification, third edition, section 11.3.6.
/// The pictures' compressed rows are taken over as they are.
/// </summary>
internal static class AnimatedPng
{
    private const int LastHundredths = 200;
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <exception cref="InvalidDataException">The pictures differ in size or kind.</exception>
    public static byte[] Of(ImmutableArray<byte[]> pictures, int framesPerSecond)
    {
        using var file = new MemoryStream();
        var (header, sequence) = (Chunks(pictures[0]).First(chunk => chunk.Type == "IHDR").Data, 0u);
        file.Write(Signature);
        Write(file, "IHDR", header.Span);
        Write(file, "acTL", [.. Number((uint)pictures.Length), .. Number(0)]);
        for (var i = 0; i < pictures.Length; i++)
        {
            var chunks = Chunks(pictures[i]).ToArray();
            if (!chunks.First(chunk => chunk.Type == "IHDR").Data.Span.SequenceEqual(header.Span))
            {
                throw new InvalidDataException($"picture {i} of the animation has another size or kind than the first");
            }

            var (numerator, denominator) = i == pictures.Length - 1 ? (LastHundredths, 100) : (1, framesPerSecond);
            Write(file, "fcTL",
                [.. Number(sequence++), .. header.Span[..8], .. Number(0), .. Number(0), .. Short(numerator), .. Short(denominator), 0, 0]);
            foreach (var (_, data) in chunks.Where(chunk => chunk.Type == "IDAT"))
            {
                Write(file, i == 0 ? "IDAT" : "fdAT", i == 0 ? data.Span : [.. Number(sequence++), .. data.Span]);
            }
        }

        Write(file, "IEND", []);
        return file.ToArray();
    }

    /// <summary>A file's chunks in order.</summary>
    public static IEnumerable<(string Type, ReadOnlyMemory<byte> Data)> Chunks(byte[] file)
    {
        for (var at = Signature.Length; at + 12 <= file.Length;)
        {
            var length = (int)BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
            yield return (Encoding.ASCII.GetString(file, at + 4, 4), file.AsMemory(at + 8, length));
            at += length + 12;
        }
    }

    private static void Write(MemoryStream file, string type, ReadOnlySpan<byte> data)
    {
        byte[] content = [.. Encoding.ASCII.GetBytes(type), .. data];
        file.Write(Number((uint)data.Length));
        file.Write(content);
        file.Write(Number(Crc32.HashToUInt32(content)));
    }

    private static byte[] Number(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Short(int value) => [(byte)(value >> 8), (byte)value];
}
