using System.Text;

namespace FunctionalNN;

/// <summary>What entries of an .npz file may be called. Nothing is ever unpacked to a path; a name that points somewhere is still a
/// forgery.</summary>
internal static class ArchiveNames
{
    public const string Ending = ".npy";

    /// <summary>The longest name of an entry, in bytes of UTF-8.</summary>
    public const int MaxBytes = 1024;

    /// <summary>What is wrong with a name, or null.</summary>
    public static string? Fault(string name) => name switch
    {
        "" => "is empty",
        _ when Encoding.UTF8.GetByteCount(name) + Ending.Length > MaxBytes => $"is longer than {MaxBytes - Ending.Length} bytes",
        _ when name.Any(char.IsControl) => "has a control character in it",
        _ when name.Contains('\\', StringComparison.Ordinal) => "has a backslash in it",
        ['/', ..] or [_, ':', '/', ..] => "is an absolute path",
        _ when name.Split('/').Any(part => part is ".." or "." or "") => "is a path with empty, '.' or '..' parts",
        _ => null,
    };

    /// <summary>A name as it can stand in a message.</summary>
    public static string Shown(string name) =>
        string.Concat((name.Length <= 60 ? name : $"{name[..60]}…")
            .Select(character => char.IsControl(character) ? $"\\x{(int)character:X2}" : character.ToString()));
}
