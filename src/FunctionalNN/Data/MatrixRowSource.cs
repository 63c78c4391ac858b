using System.Numerics;

namespace FunctionalNN;

/// <summary>A matrix as the inputs of a data set.</summary>
public static class MatrixRowSource
{
    /// <summary>The rows as the inputs of a data set, without a copy.</summary>
    public static RowSource<T> ToRowSource<T>(this Matrix<T> matrix)
        where T : unmanaged, IFloatingPointIeee754<T> => new MatrixRows<T>(matrix);

    /// <summary>The rows as images, without a copy.</summary>
    /// <param name="matrix">A row an image: rows, in each pixels, in each channels.</param>
    /// <param name="size">The size of each image.</param>
    /// <exception cref="ArgumentException">The rows have another count of numbers; the message gives both.</exception>
    public static RowSource<T> ToRowSource<T>(this Matrix<T> matrix, ImageSize size)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        size.ProblemWith(nameof(ToRowSource), matrix.Columns) is { } problem
            ? throw new ArgumentException(problem)
            : new MatrixRows<T>(matrix, size);
}
