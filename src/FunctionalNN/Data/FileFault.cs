
namespace FunctionalNN;

/// <summary>What is wrong with a file, on the way from the place that found it to <see cref="FileErrors"/>, which makes it an error
/// value.</summary>
/// <param name="place">The byte, counted from 0, or a name within the file; null for the file as a whole.</param>
/// <param name="reason">What was found, and what was expected.</param>
/// <param name="isWhole">Whether the reason is a sentence with the file as its subject.</param>
/// <param name="cause">What led to it.</param>
internal sealed class FileFault(string? place, string reason, bool isWhole = false, Exception? cause = null) : Exception(reason, cause)
{
    /// <summary>What is wrong at a byte, counted from 0.</summary>
    public FileFault(long position, string reason)
        : this($"byte {position}", reason)
    {
    }

    /// <summary>What is wrong with the file as a whole.</summary>
    public FileFault(string reason)
        : this(null, reason)
    {
    }

    internal string In(string path) => isWhole ? $"{path} {Message}" : place is null ? $"{path}: {Message}" : $"{path}, {place}: {Message}";
}
