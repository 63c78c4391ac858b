using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// Opens a file for a reader, plain or compressed with gzip (seen in its first bytes, whatever its name), and turns what can go wrong with files
/// into error values.
/// </summary>
internal static class DataFile
{
    private const int BufferSize = 1 << 16;

    /// <summary>Calls a reader with the decompressed content and closes the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kind">What the file should be, for messages: "a CSV file".</param>
    /// <param name="read">Gets the content, and whether it was compressed.</param>
    public static Either<Error, T> Read<T>(string path, string kind, Func<Stream, bool, Either<Error, T>> read)
    {
        if (Directory.Exists(path))
        {
            return Error.New($"{path} is a folder, expected {kind}");
        }

        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize, FileOptions.SequentialScan);
            return IsGzip(file) ? ReadCompressed(file, path, read) : read(file, false);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return Error.New($"{path}: there is no such file");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException or OutOfMemoryException)
        {
            return Error.New($"{path} cannot be read: {fault.Message}", fault);
        }
    }

    private static bool IsGzip(FileStream file)
    {
        var isGzip = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        return isGzip;
    }

    private static Either<Error, T> ReadCompressed<T>(FileStream file, string path, Func<Stream, bool, Either<Error, T>> read)
    {
        using var content = new CountingStream(new GZipStream(file, CompressionMode.Decompress, leaveOpen: true));
        try
        {
            // A fault at the very end of what came out is more likely that of a stream cut off than of the content.
            var result = read(content, true);
            return result.IsRight || content.IsAtEnd ? GzipEnd(file, path, content.Count).Bind(_ => result) : result;
        }
        catch (InvalidDataException fault)
        {
            return Error.New($"{path}, byte {Text(content.Count)} of the decompressed data: the gzip stream is damaged here or earlier", fault);
        }
    }

    /// <summary>
    /// To <see cref="GZipStream"/> a stream whose end is cut off looks like one that has ended, and bytes that follow the end are
    /// not there. So the length that gzip keeps in its last four bytes is compared with what came out; the check sum before it
    /// the stream compares itself.
    /// </summary>
    private static Either<Error, Unit> GzipEnd(FileStream file, string path, long length)
    {
        var last = new byte[4];
        file.Seek(-last.Length, SeekOrigin.End);
        file.ReadExactly(last);
        var expected = BinaryPrimitives.ReadUInt32LittleEndian(last);
        return expected == (uint)length
            ? Unit.Default
            : Error.New($"{path}, byte {Text(file.Length - last.Length)}: the gzip stream should end here with the length {Text(length)}, found {expected}: its end is cut off, or something follows it");
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
