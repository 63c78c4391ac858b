using System.Collections.Immutable;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Text;

namespace FunctionalNN;

/// <summary>
/// An array of any rank as NumPy keeps it: numbers, truth values or texts of one type, the last index running fastest. It never changes.
/// Two arrays are equal when type, shape and all their bits are.
/// </summary>
public sealed class NumPyArray : IEquatable<NumPyArray>
{
    /// <summary>The most dimensions that NumPy knows.</summary>
    internal const int MaxRank = 64;

    internal NumPyArray(NumPyType type, int characters, ReadOnlySpan<int> shape, ReadOnlyMemory<byte> bytes)
    {
        Type = type;
        Characters = characters;
        Shape = [.. shape];
        Bytes = bytes;
    }

    /// <summary>The type of every element.</summary>
    public NumPyType Type { get; }

    /// <summary>The length of each dimension; empty for a single number.</summary>
    public ImmutableArray<int> Shape { get; }

    /// <summary>The number of dimensions.</summary>
    public int Rank => Shape.Length;

    /// <summary>How many elements there are.</summary>
    public int Count => Bytes.Length / ElementSize;

    /// <summary>All elements, the last index running fastest, in this machine's order of bytes.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The characters of the longest text, 1 or more; 1 for numbers.</summary>
    internal int Characters { get; }

    internal int ElementSize => NumPyTypes.SizeOf(Type) * Characters;

    /// <summary>An array from numbers: a copy.</summary>
    /// <typeparam name="T">bool, sbyte … ulong, Half, float or double.</typeparam>
    /// <param name="values">The last index running fastest.</param>
    /// <param name="shape">The length of each dimension; none gives one dimension.</param>
    /// <exception cref="ArgumentException">The type is another, or the shape does not multiply to the count of numbers.</exception>
    public static NumPyArray Of<T>(ReadOnlySpan<T> values, params ReadOnlySpan<int> shape)
        where T : unmanaged
    {
        var type = NumPyTypes.Of(typeof(T));
        ReadOnlySpan<int> lengths = shape.IsEmpty ? [values.Length] : shape;
        return lengths.Length <= MaxRank && !lengths.ContainsAnyExceptInRange(0, int.MaxValue) && IdxArray.Product(lengths) == values.Length
            ? new NumPyArray(type, 1, lengths, MemoryMarshal.AsBytes(values).ToArray())
            : throw new ArgumentException($"{values.Length} numbers do not fill the shape {Text(lengths)}");
    }

    /// <summary>An array of rank 2 from a matrix: a copy.</summary>
    public static NumPyArray Of<T>(Matrix<T> matrix)
        where T : unmanaged, IFloatingPointIeee754<T> => Of(matrix.Values, matrix.Rows, matrix.Columns);

    /// <summary>An array of rank 1 from texts. Zeros at the end of a text are lost: NumPy fills up with them.</summary>
    /// <exception cref="ArgumentException">A text is no valid Unicode or longer than 1,048,576 characters.</exception>
    public static NumPyArray Of(params IReadOnlyList<string> texts)
    {
        var runes = texts.Select(text => text.EnumerateRunes().Select(rune => rune.Value).ToArray()).ToArray();
        var characters = Math.Max(1, runes.Max(text => (int?)text.Length) ?? 1);
        if (characters > NumPyTypes.MaxCharacters || texts.Any(text => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) != text))
        {
            throw new ArgumentException($"a text is no valid Unicode or longer than {NumPyTypes.MaxCharacters} characters");
        }

        var bytes = new byte[checked(4 * characters * runes.Length)];
        var all = MemoryMarshal.Cast<byte, int>(bytes.AsSpan());
        for (var i = 0; i < runes.Length; i++)
        {
            runes[i].AsSpan().CopyTo(all[(i * characters)..]);
        }

