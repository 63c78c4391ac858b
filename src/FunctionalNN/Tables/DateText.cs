using System.Collections.Immutable;
using System.Globalization;

namespace FunctionalNN;

/// <summary>Dates in texts: ISO 8601, or the formats that a column names.</summary>
internal static class DateText
{
    private static readonly string[] Iso =
    [
        "yyyy-MM-dd", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ss.FFFFFFF", "yyyy-MM-ddTHH:mmK",
        "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss",
        "yyyy-MM-dd HH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
    ];

    /// <summary>Some texts that show a format.</summary>
    private static readonly string[] Common =
        ["dd.MM.yyyy", "d.M.yyyy", "MM/dd/yyyy", "M/d/yyyy", "dd/MM/yyyy", "yyyy/MM/dd", "yyyyMMdd", "dd-MM-yyyy", "d MMM yyyy",
            "d MMMM yyyy"];

    /// <summary>Seconds since the beginning of 1970; of a text with an offset, in UTC.</summary>
    /// <param name="text">The text.</param>
    /// <param name="formats">The formats; ISO 8601 where there is none.</param>
    /// <param name="seconds">The seconds.</param>
    public static bool TryParse(string text, ImmutableArray<string> formats, out double seconds)
    {
        var isRead = DateTime.TryParseExact(text, formats.IsDefaultOrEmpty ? Iso : [.. formats], CultureInfo.InvariantCulture,
            DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowWhiteSpaces, out var date);
        seconds = isRead ? Cell.Seconds(date) : double.NaN;
        return isRead;
    }

    /// <summary>The common formats that a text can be read by.</summary>
    public static string[] FormatsOf(string text) =>
        [.. Common.Where(format => DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))];

    /// <summary>As ISO 8601, without a time of day where it is midnight.</summary>
    public static string Written(double seconds)
    {
        var date = DateTime.UnixEpoch.AddTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond));
        return date.ToString(date.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);
    }
}
