using System.Collections.Frozen;
using System.Data;
using System.Text.Json;

namespace FunctionalNN;

/// <summary>Puts the values of a row that is given by names in the order of an encoding's columns.</summary>
internal sealed class RowCells
{
    private const int MaxText = 100_000;

    private readonly TableEncoding encoding;
    private readonly FrozenDictionary<string, int> places;
    private readonly FrozenSet<string> passed;

    public RowCells(TableEncoding encoding)
    {
        this.encoding = encoding;
        places = encoding.Columns.Select((column, place) => (column.Name, place))
            .ToFrozenDictionary(pair => pair.Name, pair => pair.place, StringComparer.Ordinal);
        passed = encoding.LeftOut.Select(column => column.Name)
            .Concat(encoding.Target is { } target ? [target.Name] : []).ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>The cells of a row, and what is wrong with it.</summary>
    public Cell[] Of(IEnumerable<KeyValuePair<string, object?>> row, List<RowFault> faults) =>
        Of(row, faults, (object? value, out Cell cell) => Cell.TryOf(value, out cell) ? null
            : value is JsonElement json ? OfJson(json, out cell)
            : $"found a {value!.GetType().Name}, expected a text, a number, a flag, a date or null");

    /// <summary>The cells of an object in JSON: null is a gap, a name that is not there an error.</summary>
    public Cell[] Of(JsonElement row, List<RowFault> faults)
    {
        if (row.ValueKind != JsonValueKind.Object)
        {
            faults.Add(new RowFault("", $"found {Kind(row)}, expected an object with a property a column"));
            return new Cell[places.Count];
        }

        return Of(row.EnumerateObject().Select(property => KeyValuePair.Create(property.Name, property.Value)), faults, OfJson);
    }

    /// <summary>The cells of a reader's present row.</summary>
    public Cell[] Of(IDataRecord row, List<RowFault> faults) =>
        Of(Enumerable.Range(0, row.FieldCount).Select(i => KeyValuePair.Create(row.GetName(i), (object?)row.GetValue(i))), faults);

    private delegate string? Conversion<TValue>(TValue value, out Cell cell);

    private Cell[] Of<TValue>(IEnumerable<KeyValuePair<string, TValue>> row, List<RowFault> faults, Conversion<TValue> convert)
    {
        var (cells, given) = (new Cell[places.Count], new bool[places.Count]);
        foreach (var (name, value) in row)
        {
            if (!places.TryGetValue(name, out var place))
            {
                if (!passed.Contains(name))
                {
                    string[] names = [.. encoding.Columns.Select(column => column.Name)];
                    faults.Add(new RowFault(name,
                        $"there is no such column{NearestName.HintOr(name, names, $"; the columns are {CsvText.Listed(names)}")}"));
                }

                continue;
            }

            if (given[place])
            {
                faults.Add(new RowFault(name, "it is given twice: give each column once"));
            }

            given[place] = true;
            if (convert(value, out cells[place]) is { } fault)
            {
                faults.Add(new RowFault(name, fault));
            }
        }

        for (var i = 0; i < given.Length; i++)
        {
            if (!given[i])
            {
                faults.Add(new RowFault(encoding.Columns[i].Name, "it is not given: give a value, or null where none is known"));
            }
        }

        return cells;
    }

    private static string? OfJson(JsonElement value, out Cell cell)
    {
        cell = value.ValueKind switch
        {
            JsonValueKind.Number => Cell.Of(value.GetDouble()),
            JsonValueKind.String => Cell.Of(value.GetString()),
            JsonValueKind.True or JsonValueKind.False => Cell.Of(value.GetBoolean()),
            _ => Cell.Gap,
        };
        return value.ValueKind is JsonValueKind.Object or JsonValueKind.Array
            ? $"found {Kind(value)}, expected a text, a number, true, false or null"
            : cell.Text?.Length > MaxText ? $"the text has {cell.Text.Length} characters, expected {MaxText} at most"
            : null;
    }

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        JsonValueKind.Null => "null",
        JsonValueKind.Undefined => "nothing",
        _ => value.GetRawText() is { Length: > 60 } text ? text[..60] + "…" : value.GetRawText(),
    };
}
