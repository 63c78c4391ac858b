namespace FunctionalNN.Tests;

/// <summary>A folder of a test's own, gone with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string FullName { get; } = Directory.CreateTempSubdirectory("FunctionalNN-").FullName;

    /// <summary>A path below the folder.</summary>
    public string this[string name] => Path.Combine(FullName, name);

    /// <summary>The names of everything in the folder.</summary>
    public string[] Entries => [.. Directory.EnumerateFileSystemEntries(FullName).Select(entry => Path.GetFileName(entry)).Order()];

    public string Write(string name, byte[] content)
    {
        File.WriteAllBytes(this[name], content);
        return this[name];
    }

    public void Dispose() => Directory.Delete(FullName, recursive: true);
}