        return new NumPyArray(NumPyType.Text, characters, [runes.Length], bytes);
    }

    /// <summary>All elements without a copy, in the type that they have.</summary>
    /// <exception cref="ArgumentException">They have another type; the message gives both.</exception>
    public ReadOnlySpan<T> Values<T>()
        where T : unmanaged =>
        Type != NumPyType.Text && NumPyTypes.Of(typeof(T)) == Type
            ? MemoryMarshal.Cast<byte, T>(Bytes.Span)
            : throw new ArgumentException($"the array holds {NumPyTypes.NameOf(Type)}, not {typeof(T).Name}: ToNumbers<float>() converts");

    /// <summary>All numbers converted: a copy. Truth values are 0 and 1.</summary>
    /// <exception cref="ArgumentException">The array holds texts.</exception>
    public T[] ToNumbers<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var numbers = new T[Type == NumPyType.Text ? 0 : Count];
        ConvertTo<T>(numbers);
        return numbers;
    }

    /// <summary>
    /// The numbers as a matrix: a copy. A single number is 1 × 1, rank 1 one row, rank 2 as it is; of more dimensions each first index
    /// gives a row, as an image gives its pixels.
    /// </summary>
    /// <exception cref="ArgumentException">The array holds texts.</exception>
    public Matrix<T> ToMatrix<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var block = Block<T>.Allocate(Type == NumPyType.Text ? 0 : Count, zeroed: false);
        block.Array.AsSpan(block.Length).Clear();
        ConvertTo(block.Span);
        var rows = Rank < 2 ? 1 : Shape[0];
        var columns = Rank < 2 ? Count : (int)IdxArray.Product(Shape.AsSpan()[1..]);
        return new Matrix<T>(block, rows, columns);
    }

    /// <summary>All texts.</summary>
    /// <exception cref="ArgumentException">The array holds no texts.</exception>
    public string[] ToTexts()
    {
        if (Type != NumPyType.Text)
        {
            throw new ArgumentException($"the array holds {NumPyTypes.NameOf(Type)}, not texts");
        }

        var texts = new string[Count];
        var text = new StringBuilder();
        for (var i = 0; i < texts.Length; i++)
        {
            var characters = MemoryMarshal.Cast<byte, int>(Bytes.Span).Slice(i * Characters, Characters).TrimEnd(0);
            text.Clear();
            foreach (var character in characters)
            {
                text.Append(new Rune(character).ToString());
            }

            texts[i] = text.ToString();
        }

        return texts;
    }

    /// <inheritdoc/>
    public bool Equals(NumPyArray? other) =>
        other is not null && Type == other.Type && Characters == other.Characters && Shape.AsSpan().SequenceEqual(other.Shape.AsSpan())
            && Bytes.Span.SequenceEqual(other.Bytes.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as NumPyArray);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Type, Rank, Bytes.Length, Bytes.IsEmpty ? 0 : Bytes.Span[^1]);

    /// <summary>The type and the shape, as "float32 784 × 128".</summary>
    public override string ToString() => $"{NumPyTypes.NameOf(Type)} {Text(Shape.AsSpan())}";

    internal static string Text(ReadOnlySpan<int> shape) => shape.IsEmpty ? "(a single one)" : IdxArray.Text([.. shape]);

    private void ConvertTo<T>(Span<T> numbers)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        switch (Type)
        {
            case NumPyType.Bool or NumPyType.UInt8: Convert<byte, T>(numbers); break;
            case NumPyType.Int8: Convert<sbyte, T>(numbers); break;
            case NumPyType.Int16: Convert<short, T>(numbers); break;
            case NumPyType.Int32: Convert<int, T>(numbers); break;
            case NumPyType.Int64: Convert<long, T>(numbers); break;
            case NumPyType.UInt16: Convert<ushort, T>(numbers); break;
            case NumPyType.UInt32: Convert<uint, T>(numbers); break;
            case NumPyType.UInt64: Convert<ulong, T>(numbers); break;
            case NumPyType.Float16: Convert<Half, T>(numbers); break;
            case NumPyType.Float32: Convert<float, T>(numbers); break;
            case NumPyType.Float64: Convert<double, T>(numbers); break;
            default: throw new ArgumentException("the array holds texts, not numbers: ToTexts() gives them");
        }
    }

    private void Convert<TFrom, T>(Span<T> numbers)
        where TFrom : unmanaged, INumberBase<TFrom>
        where T : unmanaged, IFloatingPointIeee754<T> =>
            TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, TFrom>(Bytes.Span), numbers);
}
