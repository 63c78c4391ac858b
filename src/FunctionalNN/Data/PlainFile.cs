using System.Runtime.InteropServices;

namespace FunctionalNN;

/// <summary>
/// Whether what a path names is a plain file. To open a pipe may wait for ever, and a device has no end, so neither is read or written;
/// what a link leads to is what counts.
/// </summary>
internal static partial class PlainFile
{
    private const int TypeMask = 0xF000;
    private const int Plain = 0x8000;

    /// <summary>What is wrong, such as <c>is a pipe, expected a CSV file: …</c>, or null; also null where there is nothing.</summary>
    /// <param name="path">The path.</param>
    /// <param name="kind">What is expected.</param>
    public static string? Fault(string path, string kind)
    {
        if (Directory.Exists(path))
        {
            return $"is a folder, expected {kind}";
        }

        var what = OperatingSystem.IsWindows()
            ? path.StartsWith(@"\\.\", StringComparison.Ordinal) ? "a device or a pipe" : null
            : TypeOf(path) switch
            {
                null or Plain => null,
                0x1000 => "a named pipe",
                0x2000 or 0x6000 => "a device",
                0xC000 => "a socket",
                _ => "no plain file",
            };
        return what is null ? null : $"is {what}, expected {kind}: copy what it gives into a plain file, and use that";
    }

    /// <summary>The file that a link leads to in the end, or the path itself.</summary>
    /// <exception cref="IOException">Links lead in a circle.</exception>
    public static string Target(string path)
    {
        var full = Path.GetFullPath(path);
        return new FileInfo(full).LinkTarget is null ? full : File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full;
    }

    private static int? TypeOf(string path)
    {
        try
        {
            return Stat(path, out var status) == 0 ? status.Mode & TypeMask : null;
        }
        catch (Exception fault) when (fault is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The runtime's own call of stat, the same on every Unix.</summary>
    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_Stat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Stat(string path, out FileStatus status);

    /// <summary>As the runtime lays it out, with room to spare at the end.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 256)]
    private struct FileStatus
    {
        public int Flags;
        public int Mode;
    }
}
