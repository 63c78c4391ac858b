using System.Collections.Immutable;
using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

public static partial class Csv
{
    private const int FirstRows = 256;

    /// <summary>
    /// Reads a file of pixels, such as the digits of Kaggle (<c>label,pixel0,pixel1,…</c>): a column of classes, and in all others whole
    /// numbers 0 … 255, which are kept as bytes and become scale · byte + shift in the batch.
    /// </summary>
    /// <example><code>var digits = Csv.ReadBytes("train.csv", new CsvOptions { Label = "label" }).OrThrow();</code></example>
    /// <param name="path">The file, plain or compressed with gzip.</param>
    /// <param name="options">
    /// <see cref="CsvOptions.Label"/> is needed; <see cref="CsvOptions.Targets"/> and <see cref="CsvOptions.Categories"/> have no meaning
    /// here, and a missing value is an error. Give <see cref="CsvOptions.Classes"/> where another file may lack a class.
    /// </param>
    /// <param name="scale">1/255 for numbers from 0 to 1, 1/127.5 for −1 to 1.</param>
    /// <param name="shift">0 for numbers from 0 to 1, −1 for −1 to 1.</param>
    /// <returns>The rows, or an error that names file, line, column, what was found and what was expected.</returns>
    /// <exception cref="ArgumentException">The options name no label, or something that has no meaning here.</exception>
    public static Either<Error, DataSet<float>> ReadBytes(string path, CsvOptions options, double scale = 1 / 255.0, double shift = 0) =>
        ReadBytes<float>(path, options, scale, shift);

    /// <inheritdoc cref="ReadBytes(string, CsvOptions, double, double)"/>
    /// <typeparam name="T">float or double.</typeparam>
    public static Either<Error, DataSet<T>> ReadBytes<T>(string path, CsvOptions options, double scale = 1 / 255.0, double shift = 0)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        RequireBytes(options);
        if (options.Label is null)
        {
            throw new ArgumentException("the options name no label: set Label, or read the bytes alone with ReadByteRows", nameof(options));
        }

