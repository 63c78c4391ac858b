using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// Opens a file for a reader, plain or compressed with gzip (seen in its first bytes, whatever its name), and turns what can go wrong with
/// files into error values.
/// </summary>
internal static class DataFile
{
    private const int BufferSize = 1 << 16;

    /// <summary>The bytes of a gzip stream of nothing: 10 before the content, 2 for it, 8 after.</summary>
    private const int MinGzip = 20;

    /// <summary>The most bytes that one byte of a gzip stream can stand for.</summary>
    private const int MaxExpansion = 1032;

    /// <summary>Calls a reader with the decompressed content and closes the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kind">What the file should be, for messages: "a CSV file".</param>
    /// <param name="read">Gets the content, and whether it was compressed.</param>
    /// <param name="isWhole">Whether the reader reads to the end, so that the end of a compressed file can be checked.</param>
    public static Either<Error, T> Read<T>(string path, string kind, Func<Stream, bool, Either<Error, T>> read, bool isWhole = true)
    {
        if (PlainFile.Fault(path, kind) is { } wrong)
        {
            return Error.New($"{path} {wrong}");
        }

        return FileErrors.Guarded(path, "read", () =>
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize, FileOptions.SequentialScan);
            return IsGzip(file)
                ? ReadCompressed(file, path, read, isWhole)
                : read(file, false)
                    .MapLeft(fault => FileErrors.OfAnotherProgram(file, kind) is { } other ? Error.New($"{path} {other}") : fault);
        }).Bind(result => result);
    }

    /// <summary>Reads a file piece by piece. What <see cref="Read"/> gives as an error ends the pieces as an exception of the same
    /// message.</summary>
    /// <param name="path">The file.</param>
    /// <param name="next">Opens the content at the first call and gives the next piece, or null at the end.</param>
    /// <exception cref="InvalidDataException">The file cannot be read, or the reader has found a mistake in it.</exception>
    public static IEnumerable<T> Pieces<T>(string path, Func<Stream, IPieces<T>> next)
        where T : class
    {
        if (PlainFile.Fault(path, "a file of rows") is { } wrong)
        {
            throw new InvalidDataException($"{path} {wrong}");
        }

        using var file =
            Try(() => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize, FileOptions.SequentialScan));
        var isCompressed = Try(() => IsGzip(file));
        using var content = new CountingStream(isCompressed ? new GZipStream(file, CompressionMode.Decompress, leaveOpen: true) : file);
        using var pieces = Try(() => next(content));
        while (Try(Next) is { } piece)
        {
            yield return piece;
        }

        // What is wrong with the content at the end of a stream that was cut off is the cutting.
        T? Next()
        {
            try
            {
                var piece = pieces.Next();
                _ = piece is not null || !isCompressed || Whole(true);
                return piece;
            }
            catch (InvalidDataException) when (isCompressed && content.IsAtEnd)
            {
                _ = Whole(true);
                throw;
            }
            catch (InvalidDataException fault) when (!fault.Message.StartsWith(path, StringComparison.Ordinal))
            {
                throw new InvalidDataException(Damaged(path, content.Count, fault).Message, fault);
            }
        }

        TPiece Whole<TPiece>(TPiece piece) =>
            GzipEnd(file, path, content.Count).Match(Right: _ => piece, Left: fault => throw new InvalidDataException(fault.Message));

        TResult Try<TResult>(Func<TResult> step)
        {
            try
            {
                return step();
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                throw new InvalidDataException($"{path} cannot be read: {fault.Message}", fault);
            }
        }
    }

    private static Error Damaged(string path, long position, Exception fault) =>
        Error.New($"{path}, byte {Text(position)} of the decompressed data: the gzip stream is damaged here or earlier", fault);

    private static bool IsGzip(FileStream file)
    {
        var isGzip = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        return isGzip;
    }

    private static Either<Error, T> ReadCompressed<T>(FileStream file, string path, Func<Stream, bool, Either<Error, T>> read, bool isWhole)
    {
        var likely = file.Length < MinGzip ? 0 : LengthAtEnd(file);
        file.Position = 0;
        using var content =
            new CountingStream(new GZipStream(file, CompressionMode.Decompress, leaveOpen: true))
            {
                Likely =
                likely <= file.Length * MaxExpansion ? likely : 0
            };
        try
        {
            // A fault at the very end of what came out is more likely that of a stream cut off than of the content.
            var result = read(content, true);
            return (result.IsRight && isWhole) || content.IsAtEnd ? GzipEnd(file, path, content.Count).Bind(_ => result) : result;
        }
        catch (InvalidDataException fault)
        {
            return Damaged(path, content.Count, fault);
        }
    }

    /// <summary>
    /// To <see cref="GZipStream"/> a stream whose end is cut off looks like one that has ended, and bytes that follow the end are
    /// not there. So the length that gzip keeps in its last four bytes is compared with what came out; the check sum before it
    /// the stream compares itself.
    /// </summary>
    private static Either<Error, Unit> GzipEnd(FileStream file, string path, long length)
    {
        if (file.Length < MinGzip)
        {
            return Error.New($"{path}, byte {Text(file.Length)}: the gzip stream ends here, before its own end");
        }

        var expected = LengthAtEnd(file);
        return expected == (uint)length
            ? Unit.Default
            : Error.New(
                $"{path}, byte {Text(file.Length - sizeof(uint))}: the gzip stream should end here with the length {Text(length)}, found "
                    + $"{expected}: its end is cut off, or something follows it");
    }

    private static uint LengthAtEnd(FileStream file)
    {
        var last = new byte[sizeof(uint)];
        file.Seek(-last.Length, SeekOrigin.End);
        file.ReadExactly(last);
        return BinaryPrimitives.ReadUInt32LittleEndian(last);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
