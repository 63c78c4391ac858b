using System.Numerics;
using System.Numerics.Tensors;

namespace FunctionalNN;

/// <summary>
/// A matrix of <see cref="Rows"/> × <see cref="Columns"/> numbers, stored row by row. It never changes; two matrices are equal
/// when their shapes and all their numbers are (NaN equals NaN). A row is one sample, a column one feature.
/// Make one with <see cref="Matrix"/>.
/// </summary>
/// <typeparam name="T">float to train, double to check gradients.</typeparam>
public sealed partial class Matrix<T> : IEquatable<Matrix<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    internal Matrix(Block<T> block, int rows, int columns)
    {
        Block = block;
        Rows = rows;
        Columns = columns;
    }

    /// <summary>The number of rows, 0 or more.</summary>
    public int Rows { get; }

    /// <summary>The number of columns, 0 or more.</summary>
    public int Columns { get; }

    /// <summary>All numbers, row by row.</summary>
    public ReadOnlySpan<T> Values => Block.Span;

    internal Block<T> Block { get; }

    /// <summary>The number at a row and column, both counted from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The position lies outside the matrix; the message gives the shape.</exception>
    public T this[int row, int column] =>
        (uint)row < (uint)Rows && (uint)column < (uint)Columns
            ? Block.Array[Block.Offset + (row * Columns) + column]
            : throw new ArgumentOutOfRangeException(nameof(row), $"position [{row}, {column}] lies outside a {Rows} × {Columns} matrix");

    /// <summary>One row, without a copy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public ReadOnlySpan<T> Row(int row) =>
        (uint)row < (uint)Rows
            ? new ReadOnlySpan<T>(Block.Array, Block.Offset + (row * Columns), Columns)
            : throw new ArgumentOutOfRangeException(nameof(row), $"row {row} lies outside a {Rows} × {Columns} matrix");

    /// <summary>The matrix with f applied to every number.</summary>
    public Matrix<T> Map(Func<T, T> f) => Matrix.Create(Rows, Columns, (row, column) => f(this[row, column]));

    /// <summary>Rows and columns exchanged.</summary>
    public Matrix<T> Transpose() => Matrix.Create(Columns, Rows, (row, column) => this[column, row]);

    /// <summary>The same numbers as a tensor of rank 2: a copy.</summary>
    public Tensor<T> ToTensor() => Tensor.Create(Values.ToArray(), [Rows, Columns]);

    /// <summary>The same numbers as a read-only tensor of rank 2, without a copy.</summary>
    public ReadOnlyTensorSpan<T> AsTensorSpan() => new(Values, [Rows, Columns]);

    /// <summary>The numbers as a two-dimensional array: a copy.</summary>
    public T[,] ToArray()
    {
        var array = new T[Rows, Columns];
        for (var row = 0; row < Rows; row++)
        {
            for (var column = 0; column < Columns; column++)
            {
                array[row, column] = this[row, column];
            }
        }

        return array;
    }

    /// <inheritdoc/>
    public bool Equals(Matrix<T>? other) =>
        other is not null && Rows == other.Rows && Columns == other.Columns && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Matrix<T>);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        HashCode.Combine(Rows, Columns, Values.Length > 0 ? Values[0] : default, Values.Length > 0 ? Values[^1] : default);

    /// <summary>The shape and the corners.</summary>
    public override string ToString() => MatrixText.Of(this);
}
