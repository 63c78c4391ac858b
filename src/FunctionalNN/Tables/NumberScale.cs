using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>A scale taken from numbers: x′ = (x − offset)/spread, or the rank among quantiles.</summary>
/// <param name="Offset">What is taken off.</param>
/// <param name="Spread">What is divided by; never 0.</param>
/// <param name="Quantiles">The quantiles of equal shares in order; empty where the scale is a straight line.</param>
internal readonly record struct NumberScale(double Offset, double Spread, ImmutableArray<double> Quantiles)
{
    private const int MaxQuantiles = 1000;
    private const double LowerQuartile = 0.25;
    private const double UpperQuartile = 0.75;

    /// <summary>x as it is.</summary>
    public static NumberScale Identity { get; } = new(0, 1, []);

    public static NumberScale Of(double[] numbers, Scaling scaling)
    {
        if (scaling == Scaling.None)
        {
            return Identity;
        }

        if (scaling == Scaling.Standard)
        {
            return Line(Statistics.Mean(numbers), Statistics.StandardDeviation(numbers));
        }

        double[] sorted = [.. numbers.Order()];
        return scaling switch
        {
            Scaling.MinMax => Line(sorted[0], sorted[^1] - sorted[0]),
            Scaling.Robust => Line(Statistics.Quantile(sorted, 0.5),
                Statistics.Quantile(sorted, UpperQuartile) - Statistics.Quantile(sorted, LowerQuartile)),
            _ => new NumberScale(0, 1, QuantilesOf(sorted)),
        };
    }

    public double Apply(double x) => Quantiles.IsEmpty ? (x - Offset) / Spread : Rank(x);

    private static NumberScale Line(double offset, double spread) => new(offset, spread > 0 && double.IsFinite(spread) ? spread : 1, []);

    private static ImmutableArray<double> QuantilesOf(double[] sorted)
    {
        var count = Math.Min(MaxQuantiles, sorted.Length);
        return count == 1
            ? [sorted[0], sorted[0]]
            : [.. Enumerable.Range(0, count).Select(i => Statistics.Quantile(sorted, i / (double)(count - 1)))];
    }

    /// <summary>The mean of the ranks from below and from above, so that of equal quantiles the middle one counts.</summary>
    private double Rank(double x)
    {
        ReadOnlySpan<double> knots = Quantiles.AsSpan();
        if (x <= knots[0] || x >= knots[^1])
        {
            return x < knots[0] ? 0 : x > knots[^1] ? 1 : x == knots[0] && x == knots[^1] ? 0.5 : x == knots[0] ? 0 : 1;
        }

        // The first knot above x, and the last below it: equal knots between them are x itself.
        var (above, below) = (First(knots, x, orEqual: false), First(knots, x, orEqual: true) - 1);
        if (above - below > 1)
        {
            return (below + above) / 2.0 / (knots.Length - 1);
        }

        return (below + ((x - knots[below]) / (knots[above] - knots[below]))) / (knots.Length - 1);
    }

    /// <summary>The first knot that is greater than x, or not less than it.</summary>
    private static int First(ReadOnlySpan<double> knots, double x, bool orEqual)
    {
        var (low, high) = (0, knots.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (knots[middle] > x || (orEqual && knots[middle] == x))
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }
}
