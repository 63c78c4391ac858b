using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace FunctionalNN.Tests;

/// <summary>Arithmetic, sums and slices of matrices, each against loops.</summary>
[Properties(Arbitrary = [typeof(MatrixArithmeticTests)])]
public class MatrixArithmeticTests
{
    /// <summary>Two matrices that go together: of one shape, or one of them a row, a column or a number.</summary>
    public sealed record Pair(Matrix<double> Left, Matrix<double> Right);

    public static Arbitrary<Pair> Pairs()
    {
        var sizes = Gen.Choose(1, 5).Two();
        return Arb.From(
            from size in sizes
            from one in Gen.Choose(0, 3)
            from isLeft in ArbMap.Default.GeneratorFor<bool>()
            let rows = one is 1 or 3 ? 1 : size.Item1
            let columns = one is 2 or 3 ? 1 : size.Item2
            from large in MatrixOf(size.Item1, size.Item2)
            from small in MatrixOf(rows, columns)
            select isLeft ? new Pair(large, small) : new Pair(small, large));
    }

    [Property]
    public void Each_operation_is_that_of_the_numbers(Pair pair)
    {
        Same(pair, (a, b) => a + b, pair.Left + pair.Right);
        Same(pair, (a, b) => a - b, pair.Left - pair.Right);
        Same(pair, (a, b) => a * b, pair.Left * pair.Right);
        Same(pair, (a, b) => a / b, pair.Left / pair.Right);
        Same(pair, Math.Max, pair.Left.Zip(pair.Right, Math.Max));
        Assert.Equal(pair.Left + Matrix.Row(3.0), pair.Left + 3);
        Assert.Equal(Matrix.Row(3.0) - pair.Left, 3 - pair.Left);
        Assert.Equal(pair.Left * Matrix.Row(3.0), 3 * pair.Left);
        Assert.Equal(Matrix.Row(3.0) / pair.Left, 3 / pair.Left);
        Assert.Equal((3 + pair.Left, pair.Left - 3, pair.Left * 3, pair.Left / 3),
            (pair.Left + 3, pair.Left + -3.0, 3 * pair.Left, pair.Left / Matrix.Row(3.0)));
        Assert.Equal(Matrix.Zeros<double>(1, 1) - pair.Left, -pair.Left);
    }

    [Property]
    public void Sums_means_and_extremes_are_those_of_rows_and_columns(Pair pair)
    {
        var matrix = pair.Left;
        for (var row = 0; row < matrix.Rows; row++)
        {
            var values = matrix.Row(row).ToArray();
            Assert.Equal((values.Sum(), values.Average(), values.Max(), values.Min(), Array.IndexOf(values, values.Max())),
                (matrix.RowSums()[row, 0], matrix.RowMeans()[row, 0], matrix.RowMaxima()[row, 0], matrix.RowMinima()[row, 0],
                    matrix.RowArgMax()[row]));
        }

        var turned = matrix.Transpose();
        Assert.Equal(turned.RowSums().Transpose(), matrix.ColumnSums());
        Assert.Equal(turned.RowMeans().Transpose(), matrix.ColumnMeans());
        Assert.Equal(turned.RowMaxima().Transpose(), matrix.ColumnMaxima());
        Assert.Equal(turned.RowMinima().Transpose(), matrix.ColumnMinima());
        Assert.Equal(turned.RowArgMax().AsEnumerable(), matrix.ColumnArgMax());
        Assert.Equal((matrix.Values.ToArray().Sum(), matrix.Values.ToArray().Max(), matrix.Values.ToArray().Min()),
            (matrix.Sum(), matrix.Max(), matrix.Min()));
        Assert.Equal(matrix.Values.ToArray().Average(), matrix.Mean());
    }

    [Property]
    public void A_slice_has_the_numbers_of_its_place(Pair pair)
    {
        var matrix = pair.Left;
        Assert.Equal(matrix, matrix[.., ..]);
        Assert.Equal(matrix[0, 0], matrix[..1, ..1][0, 0]);
        var last = matrix[^1.., ..];
        Assert.Equal(matrix.Row(matrix.Rows - 1).ToArray(), last.Values.ToArray());
    }

    [Fact]
    public void Shapes_that_do_not_go_together_are_named()
    {
        var (wide, tall) = (Matrix.Zeros<float>(2, 3), Matrix.Zeros<float>(3, 2));
        Assert.Equal("a 2 × 3 matrix + a 3 × 2 matrix: the shapes do not go together; give both the same shape, or one of them a single "
            + "row or a single column", Assert.Throws<ArgumentException>(() => wide + tall).Message);
        Assert.Equal("an empty matrix has no greatest or least number",
            Assert.Throws<InvalidOperationException>(() => Matrix.Zeros<float>(0, 3).Max()).Message);
        Assert.Throws<InvalidOperationException>(() => Matrix.Zeros<float>(3, 0).RowArgMax());
        Assert.Throws<ArgumentOutOfRangeException>(() => wide[..3, ..]);
        Assert.True(float.IsNaN(Matrix.Row(1f, float.NaN).Max()));
    }

    private static Gen<Matrix<double>> MatrixOf(int rows, int columns) =>
        Gen.Choose(-8, 8).ArrayOf(rows * columns).Select(values => Matrix.Create<double>(rows, columns, [.. values.Select(v => v / 4.0)]));

    private static void Same(Pair pair, Func<double, double, double> f, Matrix<double> result)
    {
        var (left, right) = (pair.Left, pair.Right);
        Assert.Equal((Math.Max(left.Rows, right.Rows), Math.Max(left.Columns, right.Columns)), (result.Rows, result.Columns));
        for (var row = 0; row < result.Rows; row++)
        {
            for (var column = 0; column < result.Columns; column++)
            {
                Assert.Equal(
                    f(left[Math.Min(row, left.Rows - 1), Math.Min(column, left.Columns - 1)],
                        right[Math.Min(row, right.Rows - 1), Math.Min(column, right.Columns - 1)]),
                    result[row, column]);
            }
        }
    }
}
