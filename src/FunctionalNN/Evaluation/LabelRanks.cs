using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>
/// At which place, from the greatest score down, each row's true class stood: the accuracy among the first k for every k. Of equal scores
/// the class with the smaller number stands first, so that the first place is the predicted class. (scikit-learn's top_k_accuracy_score
/// puts the greater number first, and then disagrees with its own accuracy_score.) Two halves add up to the whole.
/// </summary>
public sealed class LabelRanks : IEquatable<LabelRanks>
{
    private static readonly int[] Shown = [1, 2, 3, 5];
    private readonly WeightedCounts places;

    private LabelRanks(WeightedCounts places) => this.places = places;

    /// <summary>The ranks of no rows.</summary>
    public static LabelRanks Empty { get; } = new(WeightedCounts.None(0));

    /// <summary>The number of classes.</summary>
    public int Classes => places.Cells;

    /// <summary>Counts places.</summary>
    /// <param name="scores">A score for each class: [n × k].</param>
    /// <param name="truth">The class of each row.</param>
    /// <param name="weights">How much each row counts; empty when all count 1.</param>
    public static LabelRanks Of(Matrix<double> scores, ReadOnlySpan<int> truth, ReadOnlySpan<double> weights = default)
    {
        var ranks = new int[truth.Length];
        for (var row = 0; row < truth.Length; row++)
        {
            var values = scores.Row(row);
            for (var j = 0; j < values.Length; j++)
            {
                ranks[row] += values[j] > values[truth[row]] || (j < truth[row] && values[j] == values[truth[row]]) ? 1 : 0;
            }
        }

        return new LabelRanks(WeightedCounts.Of(scores.Columns, ranks, weights));
    }

    /// <summary>The sum: the result over the rows of both.</summary>
    public static LabelRanks operator +(LabelRanks left, LabelRanks right) => Add(left, right);

    /// <summary>The sum: the result over the rows of both.</summary>
    public static LabelRanks Add(LabelRanks left, LabelRanks right) =>
        left.Classes == 0 ? right : right.Classes == 0 ? left : new(left.places + right.places);

    /// <summary>The share of the rows whose class is among the k greatest scores.</summary>
    /// <param name="k">1 or more.</param>
    public double TopK(int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        return places.Sum(Enumerable.Range(0, Math.Min(k, Classes))) / places.Total;
    }

    /// <inheritdoc/>
    public bool Equals(LabelRanks? other) => other is not null && places.Equals(other.places);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LabelRanks);

    /// <inheritdoc/>
    public override int GetHashCode() => places.GetHashCode();

    /// <summary>The weight at each place, the first places first.</summary>
    public ImmutableArray<double> Places() => [.. Enumerable.Range(0, Classes).Select(place => places[place])];

    /// <summary>The accuracy among the first 1, 2, 3, 5.</summary>
    public override string ToString() =>
        string.Join(", ", Shown.Where(k => k < Classes).Select(k => $"top-{k} {TopK(k):F4}"));
}