        return DataFile.Read(path, Kind, (stream, _) => ReadBytes<T>(path, stream, options, scale, shift));
    }

    /// <summary>Reads a file of pixels without classes, such as those to predict: every column holds whole numbers 0 … 255.</summary>
    /// <param name="path">The file, plain or compressed with gzip.</param>
    /// <param name="options">How to read; without options a header and commas are expected.</param>
    /// <param name="scale">1/255 for numbers from 0 to 1, 1/127.5 for −1 to 1.</param>
    /// <param name="shift">0 for numbers from 0 to 1, −1 for −1 to 1.</param>
    /// <exception cref="ArgumentException">The options name a label, or something that has no meaning here.</exception>
    public static Either<Error, ByteRows<float>> ReadByteRows(string path, CsvOptions? options = null, double scale = 1 / 255.0,
        double shift = 0) =>
        ReadByteRows<float>(path, options, scale, shift);

    /// <inheritdoc cref="ReadByteRows(string, CsvOptions?, double, double)"/>
    /// <typeparam name="T">float or double.</typeparam>
    public static Either<Error, ByteRows<T>> ReadByteRows<T>(string path, CsvOptions? options = null, double scale = 1 / 255.0,
        double shift = 0)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        options ??= new CsvOptions();
        RequireBytes(options);
        if (options.Label is { } label)
        {
            throw new ArgumentException($"the options name the label {label}: read it with ReadBytes, or leave it out with Ignore",
                nameof(options));
        }

        return DataFile.Read(path, Kind, (stream, _) => CsvCursor.Open(path, stream, options).Bind(cursor =>
        {
            using (cursor)
            {
                return from layout in CsvLayout.OfInputs(path, cursor.Names, options)
                       from bytes in Bytes<T>(path, cursor, layout, null, [])
                       select new ByteRows<T>(bytes, layout.Inputs.Length, scale, shift);
            }
        }));
    }

    private static void RequireBytes(CsvOptions options)
    {
        Require(options);
        if (!options.Targets.IsDefaultOrEmpty || !options.Categories.IsDefaultOrEmpty || options.Missing != Missing.Error)
        {
            throw new ArgumentException("Targets, Categories and Missing have no meaning for columns of bytes: use Csv.Read",
                nameof(options));
        }
    }

    private static Either<Error, DataSet<T>> ReadBytes<T>(string path, Stream stream, CsvOptions options, double scale, double shift)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        CsvCursor.Open(path, stream, options).Bind(cursor =>
        {
            using (cursor)
            {
                List<int> labels = [];
                return from layout in CsvLayout.Of(path, cursor.Names, options)
                       let reader = new CsvFieldReader<T>(layout.Names[layout.Label], CsvRole.Label,
                           options.Classes.IsDefaultOrEmpty ? CsvKind.Unknown : CsvKind.Category, options.Classes, options)
                       from bytes in Bytes(path, cursor, layout, reader, labels)
                       from classes in CsvLoad<T>.Classes(path, reader, labels)
                       select new DataSet<T>(new ByteRows<T>(bytes, layout.Inputs.Length, scale, shift), classes, null, null,
                           [.. layout.Inputs.Select(position => layout.Names[position])]);
            }
        });

    private static Either<Error, ReadOnlyMemory<byte>> Bytes<T>(string path, CsvCursor cursor, CsvLayout layout, CsvFieldReader<T>? label,
        List<int> labels)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int[] positions = [.. layout.Inputs];
        var width = positions.Length;
        var bytes = new byte[FirstRows * width];
        var rows = 0;
        while (cursor.Next())
        {
            if ((rows + 1L) * width > bytes.Length)
            {
                if ((rows + 1L) * width > Array.MaxLength)
                {
                    return Error.New(
                        $"{path}: more rows of {width} bytes than one array can hold: write them to a file of bytes and read it with "
                            + $"StoredRows");
                }

                Array.Resize(ref bytes, (int)Math.Min(Array.MaxLength, 2L * bytes.Length));
            }

            if (!ReadRow(cursor, positions, layout, bytes.AsSpan(rows * width, width))
                || (label is not null && !ReadLabel(cursor, layout.Label, label, labels)))
            {
                break;
            }

            rows++;
        }

        return cursor.Fault is { } fault ? fault
            : cursor.Suspect(positions) is { } suspect ? Error.New(suspect)
            : rows == 0 ? Error.New($"{path}: the file has no rows")
            : new ReadOnlyMemory<byte>(bytes, 0, rows * width);
    }

    private static bool ReadRow(CsvCursor cursor, int[] positions, CsvLayout layout, Span<byte> row)
    {
        for (var i = 0; i < row.Length; i++)
        {
            var field = cursor.Field(positions[i]);
            uint number = 0;
            var isWrong = field.Length is 0 or > 3;
            foreach (var letter in field)
            {
                var digit = (uint)(letter - '0');
                isWrong |= digit > 9;
                number = (number * 10) + digit;
            }

            if (isWrong || number > byte.MaxValue)
            {
                return cursor.Stop(
                    $", column \"{CsvText.Cut(layout.Names[positions[i]])}\": "
                        + $"{(field.IsEmpty ? "the value is missing" : $"found {CsvText.Shown(field)}")}, expected a whole number from 0 "
                        + $"to 255; for other numbers use Csv.Read");
            }

            row[i] = (byte)number;
        }

        return true;
    }

    private static bool ReadLabel<T>(CsvCursor cursor, int position, CsvFieldReader<T> reader, List<int> labels)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var field = cursor.Field(position);
        var code = T.Zero;
        var fault = cursor.IsMissing(field, reader.ComparesNumbers)
            ? "the value is missing, expected a class"
            : reader.Read(field, cursor.Line, out code);
        labels.Add(int.CreateTruncating(code));
        return fault is null
            || cursor.Stop(
                $", column \"{CsvText.Cut(reader.Name)}\": {fault}"
                    + $"{(fault.Contains("Categories", StringComparison.Ordinal) ? ", with Csv.Read in place of ReadBytes" : "")}");
    }
}
