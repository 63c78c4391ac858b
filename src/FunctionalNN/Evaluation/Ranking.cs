using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>A point of the ROC curve: rows with a score of <paramref name="Threshold"/> or more are called positive.</summary>
/// <param name="Threshold">+∞ for the first point, where none is.</param>
/// <param name="FalsePositiveRate">The share of the negatives that are called positive.</param>
/// <param name="TruePositiveRate">The share of the positives that are called positive: recall.</param>
public readonly record struct RocPoint(double Threshold, double FalsePositiveRate, double TruePositiveRate)
{
    /// <summary>All of it in one line.</summary>
    public override string ToString() => RecordText.Of(nameof(RocPoint), PrintMembers);
}

/// <summary>A point of the precision–recall curve: rows with a score of <paramref name="Threshold"/> or more are called positive.</summary>
/// <param name="Threshold">+∞ for the first point, where none is.</param>
/// <param name="Recall">The share of the positives that are called positive.</param>
/// <param name="Precision">The share of positives among those; 1 for the first point by convention, as in scikit-learn.</param>
public readonly record struct PrecisionRecallPoint(double Threshold, double Recall, double Precision)
{
    /// <summary>All of it in one line.</summary>
    public override string ToString() => RecordText.Of(nameof(PrecisionRecallPoint), PrintMembers);
}

/// <summary>
/// How well a score puts positives before negatives. It keeps every distinct score with its count, 24 bytes each, so that curves and areas
/// are exact, and two halves add up to the whole; <see cref="Empty"/> is the zero.
/// </summary>
public sealed class Ranking : IEquatable<Ranking>
{
    internal Ranking(ScoreRun positives, ScoreRun negatives)
    {
        Positives = positives;
        Negatives = negatives;
    }

    /// <summary>The ranking of no rows.</summary>
    public static Ranking Empty { get; } = new(ScoreRun.Empty, ScoreRun.Empty);

    /// <summary>Whether there are positives and negatives: else nothing can be said of their order.</summary>
    public bool IsDefined => Positives.Weight > 0 && Negatives.Weight > 0;

    /// <summary>
    /// The area under the ROC curve: the probability that a positive has a greater score than a negative, ties counting half. NaN where
    /// there are only positives or only negatives.
    /// </summary>
    public double RocAuc
    {
        get
        {
            var (area, positives, lastNegatives) = (0.0, 0.0, 0.0);
            foreach (var (_, truePositives, falsePositives) in Sums())
            {
                area += (falsePositives - lastNegatives) * (positives + truePositives);
                (positives, lastNegatives) = (truePositives, falsePositives);
            }

            return IsDefined ? area / (2 * positives * lastNegatives) : double.NaN;
        }
    }

    /// <summary>
    /// Average precision, the area under the precision–recall curve in steps: Σ (Rₙ − Rₙ₋₁)·Pₙ, without interpolation, as scikit-learn's
    /// average_precision_score. NaN where there are no positives.
    /// </summary>
    public double AveragePrecision
    {
        get
        {
            var (sum, recall) = (0.0, 0.0);
            foreach (var point in PrecisionRecallCurve().Skip(1))
            {
                sum += (point.Recall - recall) * point.Precision;
                recall = point.Recall;
            }

            return Positives.Weight > 0 ? sum : double.NaN;
        }
    }

    internal ScoreRun Positives { get; }

    internal ScoreRun Negatives { get; }

