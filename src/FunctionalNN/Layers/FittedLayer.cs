using System.Numerics;

namespace FunctionalNN;

/// <summary>A layer whose first two statistics slots can be taken from data at once.</summary>
internal interface IFittedLayer
{
    /// <summary>Whether training keeps the statistics up: then they are fitted after it, else before.</summary>
    bool IsRunning { get; }

    /// <summary>Whether the layer brings its inputs to a common scale with these statistics.</summary>
    bool Scales<T>(ReadOnlySpan<T> first, ReadOnlySpan<T> second)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>Writes them, for a summary of everything that comes into the layer.</summary>
    void Fit<T>(ColumnSummary summary, Span<T> first, Span<T> second)
        where T : unmanaged, IFloatingPointIeee754<T>;
}

/// <summary>
/// Mean, sum of squared differences from the mean, minimum and maximum of each column, kept up row by row in double
/// (Welford, 1962): one pass, no digits lost to a large mean, and a column that never changes has variance 0 to the last bit.
/// </summary>
internal sealed class ColumnSummary(int width)
{
    private readonly double[] squares = new double[width];

    public long Count { get; private set; }

    public double[] Means { get; } = new double[width];

    public double[] Minima { get; } = Filled(width, double.PositiveInfinity);

    public double[] Maxima { get; } = Filled(width, double.NegativeInfinity);

    /// <summary>The mean squared difference from the mean: divided by n.</summary>
    public double Variance(int column) => squares[column] / Count;

    public void Add<T>(Matrix<T> rows)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var row = 0; row < rows.Rows; row++)
        {
            Add(rows.Row(row));
        }
    }

    private void Add<T>(ReadOnlySpan<T> row)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var share = 1.0 / ++Count;
        for (var j = 0; j < row.Length; j++)
        {
            var x = double.CreateTruncating(row[j]);
            var before = x - Means[j];
            Means[j] += before * share;
            squares[j] += before * (x - Means[j]);
            Minima[j] = Math.Min(Minima[j], x);
            Maxima[j] = Math.Max(Maxima[j], x);
        }
    }

    private static double[] Filled(int count, double value)
    {
        var values = new double[count];
        Array.Fill(values, value);
        return values;
    }
}
