using System.Text;

namespace FunctionalNN;

/// <summary>What programs and people write where a value is missing: R, pandas, databases, Excel's errors.</summary>
internal static class CsvGapMarks
{
    private const int Longest = 12;

    private static readonly HashSet<string> Marks = new(StringComparer.Ordinal)
    {
        "?", "??", "-", "--", "---", "\u2013", "\u2014", ".", "..", "*", "_", "\\N", "None", "NONE", "Nil", "NIL", "nil",
        "<NA>", "#N/A N/A", "1.#IND", "-1.#IND", "1.#QNAN", "-1.#QNAN", "#VALUE!", "#DIV/0!", "#REF!", "#NAME?", "#NUM!", "#NULL!",
    };

    private static readonly HashSet<string> MarksInAnyCase =
        new(StringComparer.OrdinalIgnoreCase) { "NA", "N/A", "#N/A", "#NA", "N.A.", "NULL", "NaN", "NaT" };

    /// <summary>Whether a text is most likely no name but such a mark.</summary>
    public static bool Contains(ReadOnlySpan<byte> field)
    {
        if (field.Length > Longest)
        {
            return false;
        }

        var text = Encoding.UTF8.GetString(field);
        return Marks.Contains(text) || MarksInAnyCase.Contains(text) || CsvNumber.IsNotFinite(field);
    }
}
