namespace FunctionalNN.Tests;

/// <summary>The real data sets, which are too large for the repository: in FUNCTIONALNN_DATA, or in shared/data of a folder
/// above.</summary>
public static class RealData
{
    /// <summary>The folder of a set, such as fashion-mnist, or null where it is not at hand.</summary>
    public static string? FolderOf(string set)
    {
        if (Environment.GetEnvironmentVariable("FUNCTIONALNN_DATA") is { Length: > 0 } given)
        {
            return Existing(Path.Combine(given, set));
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Existing(Path.Combine(folder.FullName, "shared", "data", set)) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static string? Existing(string folder) => Directory.Exists(folder) ? folder : null;
}

/// <summary>A test that needs real data, and is skipped with a word on where to put it when it is not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RealDataFactAttribute : FactAttribute
{
    public RealDataFactAttribute(params string[] sets)
    {
        Sets = sets;
        var missing = sets.Where(set => RealData.FolderOf(set) is null).ToArray();
        if (missing.Length > 0)
        {
            Skip = $"needs the data set {string.Join(" and ", missing)}: put it in shared/data of a folder above, or name its folder in "
                + $"FUNCTIONALNN_DATA";
        }
    }

    public string[] Sets { get; }
}