    /// <summary>Ranks rows.</summary>
    /// <param name="scores">One score a row: the greater, the more likely positive.</param>
    /// <param name="isPositive">Whether each row is.</param>
    /// <param name="weights">How much each row counts; empty when all count 1.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a score is NaN; the message names the row.</exception>
    public static Ranking Of(ReadOnlySpan<double> scores, ReadOnlySpan<bool> isPositive, ReadOnlySpan<double> weights = default)
    {
        if (scores.Length != isPositive.Length || (!weights.IsEmpty && weights.Length != scores.Length))
        {
            throw new ArgumentException(
                $"{scores.Length} scores, {isPositive.Length} labels{(weights.IsEmpty ? "" : $" and {weights.Length} weights")} were "
                    + $"given: every row needs one of each");
        }

        var (positives, negatives) = (new List<ScoreCount>(), new List<ScoreCount>());
        for (var row = 0; row < scores.Length; row++)
        {
            if (double.IsNaN(scores[row]))
            {
                throw new ArgumentException($"the score of row {row} is NaN: NaN has no rank");
            }

            (isPositive[row] ? positives : negatives).Add(new ScoreCount(scores[row], weights.IsEmpty ? 1 : weights[row], 1));
        }

        return new Ranking(ScoreRun.Of(positives.ToArray()), ScoreRun.Of(negatives.ToArray()));
    }

    /// <summary>The sum: the result over the rows of both.</summary>
    public static Ranking operator +(Ranking left, Ranking right) => Add(left, right);

    /// <summary>The sum: the result over the rows of both.</summary>
    public static Ranking Add(Ranking left, Ranking right) => new(left.Positives + right.Positives, left.Negatives + right.Negatives);

    /// <summary>The ROC curve from (0, 0) to (1, 1), one point for each distinct score.</summary>
    /// <exception cref="InvalidOperationException">There are only positives or only negatives.</exception>
    public ImmutableArray<RocPoint> RocCurve()
    {
        var (positives, negatives) = (Positives.Weight, Negatives.Weight);
        return IsDefined
            ? [new RocPoint(double.PositiveInfinity, 0, 0),
                .. Sums().Select(sum => new RocPoint(sum.Threshold, sum.FalsePositives / negatives, sum.TruePositives / positives))]
            : throw new InvalidOperationException(
                $"the ROC curve needs positives and negatives, found {Positives.Rows} positive and {Negatives.Rows} negative rows: measure "
                    + $"rows of both classes");
    }

    /// <summary>The precision–recall curve, from recall 0 to recall 1, one point for each distinct score.</summary>
    /// <remarks>Without positives recall is 1 throughout, as in scikit-learn.</remarks>
    public ImmutableArray<PrecisionRecallPoint> PrecisionRecallCurve()
    {
        var positives = Positives.Weight;
        return
        [
            new PrecisionRecallPoint(double.PositiveInfinity, 0, 1),
            .. Sums().Select(sum => new PrecisionRecallPoint(
                sum.Threshold,
                positives > 0 ? sum.TruePositives / positives : 1,
                sum.TruePositives + sum.FalsePositives > 0 ? sum.TruePositives / (sum.TruePositives + sum.FalsePositives) : 0)),
        ];
    }

    /// <inheritdoc/>
    public bool Equals(Ranking? other) => other is not null && Positives.Equals(other.Positives) && Negatives.Equals(other.Negatives);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Ranking);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Positives, Negatives);

    /// <summary>Both areas.</summary>
    public override string ToString() =>
        $"{Positives.Rows} positive, {Negatives.Rows} negative rows: ROC-AUC {RocAuc:F4}, average precision {AveragePrecision:F4}";

    /// <summary>For each distinct score, from the greatest down, the weights of the positives and negatives that have it or a greater
    /// one.</summary>
    private List<(double Threshold, double TruePositives, double FalsePositives)> Sums()
    {
        var sums = new List<(double, double, double)>();
        var (i, j, positives, negatives) = (0, 0, 0.0, 0.0);
        ReadOnlySpan<ScoreCount> up = Positives.Counts, down = Negatives.Counts;
        while (i < up.Length || j < down.Length)
        {
            var score = i < up.Length && (j >= down.Length || up[i].Score >= down[j].Score) ? up[i].Score : down[j].Score;
            for (; i < up.Length && up[i].Score == score; i++)
            {
                positives += up[i].Total;
            }

            for (; j < down.Length && down[j].Score == score; j++)
            {
                negatives += down[j].Total;
            }

            sums.Add((score, positives, negatives));
        }

        return sums;
    }
}
