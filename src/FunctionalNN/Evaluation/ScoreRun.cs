using System.Numerics;

namespace FunctionalNN;

/// <summary>How many rows have one score and one weight.</summary>
internal readonly record struct ScoreCount(double Score, double Weight, long Count) : IComparable<ScoreCount>
{
    public double Total => Weight * Count;

    /// <summary>From the greatest score down.</summary>
    public int CompareTo(ScoreCount other) =>
        other.Score.CompareTo(Score) is var byScore && byScore != 0 ? byScore : other.Weight.CompareTo(Weight);
}

/// <summary>
/// The scores of some rows, sorted from the greatest down, equal ones counted together: all that a measure of ranks needs, and nothing of
/// the order in which rows came. Two runs merge into the run of both.
/// </summary>
internal sealed class ScoreRun : IEquatable<ScoreRun>
{
    private readonly ScoreCount[] counts;

    private ScoreRun(ScoreCount[] counts) => this.counts = counts;

    public static ScoreRun Empty { get; } = new([]);

    public ReadOnlySpan<ScoreCount> Counts => counts;

    public long Rows => counts.Sum(count => count.Count);

    public bool IsWeighted => counts.Any(count => count.Weight != 1);

    /// <summary>Σ w.</summary>
    public double Weight => counts.Sum(count => count.Total);

    /// <summary>A run from one score a row; the span is sorted in place.</summary>
    public static ScoreRun Of(Span<ScoreCount> rows)
    {
        rows.Sort();
        return new ScoreRun(Merged(rows, []));
    }

    public static ScoreRun operator +(ScoreRun left, ScoreRun right) =>
        left.counts.Length == 0 ? right : right.counts.Length == 0 ? left : new(Merged(left.counts, right.counts));

    public bool Equals(ScoreRun? other) => other is not null && counts.AsSpan().SequenceEqual(other.counts);

    public override bool Equals(object? obj) => Equals(obj as ScoreRun);

    public override int GetHashCode() => HashCode.Combine(counts.Length, Rows);

    private static ScoreCount[] Merged(ReadOnlySpan<ScoreCount> left, ReadOnlySpan<ScoreCount> right)
    {
        var merged = new ScoreCount[left.Length + right.Length];
        var (i, j, length) = (0, 0, 0);
        while (i < left.Length || j < right.Length)
        {
            var next = j >= right.Length || (i < left.Length && left[i].CompareTo(right[j]) <= 0) ? left[i++] : right[j++];
            if (length > 0 && merged[length - 1].CompareTo(next) == 0)
            {
                merged[length - 1] = next with { Count = next.Count + merged[length - 1].Count };
            }
            else
            {
                merged[length++] = next;
            }
        }

        return length == merged.Length ? merged : merged[..length];
    }
}
