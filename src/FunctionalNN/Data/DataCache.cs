namespace FunctionalNN;

/// <summary>Where downloaded data sets are kept for the next run.</summary>
public static class DataCache
{
    /// <summary>
    /// The folder of a data set: FunctionalNN/name in the user's folder for application data, or in the temporary folder for a user
    /// who has none. It need not exist yet.
    /// </summary>
    public static string Folder(string name)
    {
        var root = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return Path.Combine(root.Length > 0 ? root : Path.GetTempPath(), "FunctionalNN", name);
    }
}
