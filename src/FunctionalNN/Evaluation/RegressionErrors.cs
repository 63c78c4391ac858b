using System.Numerics;

namespace FunctionalNN;

/// <summary>
/// How far predictions of one number are from the truth, as exact sums: two halves add up to the whole, to the last bit;
/// <see cref="Empty"/> is the zero. Means are NaN where there are no rows.
/// </summary>
public sealed record RegressionErrors
{
    /// <summary>All of it in one line.</summary>
    public override string ToString() => RecordText.Of(nameof(RegressionErrors), PrintMembers);

    /// <summary>The errors of no rows.</summary>
    public static RegressionErrors Empty { get; } = new();

    /// <summary>The rows measured.</summary>
    public long Rows { get; private init; }

    /// <summary>Σ w: the rows where all count 1.</summary>
    public double Total => Weight.Value;

    /// <summary>The mean of |ŷ − y|.</summary>
    public double MeanAbsoluteError => Absolute.Value / Weight.Value;

    /// <summary>The mean of (ŷ − y)².</summary>
    public double MeanSquaredError => Squared.Value / Weight.Value;

    /// <summary>√ of the mean of (ŷ − y)².</summary>
    public double RootMeanSquaredError => Math.Sqrt(MeanSquaredError);

    /// <summary>The mean of ŷ − y: above 0 where predictions are too great.</summary>
    public double Bias => Signed.Value / Weight.Value;

    /// <summary>The greatest |ŷ − y|, whatever the row weighs; 0 where there are no rows.</summary>
    public double MaxError { get; private init; }

    /// <summary>The mean of y: what the baseline always predicts.</summary>
    public double Mean => Truth.Value / Weight.Value;

    /// <summary>√ of the mean of (y − mean)²: the root mean squared error of always predicting the mean.</summary>
    public double StandardDeviation => Math.Sqrt(ExactSum.Rounded(Spread, -2 * 1074) / (Weight.Value * Weight.Value));

    /// <summary>
    /// The share of the spread of y that is explained: 1 − Σ(ŷ − y)²/Σ(y − mean)²; 0 is as good as always predicting the mean, 1 is
    /// perfect. Where all y are the same: 1 if every prediction is exact, else 0, as in scikit-learn's r2_score. NaN of fewer than two
    /// rows.
    /// </summary>
    public double R2
    {
        get
        {
            if (Rows < 2 || !Squared.IsFinite || !TruthSquared.IsFinite)
            {
                return double.NaN;
            }

            var errors = Squared.Units * Weight.Units;
            return Spread.IsZero ? (errors.IsZero ? 1 : 0) : 1 - Ratio(errors, Spread);
        }
    }

    /// <summary>
    /// The median of |ŷ − y|; NaN where the errors were not kept. Of an even count the mean of the middle two; where rows have weights the
    /// least error at which half of the weight is reached, as in scikit-learn's median_absolute_error.
    /// </summary>
    public double MedianAbsoluteError
    {
        get
        {
            var counts = Kept.Counts;
            var (half, below, isWeighted) = (Kept.Weight / 2, 0.0, Kept.IsWeighted);
            for (var i = counts.Length - 1; i >= 0; i--)
            {
                below += counts[i].Total;
                if (below >= half)
                {
                    return below == half && !isWeighted && i > 0 ? (counts[i].Score + counts[i - 1].Score) / 2 : counts[i].Score;
                }
            }

            return double.NaN;
        }
    }

    private ExactSum Weight { get; init; }

    private ExactSum Truth { get; init; }

    private ExactSum TruthSquared { get; init; }

    private ExactSum Signed { get; init; }

    private ExactSum Absolute { get; init; }

    private ExactSum Squared { get; init; }

    private ScoreRun Kept { get; init; } = ScoreRun.Empty;

    internal ExactSum SquaredWeights { get; private init; }

    /// <summary>Σw·Σw(y − mean)² = Σw·Σwy² − (Σwy)², without rounding.</summary>
    private BigInteger Spread => (TruthSquared.Units * Weight.Units) - (Truth.Units * Truth.Units);

