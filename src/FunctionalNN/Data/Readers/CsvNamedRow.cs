using System.Globalization;
using System.Numerics;
using System.Text;

namespace FunctionalNN;

/// <summary>A row of one's own, by the names of the columns.</summary>
public static class CsvNamedRow
{
    /// <summary>
    /// The inputs of a row that is given by the names of the columns, in any order: <c>model.Predict(table.Encoding.Row(("age", 41),
    /// ("city", "Oslo")))</c>. Texts are read as in the file, with its decimal mark and units. What is null, NaN, empty or one of
    /// <see cref="CsvOptions.MissingValues"/>, and a column that is not given, is a gap: its mean with <see cref="Missing.Mean"/>, NaN with
    /// <see cref="Missing.Keep"/>, else an error. An unknown category is an error or zeros, as <see cref="CsvOptions.UnknownCategory"/>
    /// says.
    /// </summary>
    /// <param name="encoding">How the columns become inputs.</param>
    /// <param name="values">A name and a number, text or truth value each.</param>
    /// <returns>[1 × inputs].</returns>
    /// <exception cref="ArgumentException">A name is no column of the inputs or is there twice, or a value does not fit its column; the
    /// message names it and what was expected.</exception>
    public static Matrix<float> Row(this CsvEncoding encoding, params ReadOnlySpan<(string Name, object? Value)> values) =>
        Row<float>(encoding, values);

    /// <inheritdoc cref="Row(CsvEncoding, ReadOnlySpan{ValueTuple{string, object}})"/>
    /// <typeparam name="T">float or double.</typeparam>
    public static Matrix<T> Row<T>(this CsvEncoding encoding, params ReadOnlySpan<(string Name, object? Value)> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var given = Given(encoding, values);
        var gaps = new CsvGaps(encoding.Options);
        var row = new T[encoding.Features.Length];
        var places = new int[row.Length][];
        for (var i = 0; i < row.Length; i++)
        {
            var feature = encoding.Features[i];
            places[i] = [.. Enumerable.Range(0, feature.Categories.Length)];
            row[i] = Value<T>(encoding, feature, given.GetValueOrDefault(feature.Name), gaps);
        }

        var inputs = Block<T>.Allocate(encoding.Features.Sum(feature => feature.Width));
        new CsvOneHot(encoding.Features, places).Expand<T>(row, inputs.Span);
        return encoding.Fill(new Matrix<T>(inputs, 1, inputs.Length));
    }

    private static Dictionary<string, object?> Given(CsvEncoding encoding, ReadOnlySpan<(string Name, object? Value)> values)
    {
        string[] names = [.. encoding.Features.Select(feature => feature.Name)];
        var given = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in values)
        {
            if (!names.Contains(name))
            {
                throw new ArgumentException(encoding.ColumnNames.Contains(name)
                    ? $"\"{name}\" is a column of the file and no input: leave it out; the inputs are {CsvText.Listed(names)}"
                    : $"there is no input \"{name}\""
                        + NearestName.HintOr(name, names, $"; the inputs are {CsvText.Listed(names)}"));
            }

            if (!given.TryAdd(name, value))
            {
                throw new ArgumentException($"\"{name}\" is given twice: give each input once");
            }
        }

        return given;
    }

    private static T Value<T>(CsvEncoding encoding, CsvFeature feature, object? value, CsvGaps gaps)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var reader =
            new CsvFieldReader<T>(feature.Name, CsvRole.Input, feature.IsNumber ? CsvKind.Number : CsvKind.Category, feature.Categories,
                encoding.Options);
        var field = Encoding.UTF8.GetBytes(Text(feature, value).Trim());
        if (value is double.NaN or float.NaN || gaps.Contain(field, reader.ComparesNumbers))
        {
            return encoding.Options.Missing is Missing.Mean or Missing.Keep
                ? T.NaN
                : throw new ArgumentException(
                    $"\"{feature.Name}\" has no value: give one, or read the training data with Missing = Missing.Mean, so that a gap "
                        + $"becomes the column's mean");
        }

        // A number in code has a decimal point, whatever the file has.
        if (feature.IsNumber && value is not string && value is IConvertible number)
        {
            var converted = T.CreateSaturating(number.ToDouble(CultureInfo.InvariantCulture));
            return T.IsFinite(converted)
                ? converted
                : throw new ArgumentException($"\"{feature.Name}\" is {value}, expected a finite number that {typeof(T).Name} can hold");
        }

        return reader.Read(field, 1, out var read) is { } fault ? throw new ArgumentException($"\"{feature.Name}\": {fault}") : read;
    }

    private static string Text(CsvFeature feature, object? value) => value switch
    {
        null => "",
        bool truth =>
            feature.Categories.FirstOrDefault(category =>
                string.Equals(category, truth ? "true" : "false", StringComparison.OrdinalIgnoreCase)) ?? (truth ? "true" : "false"),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
