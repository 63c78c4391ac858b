namespace FunctionalNN;

/// <summary>Where a browser of the Chromium family is on this machine: Chromium, Chrome or Edge.</summary>
internal static class Chromium
{
    /// <summary>The environment variable that names another.</summary>
    public const string Variable = "FUNCTIONALNN_CHROMIUM";

    /// <summary>What to do where there is none.</summary>
    public const string Advice =
        $"install Chromium, Chrome or Edge (Debian: apt-get install chromium), or name its program in {Variable}; figure.Save writes a "
            + $"page without it";

    private static readonly string[] Names =
        ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge"];

    private static readonly string[] RootVariables = ["ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"];

    private static readonly string[] UsualPlaces =
    [
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
        @"Google\Chrome\Application\chrome.exe",
        @"Chromium\Application\chrome.exe",
        @"Microsoft\Edge\Application\msedge.exe",
    ];

    /// <summary>The program, or null. One that is named and not there is not replaced by another.</summary>
    public static string? Find() => Find(Environment.GetEnvironmentVariable, File.Exists);

    public static string? Find(Func<string, string?> variable, Func<string, bool> exists)
    {
        if (variable(Variable) is { Length: > 0 } named)
        {
            return exists(named) ? named : null;
        }

        var extension = OperatingSystem.IsWindows() ? ".exe" : "";
        var folders = (variable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string[] roots = [.. RootVariables.Select(variable).OfType<string>()];
        return Names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name + extension)))
            .Concat(UsualPlaces.SelectMany(place => place[0] == '/' ? [place] : roots.Select(root => Path.Combine(root, place))))
            .FirstOrDefault(exists);
    }
}
