using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// Reads CSV files (RFC 4180: fields in quotes may hold separators, quotes and line breaks), plain or compressed with gzip, as data sets.
/// </summary>
public static partial class Csv
{
    internal const string Kind = "a CSV file";

    /// <summary>
    /// Reads a file and fits the encoding of its columns. Whether it is compressed is seen in its first bytes. Nothing is guessed in
    /// silence: a missing value, a text among numbers or a column that is not there gives an error.
    /// </summary>
    /// <example><code>var iris = Csv.Read("iris.csv", new CsvOptions { Label = "species" }).OrThrow();</code></example>
    /// <returns>The rows, or an error that names file, line, column, what was found, what was expected and the fix.</returns>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    public static Either<Error, CsvTable<float>> Read(string path, CsvOptions options) => Read<float>(path, options);

    /// <inheritdoc cref="Read(string, CsvOptions)"/>
    /// <typeparam name="T">float or double.</typeparam>
    public static Either<Error, CsvTable<T>> Read<T>(string path, CsvOptions options)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Require(options);
        return DataFile.Read(path, Kind, (stream, _) => CsvLoad<T>.Fit(path, stream, options));
    }

    /// <summary>
    /// Reads a file and fits the encoding of its columns without keeping the rows: for files larger than memory, which
    /// <see cref="CsvEncoding.Stream{T}"/> then reads. It is the encoding that <see cref="Read(string, CsvOptions)"/> fits, to the last
    /// bit.
    /// </summary>
    public static Either<Error, CsvEncoding> Fit(string path, CsvOptions options) => Fit<float>(path, options);

    /// <inheritdoc cref="Fit(string, CsvOptions)"/>
    /// <typeparam name="T">float or double.</typeparam>
    public static Either<Error, CsvEncoding> Fit<T>(string path, CsvOptions options)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Require(options);
        return DataFile.Read(path, Kind, (stream, _) => CsvLoad<T>.FitEncoding(path, stream, options));
    }

    internal static void Require(CsvOptions options)
    {
        if (options.Label is { } label && !options.Targets.IsDefaultOrEmpty)
        {
            throw new ArgumentException(
                $"the options set both Label ({label}) and Targets ({string.Join(", ", options.Targets)}): set Label for classes or "
                    + $"Targets for quantities", nameof(options));
        }

        if (!char.IsAscii(options.Separator) || options.Separator is '"' or '\r' or '\n')
        {
            throw new ArgumentException(
                $"the separator is '{options.Separator}', expected an ASCII character other than a quote and a line break",
                nameof(options));
        }

        if (options.DecimalMark is not ('.' or ','))
        {
            throw new ArgumentException($"the decimal mark is '{options.DecimalMark}', expected a point or a comma", nameof(options));
        }

        if (options.ThousandsMark is { } mark
            && (mark == options.DecimalMark || char.IsAsciiLetterOrDigit(mark) || mark is '-' or '+' or '"'))
        {
            throw new ArgumentException(
                $"the mark between thousands is '{mark}', expected none of letters, digits, signs, quotes and the decimal mark '"
                    + $"{options.DecimalMark}'", nameof(options));
        }

        if (!options.Units.IsDefaultOrEmpty
            && options.Units.FirstOrDefault(unit => string.IsNullOrWhiteSpace(unit) || unit.Any(char.IsAsciiDigit)
                || unit != unit.Trim()) is { } unit)
        {
            throw new ArgumentException($"Units has \"{unit}\", expected a text without digits, and without blanks around it",
                nameof(options));
        }

        if (!options.Classes.IsDefaultOrEmpty && options.Classes.Distinct().Count() < options.Classes.Length)
        {
            throw new ArgumentException("Classes names a class twice: give each class one name", nameof(options));
        }
    }
}
