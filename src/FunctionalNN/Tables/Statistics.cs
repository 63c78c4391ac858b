namespace FunctionalNN;

/// <summary>Numbers taken from a column of training rows, in double and independent of the number of threads.</summary>
internal static class Statistics
{
    /// <summary>What takes the place of a gap: NaN where the rule makes none.</summary>
    /// <param name="present">The numbers that are there, one or more.</param>
    /// <param name="gaps">The rule.</param>
    public static double Filling(double[] present, Gaps gaps) => gaps switch
    {
        Gaps.Mean => Mean(present),
        Gaps.Median => Quantile([.. present.Order()], 0.5),
        Gaps.MostFrequent => present.GroupBy(number => number).OrderByDescending(group => group.Count()).ThenBy(group =>
            group.Key).First().Key,
        _ => double.NaN,
    };

    public static double Mean(ReadOnlySpan<double> numbers)
    {
        var mean = 0.0;
        for (var i = 0; i < numbers.Length; i++)
        {
            mean += (numbers[i] - mean) / (i + 1);
        }

        return mean;
    }

    /// <summary>√(Σ(x − mean)²/n); exactly 0 where all numbers are the same.</summary>
    public static double StandardDeviation(ReadOnlySpan<double> numbers)
    {
        var (mean, squares) = (0.0, 0.0);
        for (var i = 0; i < numbers.Length; i++)
        {
            var before = numbers[i] - mean;
            mean += before / (i + 1);
            squares += before * (numbers[i] - mean);
        }

        return Math.Sqrt(squares / numbers.Length);
    }

    /// <summary>The quantile of sorted numbers, with a straight line between two: NumPy's default.</summary>
    public static double Quantile(double[] sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var below = (int)Math.Floor(place);
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] == sorted[above] ? sorted[below] : sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}
