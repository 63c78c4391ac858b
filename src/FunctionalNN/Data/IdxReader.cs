using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// Reads the IDX format, step by step, from a stream: two zero bytes, the element type, the rank, each dimension's length as a
/// big-endian 32-bit number, and the values. It trusts no header: memory grows with the values that are really there.
/// </summary>
/// <param name="stream">The bytes of the format, decompressed.</param>
/// <param name="path">The file, for messages.</param>
/// <param name="isCompressed">Whether offsets count decompressed bytes, for messages.</param>
internal sealed class IdxReader(Stream stream, string path, bool isCompressed)
{
    public const byte UnsignedByte = 0x08;
    private const int FirstChunk = 1 << 16;

    /// <summary>How many bytes were read.</summary>
    public long Position { get; private set; }

    /// <summary>An array of unsigned bytes.</summary>
    public Either<Error, IdxArray> Read() =>
        from header in Header(UnsignedByte)
        from bytes in Values(header)
        select new IdxArray(bytes, header.Shape);

    /// <summary>Numbers of any type, one row an entry of the first dimension.</summary>
    public Either<Error, Matrix<T>> ReadMatrix<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
        from header in Header(null)
        from bytes in Values(header)
        from matrix in Decode<T>(header, bytes)
        select matrix;

    /// <summary>Type and shape; the values begin at <see cref="Position"/>.</summary>
    /// <param name="only">The one element type that is expected, or null for any.</param>
    public Either<Error, IdxHeader> Header(byte? only) =>
        Take(4, "an IDX file's magic number").Bind<IdxHeader>(magic => magic switch
        {
            [0, 0, UnsignedByte, 0] => At(3, "the rank is 0, expected 1 (labels) or more (3 for images)"),
            [0, 0, var type, var rank]
                when IdxHeader.FormatOf(type) is { } format && type == (only ?? type) && rank > 0 =>
                    Shape(rank).Map(shape => new IdxHeader(format, shape)),
            [0, 0, var type, _]
                when only is not null => At(2, $"the element type is 0x{type:X2}{TypeName(type)}, expected 0x08 (unsigned byte)"),
            [0, 0, var type, 0] when IdxHeader.FormatOf(type) is not null => At(3, "the rank is 0, expected 1 or more"),
            [0, 0, var type, _] => At(2, $"the element type is 0x{type:X2}{TypeName(type)}, expected 0x08, 0x09 or 0x0B to 0x0E"),
            _ => At(0,
                $"starts with the bytes {Convert.ToHexString(magic)}, expected two zero bytes, "
                    + $"{(only is null ? "the element type" : "08")} and the rank: this is not an IDX file"),
        });

    private Either<Error, int[]> Shape(int rank) =>
        Take(4 * rank, $"the lengths of {rank} dimensions").Bind<int[]>(bytes =>
        {
            var shape = new int[rank];
            for (var i = 0; i < rank; i++)
            {
                var length = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(4 * i));
                if (length > int.MaxValue)
                {
                    return At(4 + (4 * i), $"dimension {i} has the length {length}, expected at most {int.MaxValue}");
                }

                shape[i] = (int)length;
            }

            return shape;
        });

    private Either<Error, byte[]> Values(IdxHeader header)
    {
        var count = IdxArray.Product(header.Shape);
        return count < 0 || count * header.Format.Size > Array.MaxLength
            ? At(4, $"the shape {IdxArray.Text(header.Shape)} is larger than the {Array.MaxLength / header.Format.Size} values that one "
                + $"array can hold: read it with StoredRows.OpenIdx")
            : from bytes in Take(count * header.Format.Size, $"the {IdxArray.Text(header.Shape)} values that the header promises")
              from end in End(header.Shape)
              select bytes;
    }

    private Either<Error, Matrix<T>> Decode<T>(IdxHeader header, byte[] bytes)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (rows, length) = (header.Shape[0], bytes.Length / header.Format.Size);
        var columns = rows == 0 ? (int)Math.Max(0, IdxArray.Product(header.Shape.AsSpan()[1..])) : length / rows;
        var block = Block<T>.Allocate(length);
        header.Format.Decode(bytes, block.Span, 1, 0);
        var wrong = NonFinite.IndexIn<T>(block.Span);
        return wrong < 0
            ? new Matrix<T>(block, rows, columns)
            : At(4 + (4 * header.Shape.Length) + ((long)wrong * header.Format.Size),
                $"the value is {block.Span[wrong]}, expected a finite number that {typeof(T).Name} can hold");
    }

    /// <summary>How many bytes there are in all, as far as it can be known beforehand.</summary>
    private long Likely => stream switch
    {
        FileStream file => file.Length,
        CountingStream content => content.Likely,
        _ => 0,
    };

    /// <summary>Exactly that many bytes, in a buffer that doubles as they arrive unless the file is known to be as long as its header
    /// says.</summary>
    private Either<Error, byte[]> Take(long count, string what)
    {
        var buffer = new byte[Position + count <= Likely ? count : Math.Min(count, FirstChunk)];
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
                return At(Position, Position == 0
                    ? $"the file is empty, expected {what}"
                    : $"the file ends after {filled} of {count} bytes of {what}: it is truncated or its header is damaged");
            }

            filled += read;
            Position += read;
        }

        return buffer;
    }

    private Either<Error, Unit> End(int[] shape) =>
        stream.ReadByte() < 0
            ? Unit.Default
            : At(Position, $"more bytes follow the {IdxArray.Text(shape)} values that the header promises, expected the end of the file");

    private Error At(long offset, string reason) =>
        Error.New(
            $"{path}, byte {offset.ToString(CultureInfo.InvariantCulture)}{(isCompressed ? " of the decompressed data" : "")}: {reason}");

    private static string TypeName(byte type) => type switch
    {
        0x09 => " (signed byte)",
        0x0B => " (16-bit integer)",
        0x0C => " (32-bit integer)",
        0x0D => " (float)",
        0x0E => " (double)",
        _ => " (no type of the format)",
    };
}
