using System.Globalization;
using System.Numerics;

namespace FunctionalNN;

/// <summary>What a cell holds.</summary>
internal enum CellKind
{
    Gap,
    Text,
    Number,
    Flag,
    Date,
}

/// <summary>One value of a row before anything is made of it: a text, a number, a flag, seconds since 1970, or a gap.</summary>
internal readonly struct Cell
{
    private static readonly object NumberTag = CellKind.Number;
    private static readonly object FlagTag = CellKind.Flag;
    private static readonly object DateTag = CellKind.Date;

    private readonly object? content;

    private Cell(object? content, double number) => (this.content, Number) = (content, number);

    /// <summary>No value.</summary>
    public static Cell Gap => default;

    /// <summary>The number; 0 or 1 for a flag; seconds since the beginning of 1970 for a date.</summary>
    public double Number { get; }

    /// <summary>The text, or null where the cell holds something else.</summary>
    public string? Text => content as string;

    public CellKind Kind =>
        content is null ? CellKind.Gap
        : ReferenceEquals(content, NumberTag) ? CellKind.Number
        : ReferenceEquals(content, FlagTag) ? CellKind.Flag
        : ReferenceEquals(content, DateTag) ? CellKind.Date
        : CellKind.Text;

    /// <summary>A number; NaN is a gap.</summary>
    public static Cell Of(double number) => double.IsNaN(number) ? Gap : new Cell(NumberTag, number);

    /// <summary>A number of ten digits after the point is the double that its text is read as.</summary>
    public static Cell Of(decimal number)
    {
        Span<char> room = stackalloc char[40];
        _ = number.TryFormat(room, out var length, default, CultureInfo.InvariantCulture);
        return Of(double.Parse(room[..length], NumberStyles.Float, CultureInfo.InvariantCulture));
    }

    public static Cell Of(bool flag) => new(FlagTag, flag ? 1 : 0);

    public static Cell Of(string? text) => new(text, 0);

    /// <summary>A date and time of day as it stands; of the local time of the machine, in UTC.</summary>
    public static Cell Of(DateTime date) => new(DateTag, Seconds(date.Kind == DateTimeKind.Local ? date.ToUniversalTime() : date));

    /// <summary>A date and time of day in UTC.</summary>
    public static Cell Of(DateTimeOffset date) => new(DateTag, Seconds(date.UtcDateTime));

    public static Cell Of(DateOnly date) => new(DateTag, Seconds(date.ToDateTime(TimeOnly.MinValue)));

    /// <summary>The cell of a value as programs hold them.</summary>
    /// <returns>False where the type is none that a column can hold.</returns>
    public static bool TryOf(object? value, out Cell cell)
    {
        (cell, var isKnown) = value switch
        {
            null or DBNull => (Gap, true),
            string text => (Of(text), true),
            bool flag => (Of(flag), true),
            double number => (Of(number), true),
            float number => (Of(number), true),
            decimal number => (Of(number), true),
            int number => (Of((double)number), true),
            long number => (Of((double)number), true),
            DateTime date => (Of(date), true),
            DateOnly date => (Of(date), true),
            DateTimeOffset date => (Of(date), true),
            char letter => (Of(letter.ToString()), true),
            Enum name => (Of(name.ToString()), true),
            byte or sbyte or short or ushort or uint or ulong or Half =>
                (Of(((IConvertible)(value is Half half ? (float)half : value)).ToDouble(CultureInfo.InvariantCulture)), true),
            BigInteger number => (Of((double)number), true),
            Guid id => (Of(id.ToString()), true),
            _ => (Gap, false),
        };
        return isKnown;
    }

    /// <summary>The value as a text, as a file would hold it.</summary>
    public string Written() => Kind switch
    {
        CellKind.Gap => "",
        CellKind.Number => Number.ToString("R", CultureInfo.InvariantCulture),
        CellKind.Flag => Number == 0 ? "false" : "true",
        CellKind.Date => DateText.Written(Number),
        _ => Text!,
    };

    public static double Seconds(DateTime date) => (date.Ticks - DateTime.UnixEpoch.Ticks) / (double)TimeSpan.TicksPerSecond;
}
