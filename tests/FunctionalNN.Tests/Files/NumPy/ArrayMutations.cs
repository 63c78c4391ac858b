using System.Buffers.Binary;
using System.Text;

namespace FunctionalNN.Tests;

/// <summary>Changes of .npy and .npz files: any bytes, the header's words and numbers, the fields of the zip directory.</summary>
internal static class ArrayMutations
{
    private static readonly string[] Pieces =
    [
        "-1", "0", "1", "7", "255", "65536", "2147483647", "2147483648", "4294967296", "9223372036854775807", "99999999999999999999", "1e9",
        "(", ")", ",", "(2,)", "(0, 99999)", "()", "((1,),)",
        "'", "\"", "{", "}", ":", "True", "False", "None", "'<f4'", "'>f8'", "'|O'", "'|b1'", "'<U9'", "'<U2147483647'", "'<c8'", "'<i2'",
        "[('a', '<f4')]", "'descr'", "'shape'", "'fortran_order'",
        "__import__('os').system('x')", "L", " ", "\n", "\\x00", "é",
    ];

    private static readonly long[] Numbers =
        [0, 1, -1, 2, 100, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0x10000, 1L << 40, long.MaxValue, long.MinValue];

    private static readonly byte[][] Marks = [[.. "PK\x01\x02"u8], [.. "PK\x03\x04"u8], [.. "PK\x05\x06"u8]];

    /// <summary>A changed copy of an .npy file.</summary>
    public static byte[] Npy(byte[] file, byte[] other, Key key)
    {
        var bytes = file.ToArray();
        for (var i = 0; i <= key.Below(2, 0); i++)
        {
            var step = key.Fold(i + 1);
            bytes = step.Below(3, 0) == 0 ? Bytes(bytes, other, step) : Header(bytes, step);
        }

        return bytes;
    }

    /// <summary>A changed copy of an .npz file.</summary>
    public static byte[] Npz(byte[] file, byte[] other, Key key)
    {
        var bytes = file.ToArray();
        for (var i = 0; i <= key.Below(2, 0); i++)
        {
            var step = key.Fold(i + 1);
            bytes = step.Below(3, 0) == 0 ? Bytes(bytes, other, step) : Field(bytes, step);
        }

        return bytes;
    }

    private static byte[] Bytes(byte[] bytes, byte[] other, Key key)
    {
        if (bytes.Length < 2)
        {
            return other.ToArray();
        }

        var (at, length) = (key.Below(bytes.Length, 1), key.Below(40, 2) + 1);
        switch (key.Below(7, 3))
        {
            case 0:
                return bytes[..at];
            case 1:
                return [.. bytes, .. other[..key.Below(other.Length, 4)]];
            case 2:
                return [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + length)..]];
            case 3:
                return [.. bytes[..at], .. bytes.AsSpan(at, Math.Min(length, bytes.Length - at)), .. bytes[at..]];
            case 4:
                return [.. bytes[..at], .. other[Math.Min(other.Length, at)..]];
            case 5:
                bytes[at] = (byte)key.Below(256, 4);
                return bytes;
            default:
                bytes[at] ^= (byte)(1 << key.Below(8, 4));
                return bytes;
        }
    }

    /// <summary>A piece of the header becomes another; mostly the length of the header is then put right.</summary>
    private static byte[] Header(byte[] bytes, Key key)
    {
        if (bytes.Length < 12)
        {
            return bytes;
        }

        var size = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(8));
        if (key.Below(8, 5) == 0 || size + 10 > bytes.Length)
        {
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(8), (short)Numbers[key.Below(Numbers.Length, 6)]);
            bytes[6] = (byte)key.Below(5, 7);
            return bytes;
        }

        var text = Encoding.Latin1.GetString(bytes, 10, size);
        var tokens = System.Text.RegularExpressions.Regex.Matches(text, "'[^']*'|[0-9]+|[A-Za-z_]+|\\([^)]*\\)|[{}:,]");
        if (tokens.Count == 0)
        {
            return bytes;
        }

        var token = tokens[key.Below(tokens.Count, 7)];
        var piece = key.Below(3, 8) switch
        {
            0 => tokens[key.Below(tokens.Count, 9)].Value,
            1 => "",
            _ => Pieces[key.Below(Pieces.Length, 9)],
        };
        var header = Encoding.Latin1.GetBytes(text[..token.Index] + piece + text[(token.Index + token.Length)..]);
        byte[] changed = [.. bytes[..10], .. header, .. bytes[(10 + size)..]];
        BinaryPrimitives.WriteUInt16LittleEndian(changed.AsSpan(8), (ushort)(key.Below(8, 10) > 0 ? header.Length : size));
        return changed;
    }

    /// <summary>A field of the directory, of an entry's head or of the archive's end becomes another number, or another field.</summary>
    private static byte[] Field(byte[] bytes, Key key)
    {
        var mark = Marks[key.Below(Marks.Length, 4)];
        var places = Enumerable.Range(0, Math.Max(0, bytes.Length - 4)).Where(i => bytes.AsSpan(i, 4).SequenceEqual(mark)).ToArray();
        if (places.Length == 0)
        {
            return bytes;
        }

        var at = places[key.Below(places.Length, 5)] + 4 + key.Below(44, 6);
        var width = 1 << key.Below(3, 7);
        if (at + 8 <= bytes.Length)
        {
            var old = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(at));
            var number = key.Below(2, 8) == 0 ? Numbers[key.Below(Numbers.Length, 9)] : old + key.Below(9, 9) - 4;
            Span<byte> written = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(written, number);
            written[..width].CopyTo(bytes.AsSpan(at));
        }

        return bytes;
    }
}
