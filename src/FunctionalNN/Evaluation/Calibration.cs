using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>One bar of a reliability diagram.</summary>
/// <param name="From">The bin takes probabilities above this; the first bin takes 0 too.</param>
/// <param name="To">And up to this.</param>
/// <param name="Weight">The weight of its rows: their count where all count 1.</param>
/// <param name="MeanProbability">What was predicted, on average; NaN for an empty bin.</param>
/// <param name="Share">What happened: the share of the rows for which it was so; NaN for an empty bin.</param>
public readonly record struct CalibrationBin(double From, double To, double Weight, double MeanProbability, double Share)
{
    /// <summary>All of it in one line.</summary>
    public override string ToString() => RecordText.Of(nameof(CalibrationBin), PrintMembers);
}

/// <summary>
/// Whether things said to happen with probability p happen p of the time: predictions in bins of equal width, and for each bin what was
/// predicted beside what happened. The bins are scikit-learn's calibration_curve with the uniform strategy. Two halves add up to the whole.
/// </summary>
public sealed class Calibration : IEquatable<Calibration>
{
    private readonly WeightedCounts all;
    private readonly WeightedCounts happened;
    private readonly ExactSum[] probabilities;

    private Calibration(WeightedCounts all, WeightedCounts happened, ExactSum[] probabilities)
    {
        this.all = all;
        this.happened = happened;
        this.probabilities = probabilities;
    }

    /// <summary>The calibration of no rows.</summary>
    public static Calibration Empty { get; } = new(WeightedCounts.None(0), WeightedCounts.None(0), []);

    /// <summary>The bins, from 0 to 1, empty ones included.</summary>
    public ImmutableArray<CalibrationBin> Bins => [.. Enumerable.Range(0, all.Cells).Select(bin =>
        new CalibrationBin(Edge(bin, all.Cells), Edge(bin + 1, all.Cells), all[bin], probabilities[bin].Value / all[bin],
            happened[bin] / all[bin]))];

    /// <summary>The expected calibration error: the mean of |predicted − happened| over the bins, weighted by their rows (M. Naeini et al.,
    /// 2015). NaN where there are no rows.</summary>
    public double Error => Gaps().Sum(gap => gap.Weight * gap.Gap) / all.Total;

    /// <summary>The greatest |predicted − happened| of a bin. NaN where there are no rows.</summary>
    public double GreatestError => Gaps().Select(gap => gap.Gap).DefaultIfEmpty(double.NaN).Max();

    /// <summary>The calibration of yes-or-no predictions.</summary>
    /// <param name="probabilities">For each row the probability that it is so, 0 … 1.</param>
    /// <param name="outcomes">For each row whether it is so.</param>
    /// <param name="weights">How much each row counts; empty when all count 1.</param>
    /// <param name="bins">The number of bins, 1 or more.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a probability lies outside 0 … 1; the message names the row.</exception>
    public static Calibration Of(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> outcomes, ReadOnlySpan<double> weights = default,
        int bins = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        if (probabilities.Length != outcomes.Length || (!weights.IsEmpty && weights.Length != outcomes.Length))
        {
            throw new ArgumentException(
                $"{probabilities.Length} probabilities, {outcomes.Length} outcomes"
                    + $"{(weights.IsEmpty ? "" : $" and {weights.Length} weights")} were given: every row needs one of each");
        }

        var (cells, hits) = (new int[probabilities.Length], new int[probabilities.Length]);
        var sums = new ExactSumBuilder?[bins];
        for (var row = 0; row < probabilities.Length; row++)
        {
            if (!(probabilities[row] is >= 0 and <= 1))
            {
                throw new ArgumentException($"the probability of row {row} is {probabilities[row]}, expected 0 to 1");
            }

            cells[row] = BinOf(probabilities[row], bins);
            hits[row] = outcomes[row] ? cells[row] : -1;
            (sums[cells[row]] ??= new ExactSumBuilder()).AddProduct(weights.IsEmpty ? 1 : weights[row], probabilities[row]);
        }

        return new Calibration(WeightedCounts.Of(bins, cells, weights), WeightedCounts.Of(bins, hits, weights),
            [.. sums.Select(sum => sum?.ToSum() ?? default)]);
    }

    /// <summary>The sum: the result over the rows of both.</summary>
    /// <exception cref="ArgumentException">Both have bins and differ in their count.</exception>
    public static Calibration operator +(Calibration left, Calibration right) => Add(left, right);

    /// <inheritdoc cref="op_Addition"/>
    public static Calibration Add(Calibration left, Calibration right) =>
        left.all.Cells == 0 ? right
        : right.all.Cells == 0 ? left
        : left.all.Cells == right.all.Cells
            ? new(left.all + right.all, left.happened + right.happened, [.. left.probabilities.Zip(right.probabilities, ExactSum.Add)])
            : throw new ArgumentException(
                $"a calibration of {left.all.Cells} bins and one of {right.all.Cells} cannot be added: both must have the same bins");

    /// <inheritdoc/>
    public bool Equals(Calibration? other) =>
        other is not null && all.Equals(other.all) && happened.Equals(other.happened)
            && probabilities.AsSpan().SequenceEqual(other.probabilities);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Calibration);

    /// <inheritdoc/>
    public override int GetHashCode() => all.GetHashCode();

    /// <summary>A table of the bins that have rows, and the error.</summary>
    public override string ToString() => TextTable.Of(
        ["probability", "rows", "predicted", "happened"],
        [.. Bins.Where(bin => bin.Weight > 0).Select(bin => (string[])[
            $"{bin.From:F2} to {bin.To:F2}", $"{bin.Weight:G6}", $"{bin.MeanProbability:F4}", $"{bin.Share:F4}"])],
        ["calibration error", "", "", $"{Error:F4}"]);

    /// <summary>NumPy's linspace(0, 1, bins + 1): the last edge is exactly 1.</summary>
    private static double Edge(int index, int bins) => index == bins ? 1 : index * (1.0 / bins);

    /// <summary>The first bin whose upper edge is not below the probability.</summary>
    private static int BinOf(double probability, int bins)
    {
        var bin = Math.Clamp((int)(probability * bins), 0, bins - 1);
        while (bin > 0 && probability <= Edge(bin, bins))
        {
            bin--;
        }

        while (bin < bins - 1 && probability > Edge(bin + 1, bins))
        {
            bin++;
        }

        return bin;
    }

    private IEnumerable<(double Weight, double Gap)> Gaps() =>
        Bins.Where(bin => bin.Weight > 0).Select(bin => (bin.Weight, Math.Abs(bin.MeanProbability - bin.Share)));
}
