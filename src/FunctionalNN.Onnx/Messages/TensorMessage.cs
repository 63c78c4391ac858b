using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace FunctionalNN;

/// <summary>A named array of numbers: TensorProto.</summary>
/// <param name="Name">Unique among a graph's values.</param>
/// <param name="DataType">The element type's number.</param>
/// <param name="Shape">The lengths of the dimensions; none for a single number.</param>
internal sealed record TensorMessage(string Name, long DataType, ImmutableArray<long> Shape) : IMessage
{
    public const long FloatType = 1;
    public const long UnsignedByteType = 2;
    public const long SignedByteType = 3;
    public const long Int32Type = 6;
    public const long Int64Type = 7;

    /// <summary>Texts.</summary>
    public const long TextType = 8;
    public const long BoolType = 9;
    public const long HalfType = 10;
    public const long DoubleType = 11;
    public const long BrainType = 16;

    private const int MaxDimensions = 8;
    private const long External = 1;

    private ReadOnlyMemory<byte> raw;
    private float[] floats = [];
    private double[] doubles = [];
    private long[] integers = [];

    /// <summary>How many numbers it holds: the product of its shape, and as many as there are.</summary>
    public int Count { get; private init; }

    /// <summary>Whether its numbers can be read: a type that is known here, and in the file itself.</summary>
    public bool IsReadable { get; private init; } = true;

    /// <summary>Whether its numbers lie in another file.</summary>
    public bool IsExternal { get; init; }

    public bool IsReal => DataType is FloatType or DoubleType or HalfType or BrainType;

    /// <summary>The shape in words, such as 3 × 4.</summary>
    public string ShapeText => TextOf(Shape);

    /// <summary>A number by its place, the last index running fastest.</summary>
    public double this[int index] => DataType switch
    {
        FloatType => raw.IsEmpty ? floats[index] : BinaryPrimitives.ReadSingleLittleEndian(raw.Span[(4 * index)..]),
        HalfType => (double)BitConverter.UInt16BitsToHalf(Bits(index)),
        BrainType => BitConverter.UInt32BitsToSingle((uint)Bits(index) << 16),
        DoubleType => raw.IsEmpty ? doubles[index] : BinaryPrimitives.ReadDoubleLittleEndian(raw.Span[(8 * index)..]),
        _ => Integer(index),
    };

    /// <summary>A tensor of floats or doubles.</summary>
    public static TensorMessage Of(string name, ImmutableArray<long> shape, ReadOnlySpan<double> values, bool isDouble)
    {
        var bytes = new byte[checked(values.Length * (isDouble ? sizeof(double) : sizeof(float)))];
        if (isDouble)
        {
            MemoryMarshal.AsBytes(values).CopyTo(bytes);
        }
        else
        {
            TensorPrimitives.ConvertTruncating<double, float>(values, MemoryMarshal.Cast<byte, float>(bytes.AsSpan()));
        }

        Swap(bytes, isDouble ? sizeof(double) : sizeof(float));
        return new TensorMessage(name, isDouble ? DoubleType : FloatType, shape) { raw = bytes, Count = values.Length };
    }

    /// <summary>The format's bytes run from the least.</summary>
    private static void Swap(Span<byte> bytes, int size)
    {
        for (var i = 0; i < bytes.Length && !BitConverter.IsLittleEndian; i += size)
        {
            bytes.Slice(i, size).Reverse();
        }
    }

    /// <summary>A tensor of one dimension of whole numbers.</summary>
    public static TensorMessage Of(string name, ReadOnlySpan<long> values) => OfWholes(name, [values.Length], values);

