using System.Globalization;
using System.Numerics;
using LanguageExt;
using LanguageExt.Common;
using Microsoft.Win32.SafeHandles;

namespace FunctionalNN;

/// <summary>Opens files of rows that are larger than memory. The files are plain: what is compressed cannot be read from the
/// middle.</summary>
public static class StoredRows
{
    /// <summary>An IDX file of any rank and type: one row an entry of the first dimension.</summary>
    /// <example><code>
    /// using var images = StoredRows.OpenIdx("train-images-idx3-ubyte").OrThrow();
    /// var data = new DataSet&lt;float>(images, IdxFile.ReadLabels("train-labels-idx1-ubyte", Mnist.ClassNames).OrThrow());
    /// </code></example>
    /// <param name="path">The file.</param>
    /// <param name="scale">Unsigned bytes become scale · byte + shift; numbers of other types are taken as they are.</param>
    /// <param name="shift">0 for numbers from 0 to 1, −1 for −1 to 1.</param>
    public static Either<Error, StoredRows<float>> OpenIdx(string path, double scale = 1 / 255.0, double shift = 0) =>
        OpenIdx<float>(path, scale, shift);

    /// <inheritdoc cref="OpenIdx(string, double, double)"/>
    /// <typeparam name="T">float or double.</typeparam>
    public static Either<Error, StoredRows<T>> OpenIdx<T>(string path, double scale = 1 / 255.0, double shift = 0)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        DataFile.Read(path, IdxFile.Kind, (stream, isCompressed) =>
        {
            var reader = new IdxReader(stream, path, isCompressed);
            return reader.Header(null).Bind<StoredLayout>(header =>
            {
                if (isCompressed)
                {
                    return Error.New(
                        $"{path} is compressed with gzip and cannot be read from the middle: decompress it, or read it whole with IdxFile");
                }

                var width = IdxArray.Product(header.Shape.AsSpan()[1..]);
                return width is < 1 || width * header.Format.Size > Array.MaxLength
                    ? Error.New(
                        $"{path}, byte 4: the shape {IdxArray.Text(header.Shape)} has rows of "
                            + $"{(width < 1 ? "no numbers" : "too many numbers")}, expected 1 to {Array.MaxLength / header.Format.Size}")
                    : new StoredLayout(header.Format, reader.Position, header.Shape[0], (int)width, (int)width * header.Format.Size, scale,
                        shift);
            });
        }).Bind(layout => Open<T>(path, layout, exact: true));

    /// <summary>A file of bytes, such as images: each becomes scale · byte + shift in the batch.</summary>
    /// <param name="path">The file.</param>
    /// <param name="width">The bytes in a row that are read, 1 or more.</param>
    /// <param name="offset">The bytes before the first row.</param>
    /// <param name="stride">The bytes from one row to the next; width by default. In CIFAR batches a label stands before each
    /// row: offset 1, stride 3073.</param>
    /// <param name="scale">1/255 for numbers from 0 to 1, 1/127.5 for −1 to 1.</param>
    /// <param name="shift">0 for numbers from 0 to 1, −1 for −1 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Width, offset or stride are too small.</exception>
    public static Either<Error, StoredRows<T>> OpenBytes<T>(string path, int width, long offset = 0, int? stride = null,
        double scale = 1 / 255.0, double shift = 0)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Open<T>(path, new NumberFormat(StoredNumber.UnsignedByte), width, offset, stride ?? width, scale, shift);

    /// <summary>A file of numbers of 32 bits (IEEE 754, little-endian), as <c>numpy.ndarray.tofile</c> writes a float32 array.</summary>
    /// <param name="path">The file.</param>
    /// <param name="width">The numbers in a row, 1 or more.</param>
    /// <param name="offset">The bytes before the first row.</param>
    /// <exception cref="ArgumentOutOfRangeException">Width or offset are too small.</exception>
    public static Either<Error, StoredRows<T>> OpenSingles<T>(string path, int width, long offset = 0)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, Array.MaxLength / sizeof(float));
        return Open<T>(path, new NumberFormat(StoredNumber.Single), width, offset, width * sizeof(float), 1, 0);
    }

    private static Either<Error, StoredRows<T>> Open<T>(string path, NumberFormat format, int width, long offset, int stride, double scale,
        double shift)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, width * format.Size);
        return Open<T>(path, new StoredLayout(format, offset, -1, width, stride, scale, shift), exact: false);
    }

    /// <summary>Opens the file and compares its length with the layout, or counts the rows from it.</summary>
    private static Either<Error, StoredRows<T>> Open<T>(string path, StoredLayout layout, bool exact)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (PlainFile.Fault(path, "a file of rows") is { } wrong)
        {
            return Error.New($"{path} {wrong}");
        }

        SafeFileHandle? file = null;
        return FileErrors.Guarded(path, "read", Whole).Bind(rows => rows);

        Either<Error, StoredRows<T>> Whole()
        {
            file = File.OpenHandle(path);
            try
            {
                return Of(file);
            }
            catch
            {
                file.Dispose();
                throw;
            }
        }

        Either<Error, StoredRows<T>> Of(SafeFileHandle file)
        {
            var length = RandomAccess.GetLength(file);
            var (body, last) = (length - layout.Offset, layout.Stride - layout.RowBytes);
            if (exact
                ? body != (long)layout.Count * layout.Stride
                : body < 0 || (body % layout.Stride != 0 && (body + last) % layout.Stride != 0))
            {
                return exact
                    ? Fault($"the file has {length} bytes, expected {layout.Offset + ((long)layout.Count * layout.Stride)}: {layout.Count} "
                        + $"rows of {layout.Stride} after {layout.Offset}; it is truncated or its header is damaged")
                    : body < 0 ? Fault($"the file has {length} bytes, and the first row is to begin at {layout.Offset}")
                    : Fault($"{body} bytes after the first {layout.Offset} do not make rows of {layout.Stride}: {body % layout.Stride} are "
                        + $"left over");
            }

            var count = (body + last) / layout.Stride;
            return count > Array.MaxLength ? Fault($"the file has {count} rows, expected at most {Array.MaxLength}: read it in parts")
                : count == 0 ? Fault("the file has no rows")
                : new StoredRows<T>(path, file, layout with { Count = (int)count });
        }

        Error Fault(string reason)
        {
            file?.Dispose();
            return Error.New($"{path}: {reason}");
        }
    }
}
