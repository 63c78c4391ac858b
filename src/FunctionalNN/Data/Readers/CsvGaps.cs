using System.Collections.Immutable;
using System.Text;

namespace FunctionalNN;

/// <summary>Tells where a value is missing: a field that is empty or one of the texts that mean so.</summary>
internal sealed class CsvGaps
{
    private readonly byte[][] texts;
    private readonly double[] numbers;
    private readonly CsvNumerals numerals;

    public CsvGaps(CsvOptions options)
    {
        ImmutableArray<string> marks = options.MissingValues.IsDefault ? [] : options.MissingValues;
        numerals = new CsvNumerals(options);
        texts = [.. marks.Select(text => Encoding.UTF8.GetBytes(text.Trim()))];
        numbers = [.. texts.Select(Number).Where(number => !double.IsNaN(number))];
    }

    /// <param name="field">The field.</param>
    /// <param name="comparesNumbers">Whether -200 stands for -200.0 too.</param>
    public bool Contain(ReadOnlySpan<byte> field, bool comparesNumbers)
    {
        if (field.IsEmpty)
        {
            return true;
        }

        foreach (var text in texts)
        {
            if (field.SequenceEqual(text))
            {
                return true;
            }
        }

        return comparesNumbers && numbers.Length > 0 && numerals.TryParse<double>(field, out var number, out _) && numbers.Contains(number);
    }

    /// <summary>A mark is written as numbers are in the file or in code.</summary>
    private double Number(byte[] text) =>
        numerals.TryParse<double>(text, out var number, out _) || CsvNumber.TryParse(text, out number) ? number : double.NaN;
}
