using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>Takes a cell from a row.</summary>
internal delegate Cell CellGetter<in TRow>(TRow row);

/// <summary>Which function of a row gives which column: a value that grows by one column a call.</summary>
/// <typeparam name="TRow">The type of the rows.</typeparam>
public sealed class RowColumns<TRow>
{
    private readonly ImmutableDictionary<string, CellGetter<TRow>> getters;

    internal RowColumns()
        : this(ImmutableDictionary.Create<string, CellGetter<TRow>>(StringComparer.Ordinal))
    {
    }

    private RowColumns(ImmutableDictionary<string, CellGetter<TRow>> getters) => this.getters = getters;

    /// <summary>A column of numbers; null or NaN is a gap.</summary>
    public RowColumns<TRow> Number(string name, Func<TRow, double?> get) => With(name, row =>
        get(row) is { } number ? Cell.Of(number) : Cell.Gap);

    /// <summary>A column of texts, categories among them; null or an empty text is a gap.</summary>
    public RowColumns<TRow> Text(string name, Func<TRow, string?> get) => With(name, row => Cell.Of(get(row)));

    /// <summary>A column of yes and no; null is a gap.</summary>
    public RowColumns<TRow> Flag(string name, Func<TRow, bool?> get) => With(name, row => get(row) is { } flag ? Cell.Of(flag) : Cell.Gap);

    /// <summary>A column of dates; null is a gap.</summary>
    public RowColumns<TRow> Date(string name, Func<TRow, DateTime?> get) => With(name, row =>
        get(row) is { } date ? Cell.Of(date) : Cell.Gap);

    /// <summary>The columns that have a function.</summary>
    public override string ToString() =>
        $"{getters.Count} columns of {typeof(TRow).Name}: {CsvText.Listed([.. getters.Keys.Order(StringComparer.Ordinal)])}";

    internal RowColumns<TRow> With(string name, CellGetter<TRow> get) => new(getters.SetItem(name, get));

    /// <summary>The functions in the order of an encoding's columns.</summary>
    /// <exception cref="ArgumentException">A column has none, or a function has no column.</exception>
    internal CellGetter<TRow>[] For(TableEncoding encoding)
    {
        string[] names = [.. encoding.Columns.Select(column => column.Name)];
        string[] faults =
        [
            .. names.Where(name => !getters.ContainsKey(name)).Select(name => $"the column \"{name}\" has no function: add it"),
            .. getters.Keys.Except(names).Except(encoding.LeftOut.Select(column => column.Name)).Where(name =>
                name != encoding.Target?.Name)
                .Order(StringComparer.Ordinal)
                .Select(name => $"there is no column "
                    + $"\"{name}\"{NearestName.HintOr(name, names, $"; the columns are {CsvText.Listed(names)}")}"),
        ];
        return faults.Length == 0
            ? [.. names.Select(name => getters[name])]
            : throw new ArgumentException(string.Join(Environment.NewLine, faults));
    }
}
