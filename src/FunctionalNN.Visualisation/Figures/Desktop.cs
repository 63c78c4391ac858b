using System.Diagnostics;

namespace FunctionalNN;

/// <summary>
/// The browser of the desktop that the program runs on. The environment variable FUNCTIONALNN_BROWSER names another program, or "none".
/// On Linux there is a desktop where DISPLAY or WAYLAND_DISPLAY is set; where CI is set there is none.
/// </summary>
public static class Desktop
{
    /// <summary>The environment variable that names the program, or "none".</summary>
    public const string Variable = "FUNCTIONALNN_BROWSER";

    /// <summary>Opens a page, where there is a desktop.</summary>
    /// <param name="address">An http: or file: address.</param>
    /// <returns>Whether a browser was started.</returns>
    public static bool Open(string address)
    {
        if (Program(Environment.GetEnvironmentVariable, OperatingSystem.IsLinux(), OperatingSystem.IsMacOS()) is not { } program)
        {
            return false;
        }

        try
        {
            using var process = Process.Start(program.Length > 0
                ? new ProcessStartInfo(program, [address]) { RedirectStandardOutput = true, RedirectStandardError = true }
                : new ProcessStartInfo(address) { UseShellExecute = true });
            return true;
        }
        catch (Exception fault) when (fault is System.ComponentModel.Win32Exception or FileNotFoundException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>What opens a page: a program, "" for what the system has for addresses, or null where there is no desktop.</summary>
    internal static string? Program(Func<string, string?> variable, bool isLinux, bool isMac) =>
        variable(Variable) is { Length: > 0 } named ? (named == "none" ? null : named)
        : variable("CI") is { Length: > 0 } ? null
        : isMac ? "open"
        : !isLinux ? ""
        : variable("DISPLAY") is { Length: > 0 } || variable("WAYLAND_DISPLAY") is { Length: > 0 } ? "xdg-open"
        : null;
}
