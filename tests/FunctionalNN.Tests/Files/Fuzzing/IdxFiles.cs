using System.Buffers.Binary;

namespace FunctionalNN.Tests;

/// <summary>IDX arrays of every type and rank, then damaged in type, rank, lengths and values; and records of pictures as CIFAR has
/// them.</summary>
internal static class IdxFiles
{
    private const int PictureBytes = 3072;

    private static readonly (byte Type, int Size)[] Types = [(8, 1), (9, 1), (0x0B, 2), (0x0C, 4), (0x0D, 4), (0x0E, 8)];

    private static readonly uint[] Lengths =
        [0, 1, 2, 3, 255, 65_536, int.MaxValue, 0x8000_0000, uint.MaxValue, 1 << 20, 46_341];

    public static FuzzFile Of(Key key)
    {
        var (type, size) = Types[key.Below(3, 0) == 0 ? 0 : key.Below(Types.Length, 1)];
        uint[] shape = [.. Enumerable.Range(0, 1 + key.Below(4, 2)).Select(i => (uint)key.Fold(1).Below(5, i))];
        var values = new byte[shape.Aggregate(1, (product, length) => product * (int)length) * size];
        for (var i = 0; i < values.Length; i++)
        {
            // Floats in big-endian order that begin with these bytes are numbers around 1.
            values[i] = i % size == 0 ? (byte)(key.Fold(2).Below(40, i) == 0 ? 0xFF : 0x3F) : (byte)key.Fold(3).Below(100, i);
        }

        var (rank, lengths) = ((byte)shape.Length, shape.ToList());
        for (var i = 0; i < key.Below(3, 3); i++)
        {
            var step = key.Fold(10 + i);
            var at = step.Below(lengths.Count, 0);
            switch (step.Below(7, 1))
            {
                case 0:
                    lengths[at] = Lengths[step.Below(Lengths.Length, 2)];
                    break;
                case 1:
                    lengths[at] = unchecked(lengths[at] + (uint)step.Below(3, 2) - 1);
                    break;
                case 2:
                    rank = (byte)step.Below(256, 2);
                    break;
                case 3:
                    type = (byte)step.Below(16, 2);
                    break;
                case 4:
                    values = values[..step.Below(values.Length + 1, 2)];
                    break;
                case 5:
                    values = [.. values, .. new byte[1 + step.Below(300, 2)]];
                    break;
                default:
                    lengths.Insert(at, Lengths[step.Below(4, 2)]);
                    break;
            }
        }

        var header = new byte[4 + (4 * lengths.Count)];
        (header[2], header[3]) = (type, rank);
        for (var i = 0; i < lengths.Count; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4 + (4 * i)), lengths[i]);
        }

        header[key.Below(2, 4)] = (byte)(key.Below(40, 5) == 0 ? 1 : 0);
        var file = new FuzzFile([.. header, .. values], header.Length + values.Length);
        return key.Below(3, 6) == 0 ? file.Zipped(key.Fold(4)) : file;
    }

    /// <summary>One to three records, with labels in front, of one or two bytes each; now and then too long, too short, or of a class that
    /// there is not.</summary>
    public static FuzzFile Records(Key key, int labelBytes, int classes)
    {
        var bytes = new byte[(labelBytes + PictureBytes) * (1 + key.Below(3, 0))];
        for (var at = 0; at < bytes.Length; at += labelBytes + PictureBytes)
        {
            for (var i = 0; i < labelBytes; i++)
            {
                bytes[at + i] = (byte)key.Fold(1).Below(key.Below(4, 1) == 0 ? 256 : classes, at + i);
            }
        }

        bytes = key.Below(6, 2) switch
        {
            0 => bytes[..key.Below(bytes.Length, 3)],
            1 => [.. bytes, .. new byte[1 + key.Below(9, 3)]],
            _ => bytes,
        };
        var file = new FuzzFile(bytes, bytes.Length);
        return key.Below(3, 4) == 0 ? file.Zipped(key.Fold(2)) : file;
    }
}
