using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>What the values of a column look like, for a proposal.</summary>
internal sealed class ColumnView
{
    private readonly Table table;
    private readonly string name;
    private readonly CellReader reader;
    private readonly bool isDates;
    private readonly bool isFlags;

    public ColumnView(Table table, string name, CellReader reader)
    {
        (this.table, this.name, this.reader) = (table, name, reader);
        var position = table.PositionOf(name);
        List<string> texts = [];
        List<double> numbers = [];
        (isDates, isFlags) = (true, true);
        for (var row = 0; row < table.Count; row++)
        {
            ref readonly var cell = ref table.CellAt(row, position);
            if (reader.IsGap(cell, comparesNumbers: true))
            {
                Gaps++;
                continue;
            }

            texts.Add(CellReader.Name(cell));
            isDates &= cell.Kind == CellKind.Date;
            isFlags &= cell.Kind == CellKind.Flag;
            if (cell.Kind is CellKind.Number or CellKind.Text && reader.Number(cell, out var number) is null)
            {
                numbers.Add(number);
            }
            else
            {
                (Other, OtherRow) = Other is null ? (texts[^1], row) : (Other, OtherRow);
                CountOfOthers++;
            }
        }

        Texts = [.. texts];
        var counts = texts.CountBy(text => text, StringComparer.Ordinal).ToArray();
        Different = [.. counts.Select(pair => pair.Key)];
        Fewest = counts.Length == 0 ? 0 : counts.Min(pair => pair.Value);
        Numbers = CountOfOthers == 0 && texts.Count > 0 ? [.. numbers] : null;
    }

    public int Gaps { get; }

    /// <summary>The values that are there.</summary>
    public string[] Texts { get; }

    public string[] Different { get; }

    /// <summary>The rows of the rarest value.</summary>
    public int Fewest { get; }

    /// <summary>All values where all are numbers.</summary>
    public double[]? Numbers { get; }

    public bool IsFlag => isFlags || (Different.Length == 2
        && new FlagColumn(name) is var flag
        && Different.Any(text => flag.True.Contains(text, StringComparer.OrdinalIgnoreCase))
        && Different.Any(text => flag.False.Contains(text, StringComparer.OrdinalIgnoreCase))
        && Different.All(text => flag.True.Concat(flag.False).Contains(text, StringComparer.OrdinalIgnoreCase)));

    /// <summary>Whether some numbers begin with a zero, as postcodes do.</summary>
    public bool HasCodes => Different.Any(text => text is ['0', >= '0' and <= '9', ..] && !text.Contains('.', StringComparison.Ordinal));

    /// <summary>The formats that read all values: none within it for ISO 8601; null where they are no dates.</summary>
    public ImmutableArray<string>? DateFormats
    {
        get
        {
            if (Texts.Length == 0)
            {
                return null;
            }

            if (isDates || Different.All(text => DateText.TryParse(text, [], out _)))
            {
                return [];
            }

            var formats = DateText.FormatsOf(Different[0]);
            ImmutableArray<string> all = [.. formats.Where(format => Different.All(text => DateText.TryParse(text, [format], out _)))];

            // d.M reads all that dd.MM reads.
            return all.IsEmpty ? null : [.. all.Where(format => !(all.Length > 1 && IsShort(format) && all.Contains(Long(format))))];
        }
    }

    private string? Other { get; }

    private int OtherRow { get; }

    private int CountOfOthers { get; }

    public bool HasTimes(ImmutableArray<string> formats) =>
        Different.Any(text => DateText.TryParse(text, formats, out var seconds) && seconds % 86400 != 0);

    public bool IsKey(string column) =>
        Different.Length == Texts.Length && Numbers!.All(number => number == Math.Floor(number))
            && (column.EndsWith("id", StringComparison.OrdinalIgnoreCase) || column.EndsWith("key", StringComparison.OrdinalIgnoreCase));

    /// <summary>What can be read in more than one way: a mark of gaps, or some texts among numbers.</summary>
    public string? Fault()
    {
        var mark = Different.FirstOrDefault(text => CsvGapMarks.Contains(System.Text.Encoding.UTF8.GetBytes(text)));
        if (mark is not null)
        {
            return $"column \"{CsvText.Cut(name)}\": found {CellReader.Shown(mark)} in {Texts.Count(text => text == mark)} rows: if it "
                + $"marks a missing "
                + "value, read the table with it in MissingValues; if it is a name, rename it";
        }

        var mostlyNumbers = CountOfOthers > 0 && CountOfOthers < Texts.Length / 2;
        return mostlyNumbers && Other is not null
            ? $"{table.PlaceOf(OtherRow)}, column \"{CsvText.Cut(name)}\": {reader.Number(Cell.Of(Other), out _)} as in most rows: if it "
                + $"marks a "
                + $"missing "
                + "value, read the table with it in MissingValues; if numbers are names here, put a letter before them"
            : reader.Number(Cell.Of(Other ?? "0"), out _) is { } fault
                && fault.Contains("; it looks like a number", StringComparison.Ordinal)
                ? $"{table.PlaceOf(OtherRow)}, column \"{CsvText.Cut(name)}\": {fault}"
            : null;
    }

    private static bool IsShort(string format) => Long(format) != format;

    private static string Long(string format) => format switch
    {
        "d.M.yyyy" => "dd.MM.yyyy",
        "M/d/yyyy" => "MM/dd/yyyy",
        _ => format,
    };
}
