using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>
/// An array of bytes of any rank, the last index running fastest: what an IDX file holds. Two arrays are equal when their shapes
/// and all their bytes are.
/// </summary>
public sealed class IdxArray : IEquatable<IdxArray>
{
    /// <summary>The most dimensions that an IDX file can describe.</summary>
    internal const int MaxRank = 255;

    /// <summary>An array over bytes that the caller no longer changes.</summary>
    /// <param name="bytes">All values, the last index running fastest.</param>
    /// <param name="shape">The length of each dimension, 1 to 255 of them.</param>
    /// <exception cref="ArgumentException">The shape is empty, has a negative length, or does not multiply to the count of
    /// bytes.</exception>
    public IdxArray(ReadOnlyMemory<byte> bytes, params ReadOnlySpan<int> shape)
    {
        if (shape.Length is 0 or > MaxRank)
        {
            throw new ArgumentException($"the shape has {shape.Length} dimensions, expected 1 to {MaxRank}");
        }

        Shape = [.. shape];
        if (Shape.Any(length => length < 0) || Product(Shape) != bytes.Length)
        {
            throw new ArgumentException($"{bytes.Length} bytes do not fill the shape {Text(Shape)}");
        }

        Bytes = bytes;
    }

    /// <summary>The length of each dimension.</summary>
    public ImmutableArray<int> Shape { get; }

    /// <summary>The number of dimensions: 1 for labels, 3 for images.</summary>
    public int Rank => Shape.Length;

    /// <summary>The length of the first dimension: how many labels or images there are.</summary>
    public int Count => Shape[0];

    /// <summary>All values, the last index running fastest.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <inheritdoc/>
    public bool Equals(IdxArray? other) =>
        other is not null && Shape.SequenceEqual(other.Shape) && Bytes.Span.SequenceEqual(other.Bytes.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as IdxArray);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        HashCode.Combine(Rank, Count, Bytes.Length, Bytes.IsEmpty ? 0 : Bytes.Span[0], Bytes.IsEmpty ? 0 : Bytes.Span[^1]);

    /// <summary>The shape.</summary>
    public override string ToString() => $"{Text(Shape)} bytes";

    internal static string Text(IEnumerable<int> shape) => string.Join(" × ", shape.Select(length => $"{length}"));

    /// <summary>The count of values: 0 where a length is 0, −1 where it is more than an array can hold.</summary>
    internal static long Product(ReadOnlySpan<int> shape)
    {
        long product = 1;
        var isEmpty = false;
        foreach (var length in shape)
        {
            isEmpty |= length == 0;
            product *= Math.Max(length, 1);
            if (product > Array.MaxLength)
            {
                return -1;
            }
        }

        return isEmpty ? 0 : product;
    }

    private static long Product(ImmutableArray<int> shape) => Product(shape.AsSpan());
}
