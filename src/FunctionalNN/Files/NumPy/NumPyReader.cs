using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;

namespace FunctionalNN;

/// <summary>
/// Reads the .npy format: the bytes 93 "NUMPY", two bytes of version, the header's length (two bytes in version 1, four in 2 and 3), the
/// header, and the elements. It trusts no header: memory grows with the elements that are really there.
/// </summary>
/// <param name="stream">The bytes of the format, decompressed.</param>
/// <param name="length">How many bytes the stream says it has: more are never asked for.</param>
/// <param name="entry">The entry in the file, for messages, or null.</param>
/// <remarks>Format: NumPy Enhancement Proposal 1 and the module numpy.lib.format.</remarks>
internal sealed class NumPyReader(Stream stream, long length, string? entry = null)
{
    /// <summary>Far more than the three keys of an array of numbers take.</summary>
    private const int LongestHeader = 65_535;
    private const int FirstChunk = 1 << 16;

    private readonly Crc32 sum = new();

    /// <summary>How many bytes were read.</summary>
    public long Position { get; private set; }

    /// <summary>How many bytes are surely there, in whatever form: memory for as many is taken at once.</summary>
    public long Present { get; init; } = FirstChunk;

    /// <summary>Whether <see cref="CheckSum"/> is kept up.</summary>
    public bool Sums { get; init; }

    /// <summary>The check sum of all bytes that were read, CRC-32 as in zip files: the zip reader of .NET 10 gives the one that an entry
    /// should have and does not compare it.</summary>
    public uint CheckSum => sum.GetCurrentHashAsUInt32();

    /// <exception cref="FileFault">The bytes are no whole .npy file.</exception>
    public NumPyArray Read()
    {
        var header = Header();
        var count = IdxArray.Product(header.Shape);
        if (count < 0 || count * header.ElementSize > Array.MaxLength)
        {
            throw At(Position,
                $"the shape {NumPyArray.Text(header.Shape)} of {header.ElementSize}-byte elements is larger than the {Array.MaxLength} "
                    + $"bytes that one array can hold");
        }

        var bytes = Take(count * header.ElementSize, $"the {NumPyArray.Text(header.Shape)} elements that the header promises");
        if (length != Position || stream.ReadByte() >= 0)
        {
            throw At(Position,
                $"more bytes follow the {NumPyArray.Text(header.Shape)} elements that the header promises, expected the end: was a second "
                    + $"array saved to the same file?");
        }

        return Elements(header, bytes);
    }

    private NumPyHeader Header()
    {
        var magic = Take(8, "the start of an .npy file");
        if (!magic.AsSpan(0, 6).SequenceEqual(NumPyHeader.Magic))
        {
            throw At(0,
                $"starts with the bytes {Convert.ToHexString(magic)}, expected 934E554D5059 (\"\\x93NUMPY\") and the version: this is not "
                    + $"an .npy file");
        }

        if (magic is not [.., 1 or 2 or 3, 0])
        {
            throw At(6, $"the version of the format is {magic[6]}.{magic[7]}, expected 1.0, 2.0 or 3.0");
        }

        var size = Take(magic[6] == 1 ? 2 : 4, "the header's length") switch
        {
            [var low, var high] => low + ((uint)high << 8),
            var four => BinaryPrimitives.ReadUInt32LittleEndian(four),
        };
        if (size > LongestHeader)
        {
            throw At(8, $"the header is {size} bytes long, expected at most {LongestHeader}");
        }

        var start = Position;
        var text = Encoding.Latin1.GetString(Take(size, "the header"));
        return new NumPyHeaderParser(text, (offset, reason) => At(start + offset, reason)).Parse();
    }

    /// <summary>Exactly that many bytes, in a buffer that doubles as they arrive.</summary>
    private byte[] Take(long count, string what)
    {
        var left = Math.Max(0, length - Position);
        if (count > left)
        {
            throw At(Position, length == 0
                ? $"there are no bytes, expected {what}"
                : $"{left} bytes are left, expected {count}, {what}: the file is truncated or its header is damaged");
        }

        var buffer = new byte[Math.Min(count, Math.Max(Present, FirstChunk))];
        var filled = 0;
        while (filled < count)
        {
            if (filled == buffer.Length)
            {
                Array.Resize(ref buffer, (int)Math.Min(count, 2L * buffer.Length));
            }

            var read = stream.Read(buffer, filled, buffer.Length - filled);
            if (read == 0)
            {
                throw At(Position, $"the data ends after {filled} of {count} bytes of {what}");
            }

            if (Sums)
            {
                sum.Append(buffer.AsSpan(filled, read));
            }

            filled += read;
            Position += read;
        }

        return buffer;
    }

    private NumPyArray Elements(NumPyHeader header, byte[] bytes)
    {
        var start = Position - bytes.Length;
        if (header.IsSwapped)
        {
            Swap(bytes, NumPyTypes.SizeOf(header.Type));
        }

        if (header.Type == NumPyType.Bool && bytes.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)1) is var wrong and >= 0)
        {
            throw At(start + wrong, $"the truth value is {bytes[wrong]}, expected 0 or 1");
        }

        if (header.Type == NumPyType.Text && FirstInvalid(MemoryMarshal.Cast<byte, int>(bytes.AsSpan())) is var invalid and >= 0)
        {
            throw At(start + (4L * invalid), "the character is no Unicode");
        }

        return new NumPyArray(header.Type, header.Characters, header.Shape,
            header.IsFortran ? FortranOrder.ToC(bytes, header.ElementSize, header.Shape) : bytes);
    }

    private static int FirstInvalid(ReadOnlySpan<int> characters)
    {
        for (var i = 0; i < characters.Length; i++)
        {
            if (!Rune.IsValid(characters[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private static void Swap(byte[] bytes, int size)
    {
        switch (size)
        {
            case 2:
                var twos = MemoryMarshal.Cast<byte, ushort>(bytes.AsSpan());
                BinaryPrimitives.ReverseEndianness(twos, twos);
                break;
            case 4:
                var fours = MemoryMarshal.Cast<byte, uint>(bytes.AsSpan());
                BinaryPrimitives.ReverseEndianness(fours, fours);
                break;
            case 8:
                var eights = MemoryMarshal.Cast<byte, ulong>(bytes.AsSpan());
                BinaryPrimitives.ReverseEndianness(eights, eights);
                break;
        }
    }

    private FileFault At(long offset, string reason) =>
        entry is null
            ? new FileFault(offset, reason)
            : new FileFault($"{entry}, byte {offset}", reason);
}