    /// <summary>The errors of some rows.</summary>
    /// <param name="predicted">ŷ, one a row.</param>
    /// <param name="truth">y, one a row.</param>
    /// <param name="weights">How much each row counts; empty when all count 1.</param>
    /// <param name="keepErrors">Whether to keep every |ŷ − y|, 24 bytes a row, for the median and <see cref="ShareWithin"/>.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a number is NaN; the message names the row.</exception>
    public static RegressionErrors Of(ReadOnlySpan<double> predicted, ReadOnlySpan<double> truth, ReadOnlySpan<double> weights = default,
        bool keepErrors = true)
    {
        if (predicted.Length != truth.Length || (!weights.IsEmpty && weights.Length != truth.Length))
        {
            throw new ArgumentException(
                $"{truth.Length} targets, {predicted.Length} predictions{(weights.IsEmpty ? "" : $" and {weights.Length} weights")} were "
                    + $"given: every row needs one of each");
        }

        var sums = Enumerable.Range(0, 7).Select(_ => new ExactSumBuilder()).ToArray();
        var (kept, greatest) = (new ScoreCount[keepErrors ? truth.Length : 0], 0.0);
        for (var row = 0; row < truth.Length; row++)
        {
            var (y, weight) = (truth[row], weights.IsEmpty ? 1 : weights[row]);
            var error = predicted[row] - y;
            if (!double.IsFinite(error))
            {
                throw new ArgumentException($"row {row} has the target {y} and the prediction {predicted[row]}: both must be finite");
            }

            sums[0].Add(weight);
            sums[1].AddProduct(weight, y);
            sums[2].AddSquare(weight, y);
            sums[3].AddProduct(weight, error);
            sums[4].AddProduct(weight, Math.Abs(error));
            sums[5].AddSquare(weight, error);
            sums[6].AddProduct(weight, weight);
            greatest = Math.Max(greatest, Math.Abs(error));
            if (keepErrors)
            {
                kept[row] = new ScoreCount(Math.Abs(error), weight, 1);
            }
        }

        var done = sums.Select(sum => sum.ToSum()).ToArray();
        return new RegressionErrors
        {
            Rows = truth.Length,
            MaxError = greatest,
            Weight = done[0],
            Truth = done[1],
            TruthSquared = done[2],
            Signed = done[3],
            Absolute = done[4],
            Squared = done[5],
            SquaredWeights = done[6],
            Kept = ScoreRun.Of(kept),
        };
    }

    /// <summary>The sum: the result over the rows of both.</summary>
    public static RegressionErrors operator +(RegressionErrors left, RegressionErrors right) => Add(left, right);

    /// <summary>The sum: the result over the rows of both.</summary>
    public static RegressionErrors Add(RegressionErrors left, RegressionErrors right) => new()
    {
        Rows = left.Rows + right.Rows,
        MaxError = Math.Max(left.MaxError, right.MaxError),
        Weight = left.Weight + right.Weight,
        Truth = left.Truth + right.Truth,
        TruthSquared = left.TruthSquared + right.TruthSquared,
        Signed = left.Signed + right.Signed,
        Absolute = left.Absolute + right.Absolute,
        Squared = left.Squared + right.Squared,
        SquaredWeights = left.SquaredWeights + right.SquaredWeights,
        Kept = left.Kept + right.Kept,
    };

    /// <summary>The share of the rows with |ŷ − y| below a tolerance; NaN where the errors were not kept.</summary>
    public double ShareWithin(double tolerance)
    {
        var (all, within) = (0.0, 0.0);
        foreach (var count in Kept.Counts)
        {
            all += count.Total;
            within += count.Score < tolerance ? count.Total : 0;
        }

        return within / all;
    }

    private static double Ratio(BigInteger numerator, BigInteger denominator)
    {
        var shift = -(int)BigInteger.Max(BigInteger.Abs(numerator), denominator).GetBitLength();
        return ExactSum.Rounded(numerator, shift) / ExactSum.Rounded(denominator, shift);
    }
}