    /// <summary>A tensor of whole numbers.</summary>
    public static TensorMessage OfWholes(string name, ImmutableArray<long> shape, ReadOnlySpan<long> values)
    {
        var bytes = new byte[values.Length * sizeof(long)];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * sizeof(long)), values[i]);
        }

        return new TensorMessage(name, Int64Type, shape) { raw = bytes, Count = values.Length };
    }

    /// <summary>A tensor of floats as a list.</summary>
    public static TensorMessage Of(string name, ImmutableArray<long> shape, ImmutableArray<float> values) =>
        new(name, FloatType, shape) { floats = [.. values], Count = values.Length };

    /// <summary>A whole number by its place.</summary>
    public long Integer(int index) =>
        raw.IsEmpty ? integers[index]
        : DataType switch
        {
            Int64Type => BinaryPrimitives.ReadInt64LittleEndian(raw.Span[(8 * index)..]),
            Int32Type => BinaryPrimitives.ReadInt32LittleEndian(raw.Span[(4 * index)..]),
            SignedByteType => (sbyte)raw.Span[index],
            _ => raw.Span[index],
        };

    /// <summary>The bits of a number of 16 bits, which a list has as whole numbers.</summary>
    private ushort Bits(int index) =>
        raw.IsEmpty ? (ushort)integers[index] : BinaryPrimitives.ReadUInt16LittleEndian(raw.Span[(2 * index)..]);

    public static string TextOf(IEnumerable<long> shape) =>
        string.Join(" × ", shape.Select(length => $"{length}")) is { Length: > 0 } text ? text : "a single number";

    void IMessage.Write(FieldWriter to)
    {
        foreach (var length in Shape)
        {
            to.Integer(1, length);
        }

        to.Integer(2, DataType);
        to.Text(8, Name);
        if (IsExternal)
        {
            to.Integer(14, External);
        }
        else
        {
            to.Bytes(9, raw);
        }
    }

    public static TensorMessage Read(WireReader from)
    {
        var (name, type, isExternal, raw) = ("", 0L, false, ReadOnlyMemory<byte>.Empty);
        var (shape, floats, doubles, integers) = (new List<long>(), new List<float>(), new List<double>(), new List<long>());
        while (from.Next())
        {
            switch (from.Field)
            {
                case 1:
                    from.Integers(shape, MaxDimensions);
                    break;
                case 2:
                    type = from.Integer();
                    break;
                case 3:
                    throw from.Wrong($"tensor \"{name}\" is a segment of a larger one: that is not read");
                case 4:
                    from.Floats(floats);
                    break;
                case 5 or 7:
                    from.Integers(integers);
                    break;
                case 8:
                    name = from.Text();
                    break;
                case 9:
                    raw = from.Bytes();
                    break;
                case 10:
                    from.Doubles(doubles);
                    break;
                case 14:
                    isExternal = from.Integer() == External;
                    break;
                default:
                    from.Skip();
                    break;
            }
        }

        var (size, listed) = type switch
        {
            FloatType => (4, floats.Count),
            HalfType or BrainType => (2, integers.Count),
            SignedByteType or UnsignedByteType => (1, integers.Count),
            DoubleType => (8, doubles.Count),
            Int32Type => (4, integers.Count),
            Int64Type => (8, integers.Count),
            BoolType => (1, integers.Count),
            _ => (0, 0),
        };
        var isReadable = size > 0 && !isExternal;
        return new TensorMessage(name, type, [.. shape])
        {
            raw = raw,
            floats = [.. floats],
            doubles = [.. doubles],
            integers = [.. integers],
            IsExternal = isExternal,
            IsReadable = isReadable,
            Count = isReadable ? Checked(from, name, shape, size, raw.Length, listed) : 0,
        };
    }

    private static int Checked(WireReader from, string name, List<long> shape, int size, int bytes, int listed)
    {
        var product = 1L;
        foreach (var length in shape)
        {
            if (length < 0 || length > int.MaxValue || (product *= length) > int.MaxValue)
            {
                throw from.Wrong(
                    $"tensor \"{name}\" has the shape {TextOf(shape)}: a length is negative, or the numbers do not fit an array");
            }
        }

        if (bytes > 0 && listed > 0)
        {
            throw from.Wrong($"tensor \"{name}\" has its numbers twice, as a list and as bytes");
        }

        return bytes > 0 && bytes != product * size
            ? throw from.Wrong($"tensor \"{name}\" has {bytes} bytes, expected {product * size} for the shape {TextOf(shape)}")
            : bytes == 0 && listed != product
            ? throw from.Wrong($"tensor \"{name}\" has {listed} numbers, expected {product} for the shape {TextOf(shape)}")
            : (int)product;
    }
}
