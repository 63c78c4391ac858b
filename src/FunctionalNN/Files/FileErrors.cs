using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>Makes error values, which name the file, of all that can go wrong when a file is read or written.</summary>
internal static class FileErrors
{
    private const int BufferSize = 1 << 16;

    /// <summary>What a reader makes of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kind">What it should be, for messages: "a safetensors file".</param>
    /// <param name="read">The reader.</param>
    public static Either<Error, TValue> Reading<TValue>(string path, string kind, Func<Stream, TValue> read)
    {
        if (Directory.Exists(path))
        {
            return Error.New($"{path} is a folder, expected {kind}");
        }

        return Guarded(path, "read", () =>
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferSize, FileOptions.SequentialScan);
            return read(file);
        });
    }

    /// <summary>A file that comes to be whole or not at all, in place of one that may be there.</summary>
    public static Either<Error, Unit> Writing(string path, Action<Stream> write) => Guarded(path, "written", () =>
    {
        PartFile.RemoveAbandoned(path);
        using var part = new PartFile(path);
        write(part.Stream);
        part.Keep();
        return Unit.Default;
    });

    /// <summary>A value, or the error that made it fail.</summary>
    public static Either<Error, TValue> Guarded<TValue>(string path, string verb, Func<TValue> action)
    {
        try
        {
            return action();
        }
        catch (FileFault fault)
        {
            return Error.New(fault.In(path));
        }
        catch (Exception fault) when (verb == "read" && fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return Error.New($"{path}: there is no such file");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException or OutOfMemoryException)
        {
            return Error.New($"{path} cannot be {verb}: {fault.Message}", fault);
        }
    }
}
