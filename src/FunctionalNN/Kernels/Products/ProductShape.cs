namespace FunctionalNN;

/// <summary>The jobs that compute a product.</summary>
internal enum ProductKind
{
    /// <summary><see cref="ProductJob{T}"/>: tiles, with vectors along C's columns.</summary>
    Tiles,

    /// <summary><see cref="RowProduct{T}"/>: a single row.</summary>
    Row,

    /// <summary><see cref="FewOutputsJob"/>: at most four columns, several rows in a vector.</summary>
    FewOutputs,

    /// <summary><see cref="NarrowForwardJob{T}"/> or <see cref="NarrowGradientJob{T}"/>: few columns, so vectors along the other
    /// side.</summary>
    Narrow,
}

/// <summary>The one place that decides from a product's shape which job computes it. All give the same bits.</summary>
internal static class ProductShape
{
    private const int FewestInputs = 32;

    /// <summary>Where x's rows are gathered, or x is larger than the second-level cache, it is read row by row: turning it would read it
    /// twice.</summary>
    /// <param name="rows">n in z = x·W.</param>
    /// <param name="inputs">The depth.</param>
    /// <param name="outputs">The columns of z.</param>
    /// <param name="bytes">The size of a number.</param>
    /// <param name="isGathered">Whether x's rows are yet to be gathered.</param>
    public static ProductKind Forward(int rows, int inputs, int outputs, int bytes, bool isGathered)
    {
        var lanes = LaneWidth.Bits / 8 / bytes;
        return isGathered ? ProductKind.Tiles
            : rows == 1 ? ProductKind.Row
            : bytes == sizeof(float) && outputs is >= 1 and <= 4 && rows >= lanes ? ProductKind.FewOutputs
            : LaneWidth.Bits > 128 && outputs is >= 5 and <= 10 && outputs % lanes != 0 && rows >= 2 * lanes && inputs >= FewestInputs
                && (long)rows * inputs * bytes <= Caches.Level2
                ? ProductKind.Narrow
            : ProductKind.Tiles;
    }

    /// <summary>
    /// dW = xᵀ·dz: vectors along the inputs where those along the outputs would be partly empty, or would be one to a tile's row, whose few
    /// sums wait for each other.
    /// </summary>
    /// <param name="outputs">The columns of dW.</param>
    /// <param name="bytes">The size of a number.</param>
    public static ProductKind WeightGradient(int outputs, int bytes)
    {
        var tile = 2 * (LaneWidth.Bits / 8 / bytes);
        var isNearlyFull = (outputs + tile - 1) / tile * tile - outputs <= tile / 8;
        return outputs is > 0 and <= 24 && !isNearlyFull ? ProductKind.Narrow : ProductKind.Tiles;
    }
}
