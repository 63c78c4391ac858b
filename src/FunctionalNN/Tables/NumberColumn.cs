using System.Text;

namespace FunctionalNN;

/// <summary>
/// A column of numbers as one input, in this order: gap filled, x ← ln(1 + x) with <see cref="Log"/>, clipped, then scaled, or with
/// <see cref="Bins"/> one input a bin, 1 for its own and 0 elsewhere. As scikit-learn's pipeline of an imputer, a transformer and a scaler.
/// </summary>
/// <param name="Name">The name in the table.</param>
public sealed record NumberColumn(string Name) : Column(Name)
{
    private const int MaxBins = 1000;

    /// <summary>The scale: <see cref="Scaling.Standard"/> by default. Bins have none.</summary>
    public Scaling Scaling { get; init; } = Scaling.Standard;

    /// <summary>Whether x becomes ln(1 + x), for quantities that spread over powers of ten; a number of −1 or less is then an error. False
    /// by default.</summary>
    public bool Log { get; init; }

    /// <summary>The share of training rows that is cut off at either end: with 0.01 what lies below the 1 % quantile becomes it, and what
    /// lies above the 99 % quantile. 0 … 0.5; 0 by default.</summary>
    public double ClipShare { get; init; }

    /// <summary>How many bins of about equal counts of training rows the numbers come into, 2 … 1000; null for none, the default.</summary>
    public int? Bins { get; init; }

    internal override string Description =>
        (Bins is { } bins ? $"number in {bins} bins" : "number") + (Log ? ", ln(1 + x)" : "") + (ClipShare > 0
            ? $", clipped at {ClipShare}" : "")
            + (Bins is not null || Scaling == Scaling.None ? "" : $", {ScaleName}");

    private string ScaleName => Scaling switch
    {
        Scaling.Standard => "standardised",
        Scaling.MinMax => "0 to 1",
        Scaling.Robust => "robust scale",
        _ => "by quantiles",
    };

    internal override IEnumerable<string> Faults()
    {
        if (ClipShare is not (>= 0 and < 0.5))
        {
            yield return $"ClipShare is {ClipShare}, expected 0 to less than 0.5";
        }

        if (Bins is < 2 or > MaxBins)
        {
            yield return $"Bins is {Bins}, expected 2 to {MaxBins}, or null";
        }
    }

    internal override FittedColumn Fit(ColumnReading rows)
    {
        var numbers = rows.Numbers();
        double[] present = [.. numbers.Where(number => !double.IsNaN(number))];
        if (present.Length == 0)
        {
            throw new ColumnFault($"there is no value in any of the {numbers.Length} rows: leave the column out");
        }

        if (Log && Array.FindIndex(numbers, number => number <= -1) is var row and >= 0)
        {
            throw rows.Fault(row, FittedNumber.NoLog(numbers[row]));
        }

        // As in scikit-learn the scale is taken from the numbers with the gaps filled in.
        var filling = Statistics.Filling(present, Gaps);
        double[] filled = double.IsNaN(filling) ? present : [.. numbers.Select(number => double.IsNaN(number) ? filling : number)];
        double[] logs = Log ? [.. filled.Select(double.LogP1)] : filled;
        double[] sorted = ClipShare > 0 || Bins is not null ? [.. logs.Order()] : [];
        var (low, high) = ClipShare > 0
            ? (Statistics.Quantile(sorted, ClipShare), Statistics.Quantile(sorted, 1 - ClipShare))
            : (double.NegativeInfinity, double.PositiveInfinity);
        return new FittedNumber(this)
        {
            Filling = filling,
            Low = low,
            High = high,
            Scale = Bins is null ? NumberScale.Of([.. logs.Select(x => Math.Clamp(x, low, high))], Scaling) : NumberScale.Identity,
            Edges = Bins is { } bins
                ? [.. Enumerable.Range(1, bins - 1).Select(i =>
                    Math.Clamp(Statistics.Quantile(sorted, i / (double)bins), low, high)).Distinct()]
                : [],
        };
    }

    /// <inheritdoc/>
    protected override bool PrintMembers(StringBuilder builder)
    {
        base.PrintMembers(builder);
        builder.Append(", Scaling = ").Append(Scaling).Append(", Log = ").Append(Log).Append(", ClipShare = ").Append(ClipShare)
            .Append(", Bins = ").Append(Bins);
        return true;
    }
}
