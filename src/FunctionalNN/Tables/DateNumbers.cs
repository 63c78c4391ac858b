namespace FunctionalNN;

/// <summary>The numbers of a date.</summary>
internal static class DateNumbers
{
    private const double SecondsADay = 86400;
    private const int DaysAWeek = 7;

    private static readonly DateParts[] Scaled = [DateParts.Age, DateParts.Year, DateParts.Month, DateParts.Day, DateParts.Hour];
    private static readonly DateParts[] Cycles = [DateParts.YearCycle, DateParts.WeekCycle, DateParts.DayCycle];

    /// <summary>The parts that are brought to a common scale.</summary>
    public static IEnumerable<DateParts> Standardised(DateParts parts) => Scaled.Where(part => Has(parts, part));

    public static int WidthOf(DateParts parts) =>
        Standardised(parts).Count() + (Has(parts, DateParts.Weekend) ? 1 : 0) + (2 * Cycles.Count(part => Has(parts, part)));

    public static IEnumerable<string> NamesOf(string name, DateParts parts) =>
    [
        .. Standardised(parts).Select(part => part == DateParts.Age ? $"{name}: age in days" : $"{name}: {Word(part)}"),
        .. Has(parts, DateParts.Weekend) ? [$"{name}: weekend"] : Array.Empty<string>(),
        .. Cycles.Where(part => Has(parts, part)).SelectMany(part =>
            (string[])[$"{name}: sine of {Word(part)}", $"{name}: cosine of {Word(part)}"]),
    ];

    /// <summary>Writes all parts of a date.</summary>
    /// <param name="parts">Which.</param>
    /// <param name="seconds">The date in seconds since 1970.</param>
    /// <param name="reference">What ages are counted to.</param>
    /// <param name="scales">One for each standardised part.</param>
    /// <param name="inputs">Takes the numbers.</param>
    public static void Write(DateParts parts, double seconds, double reference, ReadOnlySpan<NumberScale> scales, Span<double> inputs)
    {
        var (at, scale) = (0, 0);
        foreach (var part in Scaled)
        {
            if (Has(parts, part))
            {
                inputs[at++] = scales[scale++].Apply(Of(part, seconds, reference));
            }
        }

        if (Has(parts, DateParts.Weekend))
        {
            inputs[at++] = Of(DateParts.Weekend, seconds, reference);
        }

        foreach (var part in Cycles)
        {
            if (Has(parts, part))
            {
                (inputs[at], inputs[at + 1]) = Math.SinCos(2 * Math.PI * Of(part, seconds, reference));
                at += 2;
            }
        }
    }

    /// <summary>The number of one part; of a cycle the place in it, 0 … 1.</summary>
    public static double Of(DateParts part, double seconds, double reference)
    {
        if (part == DateParts.Age)
        {
            return (reference - seconds) / SecondsADay;
        }

        var day = Math.Floor(seconds / SecondsADay);
        var time = (seconds - (day * SecondsADay)) / SecondsADay;
        var date = DateTime.UnixEpoch.AddDays(day);
        return part switch
        {
            DateParts.Year => date.Year,
            DateParts.Month => date.Month,
            DateParts.Day => date.Day,
            DateParts.Hour => 24 * time,
            DateParts.Weekend => date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 1 : 0,
            DateParts.YearCycle => (date.DayOfYear - 1 + time) / (DateTime.IsLeapYear(date.Year) ? 366 : 365),
            DateParts.WeekCycle => ((((int)date.DayOfWeek + DaysAWeek - 1) % DaysAWeek) + time) / DaysAWeek,
            _ => time,
        };
    }

    private static bool Has(DateParts parts, DateParts part) => (parts & part) != 0;

    private static string Word(DateParts part) => part switch
    {
        DateParts.YearCycle => "the year",
        DateParts.WeekCycle => "the week",
        DateParts.DayCycle => "the day",
        DateParts.Year => "year",
        DateParts.Month => "month",
        DateParts.Day => "day",
        _ => "hour",
    };
}
