using System.Buffers.Binary;
using System.IO.Compression;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// Files in the IDX format of the MNIST data sets, plain or compressed with gzip: two zero bytes, the element type (0x08, unsigned
/// byte, is the one read here), the rank, one big-endian 32-bit length a dimension, and the values, the last index running fastest.
/// </summary>
/// <remarks>Format: Y. LeCun, C. Cortes and C. Burges, "The MNIST database of handwritten digits".</remarks>
public static partial class IdxFile
{
    private const int BufferSize = 1 << 16;

    /// <summary>
    /// Reads a file. Whether it is compressed is seen in its first bytes, whatever its name. A file that is missing, damaged,
    /// truncated, too long or of another kind gives an error that names the file, the byte and what was expected there.
    /// </summary>
    public static Either<Error, IdxArray> Read(string path)
    {
        if (Directory.Exists(path))
        {
            return Error.New($"{path} is a folder, expected an IDX file");
        }

        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize);
            return IsGzip(file) ? ReadCompressed(file, path) : new IdxReader(file, path, isCompressed: false).Read();
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

    /// <summary>
    /// Writes a file, compressed with gzip where its name ends in .gz. It appears whole or not at all; one that is there already is
    /// replaced.
    /// </summary>
    public static Either<Error, Unit> Write(string path, IdxArray array)
    {
        var header = new byte[4 + (4 * array.Rank)];
        header[2] = IdxReader.UnsignedByte;
        header[3] = (byte)array.Rank;
        for (var i = 0; i < array.Rank; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + (4 * i)), array.Shape[i]);
        }

        try
        {
            using var part = new PartFile(path);
            using (var zip = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? Compress(part.Stream) : null)
            {
                var stream = zip ?? part.Stream;
                stream.Write(header);
                stream.Write(array.Bytes.Span);
            }

            part.Keep();
            return Unit.Default;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return Error.New($"{path} cannot be written: {fault.Message}", fault);
        }
    }

    private static bool IsGzip(FileStream file)
    {
        var isGzip = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        return isGzip;
    }

    private static GZipStream Compress(Stream stream) => new(stream, CompressionLevel.Optimal, leaveOpen: true);

    private static Either<Error, IdxArray> ReadCompressed(FileStream file, string path)
    {
        using var stream = new GZipStream(file, CompressionMode.Decompress, leaveOpen: true);
        var reader = new IdxReader(stream, path, isCompressed: true);
        try
        {
            return from array in reader.Read()
                   from end in GzipEnd(file, path, reader.Position)
                   select array;
        }
        catch (InvalidDataException fault)
        {
            return Error.New($"{path}, byte {reader.Position} of the decompressed data: the gzip stream is damaged here or earlier", fault);
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
            : Error.New($"{path}, byte {file.Length - last.Length}: the gzip stream should end here with the length {length}, found {expected}: its end is cut off, or something follows it");
    }
}
