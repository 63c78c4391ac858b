
namespace FunctionalNN;

/// <summary>Where a true share may lie: from <paramref name="Low"/> to <paramref name="High"/>.</summary>
/// <param name="Low">0 … 1.</param>
/// <param name="High">0 … 1.</param>
public readonly record struct Interval(double Low, double High)
{
    /// <summary>Whether a share lies in it.</summary>
    public bool Contains(double share) => share >= Low && share <= High;

    /// <summary>Both ends.</summary>
    public override string ToString() => $"{Low:F4} to {High:F4}";
}

/// <summary>
/// How sure a share of n trials is: with p = successes/n and z the normal quantile, the interval
/// (p + z²/2n ± z·√(p(1 − p)/n + z²/4n²)) / (1 + z²/n) (E. B. Wilson, 1927). Unlike p ± z·√(p(1 − p)/n) it stays within 0 … 1 and is right
/// for few trials and for p near 0 and 1.
/// </summary>
public static class Wilson
{
    /// <summary>The quantile that 95 of 100 draws of a standard normal lie within.</summary>
    public const double Z95 = 1.959963984540054;

    /// <summary>The interval.</summary>
    /// <param name="share">successes/trials, 0 … 1.</param>
    /// <param name="trials">0 or more; with weighted rows the number of equal rows that would be as sure, (Σw)²/Σw².</param>
    /// <param name="z">The normal quantile; 95 % by default.</param>
    /// <returns>0 to 1 where there were no trials.</returns>
    public static Interval Of(double share, double trials, double z = Z95)
    {
        if (!(trials > 0))
        {
            return new Interval(0, 1);
        }

        var square = z * z / trials;
        var middle = share + (square / 2);
        var reach = z * Math.Sqrt(((share * (1 - share)) + (square / 4)) / trials);
        return new Interval(Math.Max(0, (middle - reach) / (1 + square)), Math.Min(1, (middle + reach) / (1 + square)));
    }
}
