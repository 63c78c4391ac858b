using System.Numerics;

namespace FunctionalNN;

/// <content>Arithmetic number by number. A matrix of one row, or of one column, goes with each row, or each column, of the other; so does a
/// number.</content>
public sealed partial class Matrix<T>
{
    /// <summary>The sum, number by number: <c>inputs.Multiply(weights) + bias</c> adds the row of biases to each row.</summary>
    /// <exception cref="ArgumentException">The shapes do not go together; the message gives both.</exception>
    public static Matrix<T> operator +(Matrix<T> left, Matrix<T> right) => Together(left, right, "+", (a, b) => a + b);

    /// <summary>The difference, number by number.</summary>
    /// <exception cref="ArgumentException">The shapes do not go together; the message gives both.</exception>
    public static Matrix<T> operator -(Matrix<T> left, Matrix<T> right) => Together(left, right, "−", (a, b) => a - b);

    /// <summary>The product, number by number. The matrix product is <see cref="MatrixProduct.Multiply{T}"/>.</summary>
    /// <exception cref="ArgumentException">The shapes do not go together; the message gives both.</exception>
    public static Matrix<T> operator *(Matrix<T> left, Matrix<T> right) => Together(left, right, "*", (a, b) => a * b);

    /// <summary>The quotient, number by number.</summary>
    /// <exception cref="ArgumentException">The shapes do not go together; the message gives both.</exception>
    public static Matrix<T> operator /(Matrix<T> left, Matrix<T> right) => Together(left, right, "/", (a, b) => a / b);

    /// <summary>A number added to each.</summary>
    public static Matrix<T> operator +(Matrix<T> matrix, T number) => matrix.Map(value => value + number);

    /// <summary>A number added to each.</summary>
    public static Matrix<T> operator +(T number, Matrix<T> matrix) => matrix.Map(value => number + value);

    /// <summary>A number subtracted from each.</summary>
    public static Matrix<T> operator -(Matrix<T> matrix, T number) => matrix.Map(value => value - number);

    /// <summary>Each subtracted from a number.</summary>
    public static Matrix<T> operator -(T number, Matrix<T> matrix) => matrix.Map(value => number - value);

    /// <summary>Each times a number.</summary>
    public static Matrix<T> operator *(Matrix<T> matrix, T number) => matrix.Map(value => value * number);

    /// <summary>Each times a number.</summary>
    public static Matrix<T> operator *(T number, Matrix<T> matrix) => matrix.Map(value => number * value);

    /// <summary>Each divided by a number.</summary>
    public static Matrix<T> operator /(Matrix<T> matrix, T number) => matrix.Map(value => value / number);

    /// <summary>A number divided by each.</summary>
    public static Matrix<T> operator /(T number, Matrix<T> matrix) => matrix.Map(value => number / value);

    /// <summary>Each with the other sign.</summary>
    public static Matrix<T> operator -(Matrix<T> matrix) => matrix.Map(value => -value);

    /// <summary>f(a, b) for the numbers a of this matrix and b of another, number by number; one row or one column goes with all.</summary>
    /// <exception cref="ArgumentException">The shapes do not go together; the message gives both.</exception>
    public Matrix<T> Zip(Matrix<T> other, Func<T, T, T> f) => Together(this, other, "zipped with", f);

    private static Matrix<T> Together(Matrix<T> left, Matrix<T> right, string operation, Func<T, T, T> f)
    {
        var rows = Common(left.Rows, right.Rows);
        var columns = Common(left.Columns, right.Columns);
        if (rows < 0 || columns < 0)
        {
            throw new ArgumentException(
                $"a {left.Rows} × {left.Columns} matrix {operation} a {right.Rows} × {right.Columns} matrix: the shapes do not go "
                    + $"together; "
                    + $"give both the same shape, or one of them a single row or a single column");
        }

        return Matrix.Create(rows, columns, (row, column) => f(
            left[left.Rows == 1 ? 0 : row, left.Columns == 1 ? 0 : column],
            right[right.Rows == 1 ? 0 : row, right.Columns == 1 ? 0 : column]));
    }

    /// <summary>A size that both have, or that one has where the other is 1; −1 where there is none.</summary>
    private static int Common(int left, int right) => left == right || right == 1 ? left : left == 1 ? right : -1;
}
