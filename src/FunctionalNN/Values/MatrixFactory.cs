using System.Numerics;
using System.Numerics.Tensors;

namespace FunctionalNN;

/// <summary>Ways to make a <see cref="Matrix{T}"/>. Each copies what it is given.</summary>
public static class Matrix
{
    /// <summary>A matrix from its numbers, row by row.</summary>
    /// <exception cref="ArgumentException">There are not exactly rows · columns numbers.</exception>
    public static Matrix<T> Create<T>(int rows, int columns, ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (rows < 0 || columns < 0 || (long)rows * columns != values.Length)
        {
            throw new ArgumentException($"a {rows} × {columns} matrix takes {(long)rows * columns} numbers, {values.Length} were given");
        }

        return new Matrix<T>(Block<T>.CopyOf(values), rows, columns);
    }

    /// <summary>A matrix whose number at (row, column) is f(row, column).</summary>
    /// <exception cref="ArgumentException">The count is above what one array can hold; the message gives both sizes.</exception>
    public static Matrix<T> Create<T>(int rows, int columns, Func<int, int, T> f)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        var block = Block<T>.Allocate(MatrixSize.Of<T>(rows, columns));
        var values = block.Span;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = f(i / columns, i % columns);
        }

        return new Matrix<T>(block, rows, columns);
    }

    /// <summary>A matrix from a two-dimensional array.</summary>
    public static Matrix<T> Of<T>(T[,] values)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Create(values.GetLength(0), values.GetLength(1), (row, column) => values[row, column]);

    /// <summary>A matrix of one row.</summary>
    public static Matrix<T> Row<T>(params ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T> => Create(1, values.Length, values);

    /// <summary>A matrix of one column.</summary>
    public static Matrix<T> Column<T>(params ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T> => Create(values.Length, 1, values);

    /// <summary>A matrix of zeros.</summary>
    /// <exception cref="ArgumentException">The count is above what one array can hold; the message gives both sizes.</exception>
    public static Matrix<T> Zeros<T>(int rows, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        return new Matrix<T>(Block<T>.Allocate(MatrixSize.Of<T>(rows, columns)), rows, columns);
    }

    /// <summary>A matrix from a tensor of rank 2.</summary>
    /// <exception cref="ArgumentException">The tensor has another rank.</exception>
    public static Matrix<T> From<T>(in ReadOnlyTensorSpan<T> tensor)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (tensor.Rank != 2)
        {
            throw new ArgumentException($"a matrix takes a tensor of rank 2, this one has rank {tensor.Rank}: reshape it first");
        }

        // A tensor's lengths fit an int each, as its span does.
        var (rows, columns) = ((int)tensor.Lengths[0], (int)tensor.Lengths[1]);
        var block = Block<T>.Allocate(MatrixSize.Of<T>(rows, columns));
        tensor.FlattenTo(block.Span);
        return new Matrix<T>(block, rows, columns);
    }

    /// <summary>The same numbers in another element type, rounded to nearest where it is narrower.</summary>
    public static Matrix<TTo> Convert<TFrom, TTo>(Matrix<TFrom> matrix)
        where TFrom : unmanaged, IFloatingPointIeee754<TFrom>
        where TTo : unmanaged, IFloatingPointIeee754<TTo>
    {
        var block = Block<TTo>.Allocate(matrix.Values.Length);
        TensorPrimitives.ConvertChecked(matrix.Values, block.Span);
        return new Matrix<TTo>(block, matrix.Rows, matrix.Columns);
    }
}
