using System.Buffers.Binary;
using System.IO.Compression;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// Files in the IDX format of the MNIST data sets, plain or compressed with gzip: two zero bytes, the element type (0x08 unsigned byte,
/// 0x09 signed byte, 0x0B 16-bit, 0x0C 32-bit integer, 0x0D float, 0x0E double), the rank, one big-endian 32-bit length a dimension, and
/// the values, also big-endian, the last index running fastest.
/// </summary>
/// <remarks>Format: Y. LeCun, C. Cortes and C. Burges, "The MNIST database of handwritten digits".</remarks>
public static partial class IdxFile
{
    internal const string Kind = "an IDX file";

    /// <summary>
    /// Reads a file of unsigned bytes, such as images and labels; <see cref="ReadMatrix{T}"/> reads numbers of any type. Whether it is
    /// compressed is seen in its first bytes, whatever its name. A file that is missing, damaged,
    /// truncated, too long or of another kind gives an error that names the file, the byte and what was expected there.
    /// </summary>
    public static Either<Error, IdxArray> Read(string path) =>
        DataFile.Read(path, Kind, (stream, isCompressed) => new IdxReader(stream, path, isCompressed).Read());

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

        return FileErrors.Writing(path, file =>
        {
            using var zip = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? Compress(file) : null;
            var stream = zip ?? file;
            stream.Write(header);
            stream.Write(array.Bytes.Span);
        });
    }

    private static GZipStream Compress(Stream stream) => new(stream, CompressionLevel.Optimal, leaveOpen: true);
}
