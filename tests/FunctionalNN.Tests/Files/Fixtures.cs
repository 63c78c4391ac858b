namespace FunctionalNN.Tests;

/// <summary>The small files that other systems wrote, beside the scripts that made them write.</summary>
internal static class Fixtures
{
    /// <summary>The path of a file.</summary>
    public static string Of(string name) => Path.Combine(AppContext.BaseDirectory, "Files", "fixtures", name);
}
