using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;

namespace FunctionalNN;

/// <summary>An array of any rank and number type as a file holds it, the last index running fastest. Two are equal when all they hold
/// is.</summary>
public sealed class StoredTensor : IEquatable<StoredTensor>
{
    /// <summary>A tensor over bytes that the caller no longer changes.</summary>
    /// <param name="name">Its name in the file.</param>
    /// <param name="type">The type of its elements.</param>
    /// <param name="shape">The length of each dimension; none for a single number.</param>
    /// <param name="bytes">The elements, little-endian.</param>
    /// <exception cref="ArgumentException">A length is negative, or the bytes do not fill the shape; the message gives both.</exception>
    public StoredTensor(string name, TensorType type, ImmutableArray<long> shape, ReadOnlyMemory<byte> bytes)
    {
        if (shape.Any(length => length < 0) || !TryCount(shape.AsSpan(), out var count) || (Int128)count * type.Size != bytes.Length)
        {
            throw new ArgumentException($"\"{name}\": {bytes.Length} bytes do not fill the shape {Text(shape)} of {type.Name}");
        }

        (Name, Type, Shape, Bytes) = (name, type, shape, bytes);
    }

    /// <summary>Its name in the file, such as "parameters/dense1/weights".</summary>
    public string Name { get; }

    /// <summary>The type of its elements.</summary>
    public TensorType Type { get; }

    /// <summary>The length of each dimension; empty for a single number.</summary>
    public ImmutableArray<long> Shape { get; }

    /// <summary>The elements, little-endian.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The number of elements.</summary>
    public int Count => Bytes.Length / Type.Size;

    /// <summary>A matrix as a tensor of rank 2: a copy.</summary>
    public static StoredTensor Of<T>(string name, Matrix<T> matrix)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new(name, TensorTypes.Of<T>(), [matrix.Rows, matrix.Columns], MemoryMarshal.AsBytes(matrix.Values).ToArray());

    /// <summary>All elements as numbers of a type: whole numbers and narrower ones become the same numbers, wider ones are
    /// rounded.</summary>
    public T[] ToNumbers<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => Type switch
        {
            TensorType.Bool or TensorType.U8 => Numbers<T, byte>(),
            TensorType.I8 => Numbers<T, sbyte>(),
            TensorType.I16 => Numbers<T, short>(),
            TensorType.U16 => Numbers<T, ushort>(),
            TensorType.F16 => Numbers<T, Half>(),
            TensorType.BF16 =>
                Array.ConvertAll(MemoryMarshal.Cast<byte, ushort>(Bytes.Span).ToArray(),
                    bits => T.CreateTruncating(BitConverter.UInt32BitsToSingle((uint)bits << 16))),
            TensorType.I32 => Numbers<T, int>(),
            TensorType.U32 => Numbers<T, uint>(),
            TensorType.F32 => Numbers<T, float>(),
            TensorType.F64 => Numbers<T, double>(),
            TensorType.I64 => Numbers<T, long>(),
            _ => Numbers<T, ulong>(),
        };

    /// <summary>The tensor as a matrix: rank 2 as it is, rank 1 as one row, rank 0 as 1 × 1.</summary>
    /// <exception cref="InvalidOperationException">The rank is higher, or a length is more than a matrix can have.</exception>
    public Matrix<T> ToMatrix<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => Shape switch
        {
            [] => Matrix.Create(1, 1, ToNumbers<T>()),
            [<= int.MaxValue and var columns] => Matrix.Create(1, (int)columns, ToNumbers<T>()),
            [<= int.MaxValue and var rows, <= int.MaxValue and var columns] => Matrix.Create((int)rows, (int)columns, ToNumbers<T>()),
            _ => throw new InvalidOperationException(
                $"\"{Name}\" has the shape {Text(Shape)}: a matrix has two dimensions of at most {int.MaxValue}"),
        };

    /// <inheritdoc/>
    public bool Equals(StoredTensor? other) =>
        other is not null && Name == other.Name && Type == other.Type && Shape.SequenceEqual(other.Shape)
            && Bytes.Span.SequenceEqual(other.Bytes.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as StoredTensor);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Type, Bytes.Length);

    /// <summary>Name, type and shape.</summary>
    public override string ToString() => $"{Name}: {Text(Shape)} of {Type.Name}";

    internal static string Text(IEnumerable<long> shape) =>
        string.Join(" × ", shape.Select(length => $"{length}")) is { Length: > 0 } text ? text : "()";

    /// <summary>The count of elements; false where the lengths, taken as 1 or more, multiply to more than 63 bits hold.</summary>
    internal static bool TryCount(ReadOnlySpan<long> shape, out long count)
    {
        (count, var isEmpty) = (1, false);
        foreach (var length in shape)
        {
            isEmpty |= length == 0;
            var product = (Int128)count * Math.Max(length, 1);
            if (product > long.MaxValue)
            {
                return false;
            }

            count = (long)product;
        }

        count = isEmpty ? 0 : count;
        return true;
    }

    private T[] Numbers<T, TElement>()
        where T : unmanaged, IFloatingPointIeee754<T>
        where TElement : unmanaged, INumberBase<TElement> =>
        Array.ConvertAll(MemoryMarshal.Cast<byte, TElement>(Bytes.Span).ToArray(), T.CreateTruncating);
}
