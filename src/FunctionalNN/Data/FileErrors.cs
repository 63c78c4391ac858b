using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// The one way to a file: makes error values, which name the file, of all that can go wrong when it is read or written. A reader or writer
/// of your own throws <see cref="InvalidDataException"/> for what is wrong with the content.
/// </summary>
public static class FileErrors
{
    private const int BufferSize = 1 << 16;

    /// <summary>What a reader makes of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kind">What it should be, for messages: "a safetensors file".</param>
    /// <param name="read">The reader.</param>
    /// <returns>The value, or an error that names the file: it is missing, a pipe or a folder, may not be read, or its content is at
    /// fault.</returns>
    public static Either<Error, TValue> Reading<TValue>(string path, string kind, Func<Stream, TValue> read)
    {
        if (PlainFile.Fault(path, kind) is { } wrong)
        {
            return Error.New($"{path} {wrong}");
        }

        return Guarded(path, "read", () =>
        {
            using var file =
                new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferSize,
                    FileOptions.SequentialScan);
            try
            {
                return read(file);
            }
            catch (FileFault fault) when (OfAnotherProgram(file, kind) is { } other)
            {
                throw new FileFault(null, other, isWhole: true, fault);
            }
        });
    }

    /// <summary>What a file is that could not be read as what it should be, where its first bytes tell: <c>is a PNG picture: …</c>; else
    /// null.</summary>
    internal static string? OfAnotherProgram(Stream file, string kind)
    {
        file.Position = 0;
        return FileSignature.Other(new HeadStream(file).Head, kind);
    }

    /// <summary>What a file is by its first bytes, where they are those of another format: <c>is a PNG picture: …</c>; else null. A
    /// kilobyte is enough.</summary>
    public static string? OfAnotherProgram(ReadOnlySpan<byte> head) => FileSignature.Of(head);

    /// <summary>A file that comes to be whole or not at all, in place of one that may be there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">The writer.</param>
    /// <returns>An error that names the file, where it could not be written.</returns>
    public static Either<Error, Unit> Writing(string path, Action<Stream> write) => Guarded(path, "written", () =>
    {
        PartFile.RemoveAbandoned(PlainFile.Target(path));
        using var part = new PartFile(path);
        write(part.Stream);
        part.Keep();
        return Unit.Default;
    });

    /// <summary>A value, or the error that made it fail.</summary>
    internal static Either<Error, TValue> Guarded<TValue>(string path, string verb, Func<TValue> action)
    {
        try
        {
            return action();
        }
        catch (FileFault fault)
        {
            return Error.New(fault.In(path));
        }
        catch (InvalidDataException fault)
        {
            return Error.New($"{path}: {fault.Message}", (Exception)fault);
        }
        catch (Exception fault) when (verb == "read" && fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return Error.New($"{path}: there is no such file");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException
            or OutOfMemoryException)
        {
            return Error.New($"{path} cannot be {verb}: {fault.Message}", fault);
        }
    }
}
