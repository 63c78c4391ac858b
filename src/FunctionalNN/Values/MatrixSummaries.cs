using System.Collections.Immutable;
using System.Numerics;

namespace FunctionalNN;

/// <content>Sums, means, extremes and slices. Sums are added in double, row by row, and rounded once.</content>
public sealed partial class Matrix<T>
{
    /// <summary>A part as a matrix of its own: <c>matrix[..2, 1..]</c> has the first two rows without their first column.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The part lies outside the matrix.</exception>
    public Matrix<T> this[Range rows, Range columns]
    {
        get
        {
            var (firstRow, rowCount) = rows.GetOffsetAndLength(Rows);
            var (firstColumn, columnCount) = columns.GetOffsetAndLength(Columns);
            return Matrix.Create(rowCount, columnCount, (row, column) => this[firstRow + row, firstColumn + column]);
        }
    }

    /// <summary>The sum of all numbers.</summary>
    public T Sum() => Rounded(Values.ToArray().Sum(double.CreateTruncating));

    /// <summary>The mean of all numbers; NaN where there are none.</summary>
    public T Mean() => Rounded(Values.ToArray().Sum(double.CreateTruncating) / Values.Length);

    /// <summary>The greatest number; NaN where one is NaN.</summary>
    /// <exception cref="InvalidOperationException">There are no numbers.</exception>
    public T Max() => Extreme(Values.ToArray(), T.Max);

    /// <summary>The least number; NaN where one is NaN.</summary>
    /// <exception cref="InvalidOperationException">There are no numbers.</exception>
    public T Min() => Extreme(Values.ToArray(), T.Min);

    /// <summary>The sum of each column: a matrix of one row. NumPy's <c>sum(axis=0, keepdims=True)</c>.</summary>
    public Matrix<T> ColumnSums() => ByColumn(column => Rounded(column.Sum(double.CreateTruncating)));

    /// <summary>The mean of each column: a matrix of one row.</summary>
    public Matrix<T> ColumnMeans() => ByColumn(column => Rounded(column.Sum(double.CreateTruncating) / column.Length));

    /// <summary>The greatest number of each column: a matrix of one row.</summary>
    public Matrix<T> ColumnMaxima() => ByColumn(column => Extreme(column, T.Max));

    /// <summary>The least number of each column: a matrix of one row.</summary>
    public Matrix<T> ColumnMinima() => ByColumn(column => Extreme(column, T.Min));

    /// <summary>The sum of each row: a matrix of one column. NumPy's <c>sum(axis=1, keepdims=True)</c>.</summary>
    public Matrix<T> RowSums() => ByRow(row => Rounded(row.Sum(double.CreateTruncating)));

    /// <summary>The mean of each row: a matrix of one column.</summary>
    public Matrix<T> RowMeans() => ByRow(row => Rounded(row.Sum(double.CreateTruncating) / row.Length));

    /// <summary>The greatest number of each row: a matrix of one column.</summary>
    public Matrix<T> RowMaxima() => ByRow(row => Extreme(row, T.Max));

    /// <summary>The least number of each row: a matrix of one column.</summary>
    public Matrix<T> RowMinima() => ByRow(row => Extreme(row, T.Min));

    /// <summary>The column of the greatest number of each row, the first of several: the class that is predicted for each sample.</summary>
    /// <exception cref="InvalidOperationException">There are no columns.</exception>
    public ImmutableArray<int> RowArgMax() => [.. Enumerable.Range(0, Rows).Select(row => Largest(Row(row)))];

    /// <summary>The row of the greatest number of each column, the first of several.</summary>
    /// <exception cref="InvalidOperationException">There are no rows.</exception>
    public ImmutableArray<int> ColumnArgMax() => Transpose().RowArgMax();

    private Matrix<T> ByRow(Func<T[], T> f) => Matrix.Create(Rows, 1, (row, _) => f(Row(row).ToArray()));

    private Matrix<T> ByColumn(Func<T[], T> f) =>
        Matrix.Create(1, Columns, (_, column) => f([.. Enumerable.Range(0, Rows).Select(row => this[row, column])]));

    private static T Rounded(double value) => T.CreateTruncating(value);

    private static T Extreme(T[] values, Func<T, T, T> greater) =>
        values.Length > 0
            ? values.Aggregate(greater)
            : throw new InvalidOperationException("an empty matrix has no greatest or least number");

    private static int Largest(ReadOnlySpan<T> row)
    {
        if (row.IsEmpty)
        {
            throw new InvalidOperationException("a matrix without columns or rows has no greatest number");
        }

        var best = 0;
        for (var i = 1; i < row.Length; i++)
        {
            best = row[i] > row[best] ? i : best;
        }

        return best;
    }
}
