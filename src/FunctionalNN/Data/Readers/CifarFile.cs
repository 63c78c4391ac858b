using System.Collections.Immutable;
using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// The binary version of the CIFAR sets: records without a header, each one or two bytes of labels, then 3 × 32 × 32 bytes of a picture:
/// the red plane row by row, the green, the blue. Read, a picture lies as all images do: row by row, pixel by pixel, red, green and blue.
/// </summary>
/// <param name="labelBytes">The bytes of labels in a record.</param>
/// <param name="labelByte">Which of them counts.</param>
/// <param name="classNames">One name a class.</param>
internal sealed class CifarFile(int labelBytes, int labelByte, ImmutableArray<string> classNames)
{
    public const int Width = 3 * Plane;
    private const int Plane = 32 * 32;
    private const int FirstRecords = 64;

    public Either<Error, DataSet<float>> Read(IEnumerable<string> paths, double scale, double shift)
    {
        var (pixels, labels, count) = (new byte[FirstRecords * Width], new List<int>(), 0);
        foreach (var path in paths)
        {
            var read = DataFile.Read(path, "a file of CIFAR records", (stream, _) => Append(path, stream));
            if (read.IsLeft)
            {
                return (Error)read;
            }
        }

        return new DataSet<float>(new ByteRows<float>(new ReadOnlyMemory<byte>(pixels, 0, count * Width), Width, scale,
            shift).As(new ImageSize(32, 32, 3)),
            new ClassLabels([.. labels], classNames.Length, classNames));

        Either<Error, Unit> Append(string path, Stream stream)
        {
            var record = new byte[labelBytes + Width];
            for (long position = 0; ; position += record.Length)
            {
                var read = stream.ReadAtLeast(record, record.Length, throwOnEndOfStream: false);
                if (read == 0 && position > 0)
                {
                    return Unit.Default;
                }

                if (read < record.Length)
                {
                    return Error.New(read == 0
                        ? $"{path}, byte 0: the file is empty, expected records of {record.Length} bytes"
                        : $"{path}, byte {position + read}: the file ends after {read} of {record.Length} bytes of a record: it is "
                                + $"truncated or of another kind");
                }

                if (record[labelByte] >= classNames.Length)
                {
                    return Error.New(
                        $"{path}, byte {position + labelByte}: record {position / record.Length} has the label {record[labelByte]}, "
                            + $"expected 0 to {classNames.Length - 1}: the file is damaged or of another kind");
                }

                if ((count + 1L) * Width > Array.MaxLength)
                {
                    return Error.New(
                        $"{path}: the pictures are more than one array can hold: read them with StoredRows.OpenBytes(path, width: {Width}, "
                            + $"offset: {labelBytes}, stride: {record.Length})");
                }

                if ((count + 1) * Width > pixels.Length)
                {
                    Array.Resize(ref pixels, (int)Math.Min(Array.MaxLength, 2L * pixels.Length));
                }

                Interleave(record.AsSpan(labelBytes), pixels.AsSpan(count++ * Width, Width));
                labels.Add(record[labelByte]);
            }
        }
    }

    private static void Interleave(ReadOnlySpan<byte> planes, Span<byte> picture)
    {
        for (var pixel = 0; pixel < Plane; pixel++)
        {
            (picture[3 * pixel], picture[(3 * pixel) + 1], picture[(3 * pixel) + 2]) =
                (planes[pixel], planes[Plane + pixel], planes[(2 * Plane) + pixel]);
        }
    }
}
