namespace FunctionalNN;

/// <summary>How far a download has come.</summary>
/// <param name="Name">The file.</param>
/// <param name="Received">The bytes received.</param>
/// <param name="Total">The bytes there will be, where that is known.</param>
public readonly record struct DownloadProgress(string Name, long Received, long? Total);
