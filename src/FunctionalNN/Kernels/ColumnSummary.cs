using System.Numerics;

namespace FunctionalNN;

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

    /// <summary>The summary of the columns' groups: column j of the result is of all columns j, j + width, j + 2·width ….</summary>
    /// <param name="channels">The width of the result.</param>
    public ColumnSummary Folded(int channels)
    {
        var folded = new ColumnSummary(channels);
        var groups = width / channels;
        folded.Count = Count * groups;
        for (var channel = 0; channel < channels; channel++)
        {
            var columns = Enumerable.Range(0, groups).Select(group => (group * channels) + channel).ToArray();
            var mean = columns.Average(column => Means[column]);
            folded.Means[channel] = mean;
            folded.squares[channel] = columns.Sum(column => squares[column] + (Count * Math.Pow(Means[column] - mean, 2)));
            folded.Minima[channel] = columns.Min(column => Minima[column]);
            folded.Maxima[channel] = columns.Max(column => Maxima[column]);
        }

        return folded;
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
