using System.Collections.Immutable;
using System.Text;

namespace FunctionalNN;

/// <summary>The numbers that a date and time of day becomes.</summary>
[Flags]
public enum DateParts
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The days before <see cref="DateColumn.Reference"/>, with their fraction, standardised.</summary>
    Age = 1,

    /// <summary>The year, standardised.</summary>
    Year = 2,

    /// <summary>The month, 1 … 12, standardised.</summary>
    Month = 4,

    /// <summary>The day of the month, 1 … 31, standardised.</summary>
    Day = 8,

    /// <summary>The hour with its fraction, 0 … 24, standardised.</summary>
    Hour = 16,

    /// <summary>1 on Saturdays and Sundays, 0 else.</summary>
    Weekend = 32,

    /// <summary>Sine and cosine of the place in the year, so that December is next to January.</summary>
    YearCycle = 64,

    /// <summary>Sine and cosine of the place in the week, from Monday.</summary>
    WeekCycle = 128,

    /// <summary>Sine and cosine of the time of day.</summary>
    DayCycle = 256,
}

/// <summary>A column of dates, with or without a time of day. A time with an offset is taken in UTC, another as it stands.</summary>
/// <param name="Name">The name in the table.</param>
public sealed record DateColumn(string Name) : Column(Name)
{
    /// <summary>What it becomes: the age, and the places in year and week, by default.</summary>
    public DateParts Parts { get; init; } = DateParts.Age | DateParts.YearCycle | DateParts.WeekCycle;

    /// <summary>How texts are written, as .NET's custom formats: "dd.MM.yyyy". Empty, the default, for ISO 8601: 2024-05-31, 2024-05-31
    /// 09:30, 2024-05-31T09:30:00Z.</summary>
    public ImmutableArray<string> Formats { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The day that ages are counted to; null, the default, for the latest of the training rows.</summary>
    public DateOnly? Reference { get; init; }

    internal override string Description => $"date: {Parts}";

    internal override IEnumerable<string> Faults()
    {
        if (Parts == DateParts.None)
        {
            yield return "Parts is None, so that nothing is made of it: name parts, or leave the column out";
        }
    }

    internal override FittedColumn Fit(ColumnReading rows)
    {
        var dates = rows.Dates(this);
        double[] present = [.. dates.Where(date => !double.IsNaN(date))];
        if (present.Length == 0)
        {
            throw new ColumnFault($"there is no value in any of the {dates.Length} rows: leave the column out");
        }

        var filling = Statistics.Filling(present, Gaps);
        double[] filled = double.IsNaN(filling) ? present : [.. dates.Select(date => double.IsNaN(date) ? filling : date)];
        var reference = Reference is { } day ? Cell.Seconds(day.ToDateTime(TimeOnly.MinValue)) : present.Max();
        return new FittedDate(this)
        {
            Filling = filling,
            Reference = reference,
            Scales = [.. DateNumbers.Standardised(Parts).Select(part =>
                NumberScale.Of([.. filled.Select(date => DateNumbers.Of(part, date, reference))], Scaling.Standard))],
        };
    }

    /// <inheritdoc/>
    public bool Equals(DateColumn? other) =>
        other is not null && base.Equals(other) && Parts == other.Parts && Reference == other.Reference
            && Formats.SequenceEqual(other.Formats);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Parts, Reference, Formats.Length);

    /// <inheritdoc/>
    protected override bool PrintMembers(StringBuilder builder)
    {
        base.PrintMembers(builder);
        builder.Append(", Parts = ").Append(Parts).Append(", Formats = [").AppendJoin(", ", Formats).Append("], Reference = ")
            .Append(Reference?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        return true;
    }
}
