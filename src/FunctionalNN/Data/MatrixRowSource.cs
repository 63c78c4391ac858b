using System.Numerics;

namespace FunctionalNN;

/// <summary>A matrix as the inputs of a data set.</summary>
public static class MatrixRowSource
{
    /// <summary>The rows as the inputs of a data set, without a copy.</summary>
    public static RowSource<T> ToRowSource<T>(this Matrix<T> matrix)
        where T : unmanaged, IFloatingPointIeee754<T> => new MatrixRows<T>(matrix);
}
