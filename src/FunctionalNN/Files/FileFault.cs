using System.Globalization;

namespace FunctionalNN;

/// <summary>What is wrong with a file, on the way from the place that found it to <see cref="FileErrors"/>, which makes it an error value.</summary>
/// <param name="place">The byte, counted from 0, or a name within the file; null for the file as a whole.</param>
/// <param name="reason">What was found, and what was expected.</param>
internal sealed class FileFault(string? place, string reason) : Exception(reason)
{
    public FileFault(long position, string reason)
        : this(string.Create(CultureInfo.InvariantCulture, $"byte {position}"), reason)
    {
    }

    public FileFault(string reason)
        : this(null, reason)
    {
    }

    public string In(string path) => place is null ? $"{path}: {Message}" : $"{path}, {place}: {Message}";
}
