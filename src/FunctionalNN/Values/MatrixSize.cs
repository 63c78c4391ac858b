using System.Numerics;

namespace FunctionalNN;

/// <summary>How many numbers one array takes.</summary>
internal static class MatrixSize
{
    /// <summary>rows · columns.</summary>
    /// <exception cref="ArgumentException">The count is above what one array can hold; the message gives both sizes.</exception>
    public static int Of<T>(int rows, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (size, most) = ((long)rows * columns, Array.MaxLength - Block<T>.Padding);
        return size <= most
            ? (int)size
            : throw new ArgumentException(
                $"a {rows} × {columns} matrix has {size} numbers, and one array holds {most} at most: work with some of the rows "
                    + $"at a time");
    }
}
