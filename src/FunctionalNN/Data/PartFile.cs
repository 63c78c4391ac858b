namespace FunctionalNN;

/// <summary>
/// A file that comes to be whole or not at all: written under a temporary name beside its place and moved there by
/// <see cref="Keep"/>, with the permissions of the file that was there. Disposed without that, it leaves nothing behind, neither the file
/// nor a folder that was made for it.
/// </summary>
internal sealed class PartFile : IDisposable
{
    private const int Attempts = 5;
    private readonly string path;
    private readonly List<string> madeFolders = [];
    private readonly FileStream? stream;
    private string temporary = "";
    private bool isKept;

    /// <param name="path">The file. Where it is a link, what it leads to is written.</param>
    /// <exception cref="IOException">There is something else than a plain file.</exception>
    /// <exception cref="UnauthorizedAccessException">There is a file that may not be written.</exception>
    public PartFile(string path)
    {
        this.path = PlainFile.Target(path);
        RequireWritable(path);
        var folder = Path.GetDirectoryName(this.path);
        for (var missing = folder; missing is not null && !Directory.Exists(missing); missing = Path.GetDirectoryName(missing))
        {
            madeFolders.Add(missing);
        }

        try
        {
            Directory.CreateDirectory(folder!);
            stream = Create();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public Stream Stream => stream!;

    /// <summary>Deletes what processes that were killed have left of a file. Whoever is still writing one has it locked, and keeps
    /// it.</summary>
    public static void RemoveAbandoned(string path)
    {
        var full = Path.GetFullPath(path);
        if (Path.GetDirectoryName(full) is not { } folder || !Directory.Exists(folder))
        {
            return;
        }

        foreach (var left in Directory.EnumerateFiles(folder, "*.part").Where(name => IsPartOf(name, full)).ToArray())
        {
            try
            {
                // Deleted while it is locked; Windows asks for a share to do that, and lets no one in by it that reads or writes.
                using var locked =
                    new FileStream(left, FileMode.Open, FileAccess.ReadWrite,
                        OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None);
                File.Delete(left);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // In use, or not ours to delete.
            }
        }
    }

    /// <summary>Puts the file in its place, over one that may be there, and closes it: in this order, so that it is locked as long as it
    /// has its temporary name.</summary>
    public void Keep()
    {
        stream!.Flush(flushToDisk: true);
        if (!OperatingSystem.IsWindows() && File.Exists(path))
        {
            File.SetUnixFileMode(stream.SafeFileHandle, File.GetUnixFileMode(path));
        }

        File.Move(temporary, path, overwrite: true);
        isKept = true;
        stream.Dispose();
    }

    private void RequireWritable(string named)
    {
        if (PlainFile.Fault(path, "a file that may be replaced") is { } wrong)
        {
            throw new IOException($"it {wrong}");
        }

        if (File.Exists(path) && File.GetAttributes(path).HasFlag(FileAttributes.ReadOnly))
        {
            throw new UnauthorizedAccessException(
                $"{(path == Path.GetFullPath(named) ? "the file that is there" : path)} is read-only: allow writing to it, or choose "
                    + $"another name");
        }
    }

    /// <summary>
    /// A file that is locked, so that it is not taken for abandoned. On Unix creating and locking are two steps: when between them another
    /// process has taken it, the lock fails or the name is gone, and the next attempt is under another name.
    /// </summary>
    private FileStream Create()
    {
        for (var attempt = 1; ; attempt++)
        {
#pragma warning disable RS0030 // No other process may choose the same name.
            temporary = $"{path}.{Guid.NewGuid():N}.part";
#pragma warning restore RS0030
            try
            {
                var created = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.Delete);
                if (attempt == Attempts || File.Exists(temporary))
                {
                    return created;
                }

                created.Dispose();
            }
            catch (IOException) when (attempt < Attempts)
            {
            }
        }
    }

    private static bool IsPartOf(string name, string path) =>
        name.Length > path.Length + ".part".Length + 1
        && name.StartsWith(path + ".", StringComparison.Ordinal)
        && Guid.TryParseExact(name[(path.Length + 1)..^".part".Length], "N", out _);

    public void Dispose()
    {
        if (isKept)
        {
            return;
        }

        try
        {
            stream?.Dispose();
        }
        catch (IOException)
        {
            // What could not be written to a full disk is not wanted any more.
        }

        try
        {
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }

            foreach (var folder in madeFolders.Where(Directory.Exists))
            {
                Directory.Delete(folder);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Someone else has put a file there meanwhile: the folder is theirs now.
        }
    }
}
