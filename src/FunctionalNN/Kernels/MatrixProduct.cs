using System.Numerics;

namespace FunctionalNN;

/// <summary>The product of two matrices.</summary>
public static class MatrixProduct
{
    /// <summary>The matrix product left · right: [n × k] · [k × m] = [n × m].</summary>
    /// <exception cref="ArgumentException">The inner sizes differ; the message gives both shapes.</exception>
    public static Matrix<T> Multiply<T>(this Matrix<T> left, Matrix<T> right)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (left.Columns != right.Rows)
        {
            throw new ArgumentException(
                $"a {left.Rows} × {left.Columns} matrix cannot be multiplied by a {right.Rows} × {right.Columns} one: {left.Columns} "
                    + $"columns meet {right.Rows} rows");
        }

        var product = Block<T>.Allocate(MatrixSize.Of<T>(left.Rows, right.Columns));
        Product.Forward(Team.Single, left.Values, right.Values, [], product.Span, left.Rows, left.Columns, right.Columns);
        return new Matrix<T>(product, left.Rows, right.Columns);
    }
}
