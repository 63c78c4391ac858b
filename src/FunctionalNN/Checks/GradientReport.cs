using System.Collections.Immutable;
using System.Globalization;

namespace FunctionalNN;

/// <summary>Where a checked number stands.</summary>
/// <param name="Layer">The layer's name, or "inputs".</param>
/// <param name="Slot">The slot's name.</param>
/// <param name="Row">Counted from 0.</param>
/// <param name="Column">Counted from 0.</param>
public sealed record GradientPlace(string Layer, string Slot, int Row, int Column)
{
    /// <summary>For example dense1.weights[3, 0].</summary>
    public override string ToString() => $"{Layer}.{Slot}[{Row}, {Column}]";
}

/// <summary>One number's gradient, by back-propagation and by differences.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Analytic">By back-propagation.</param>
/// <param name="Numeric">By differences.</param>
/// <param name="IsKink">Whether the loss has a kink there, so that there is no one slope to compare with.</param>
public sealed record GradientComparison(GradientPlace Place, double Analytic, double Numeric, bool IsKink)
{
    /// <summary>The greatest error that counts as right.</summary>
    public const double Tolerance = 1e-6;

    private const double Absolute = 1e-2;

    /// <summary>|analytic − numeric| / (max(|analytic|, |numeric|) + 0.01): relative for large gradients, absolute for small
    /// ones.</summary>
    public double Error => Math.Abs(Analytic - Numeric) / (Math.Max(Math.Abs(Analytic), Math.Abs(Numeric)) + Absolute);

    /// <summary>Whether both agree.</summary>
    public bool IsRight => Error <= Tolerance;

    /// <summary>Place, both gradients and the error.</summary>
    public override string ToString() => $"{Place}: back-propagation {Analytic:G6}, differences {Numeric:G6}, error {Error:E1}";
}

/// <summary>What a gradient check found.</summary>
public sealed class GradientReport
{
    internal GradientReport(ImmutableArray<GradientComparison> comparisons) => Comparisons = comparisons;

    /// <summary>Every number that was checked, in order.</summary>
    public ImmutableArray<GradientComparison> Comparisons { get; }

    /// <summary>How many numbers sat on a kink and could not be judged.</summary>
    public int Kinks => Comparisons.Count(comparison => comparison.IsKink);

    /// <summary>The judged number with the greatest error.</summary>
    public GradientComparison Worst => Comparisons.Where(comparison => !comparison.IsKink).DefaultIfEmpty(Comparisons[0]).MaxBy(Size)!;

    /// <summary>Whether every judged number agrees, and most could be judged.</summary>
    public bool IsCorrect => Comparisons.All(comparison => comparison.IsKink || comparison.IsRight) && 2 * Kinks <= Comparisons.Length;

    /// <summary>The verdict, the worst number, and a table of the worst of each slot.</summary>
    public override string ToString() => string.Join(
        Environment.NewLine,
        $"{(IsCorrect ? "correct" : "WRONG")}: {Comparisons.Length} gradients checked, {Kinks} on kinks",
        $"worst: {Worst}",
        TextTable.Of(["slot", "checked", "kinks", "worst error"],
            [.. Comparisons.GroupBy(c => $"{c.Place.Layer}.{c.Place.Slot}").Select(Line)]));

    /// <summary>NaN is worse than anything.</summary>
    private static double Size(GradientComparison comparison) =>
        double.IsNaN(comparison.Error) ? double.PositiveInfinity : comparison.Error;

    private static string[] Line(IGrouping<string, GradientComparison> slot) =>
    [
        slot.Key,
        slot.Count().ToString(CultureInfo.InvariantCulture),
        slot.Count(comparison => comparison.IsKink).ToString(CultureInfo.InvariantCulture),
        slot.Where(comparison => !comparison.IsKink).Select(Size).DefaultIfEmpty(0).Max().ToString("E1", CultureInfo.InvariantCulture),
    ];
}
