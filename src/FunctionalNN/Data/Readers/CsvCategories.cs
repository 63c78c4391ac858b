using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace FunctionalNN;

/// <summary>The categories of one column, numbered as they come, or known from before.</summary>
internal sealed class CsvCategories
{
    private readonly Dictionary<string, int> codes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup;
    private readonly List<string> names = [];
    private readonly bool isFitted;
    private readonly bool isByText;

    /// <param name="fitted">The categories where they are known.</param>
    /// <param name="isByText">Whether each text is a name of its own; otherwise 1 and 1.0 are the same where all are numbers.</param>
    public CsvCategories(ImmutableArray<string> fitted, bool isByText)
    {
        this.isByText = isByText;
        lookup = codes.GetAlternateLookup<ReadOnlySpan<char>>();
        isFitted = !fitted.IsDefaultOrEmpty;
        foreach (var name in isFitted ? fitted : [])
        {
            Add(name);
        }
    }

    /// <summary>In the order of their codes.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>The number of a category, a new one where it is allowed to be, or −1.</summary>
    public int CodeOf(ReadOnlySpan<byte> field)
    {
        Span<char> room = stackalloc char[256];
        var text = field.Length <= room.Length ? room[..Encoding.UTF8.GetChars(field, room)] : Encoding.UTF8.GetString(field).AsSpan();
        if (lookup.TryGetValue(text, out var code))
        {
            return code;
        }

        if (!isFitted)
        {
            return Add(text.ToString());
        }

        // 1.0 in this file may be 1 in the other.
        return !isByText && CsvNumber.Canonical(text.ToString()) is { } number && codes.TryGetValue(number, out code)
            && names.All(name => CsvNumber.Canonical(name) == name) ? code : -1;
    }

    /// <summary>
    /// The categories in their final order, and for each code its place there: by number where all are numbers (1 and 1.0 are then the
    /// same, unless each text is a name or one is a code such as 007), by code of the characters otherwise; as given where they were.
    /// </summary>
    public (ImmutableArray<string> Names, int[] Places) Sorted()
    {
        if (isFitted)
        {
            return ([.. names], [.. Enumerable.Range(0, names.Count)]);
        }

        var numbers = names.Select(CsvNumber.Canonical).ToArray();
        var isNumeric = numbers.All(number => number is not null);
        var isMerged = isNumeric && !isByText && !names.Any(IsCode);
        var texts = isMerged ? numbers.Select(number => number!).ToArray() : [.. names];
        ImmutableArray<string> sorted = isNumeric
            ? [.. texts.Distinct().OrderBy(text => double.Parse(text, CultureInfo.InvariantCulture))
                .ThenBy(text => text, StringComparer.Ordinal)]
            : [.. texts.Order(StringComparer.Ordinal)];
        var places = sorted.Select((name, place) => (name, place))
            .ToDictionary(pair => pair.name, pair => pair.place, StringComparer.Ordinal);
        return (sorted, [.. texts.Select(text => places[text])]);
    }

    /// <summary>A whole number that begins with a zero is no quantity.</summary>
    private static bool IsCode(string name) => name is ['0', >= '0' and <= '9', ..] && !name.Contains('.', StringComparison.Ordinal);

    private int Add(string name)
    {
        codes.Add(name, names.Count);
        names.Add(name);
        return names.Count - 1;
    }
}
