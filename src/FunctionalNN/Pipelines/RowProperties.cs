using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace FunctionalNN;

/// <summary>Makes functions of a type's public properties, once: what predicts later asks no type.</summary>
internal static class RowProperties
{
    /// <exception cref="ArgumentException">A property is missing, of another type, or two have names that a column could mean.</exception>
    public static CellGetter<TRow>[] Of<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TRow>(
        TableEncoding encoding)
    {
        if (typeof(TRow).IsValueType || typeof(TRow) == typeof(object))
        {
            throw new ArgumentException(
                $"a row of type {typeof(TRow).Name} has no properties to look up: give a class or a record, a dictionary, or functions "
                    + $"with "
                    + "Map<TRow>(columns => …)");
        }

        PropertyInfo[] properties =
            [.. typeof(TRow).GetProperties().Where(property => property.CanRead && property.GetIndexParameters().Length == 0)];
        List<string> faults = [];
        var getters = encoding.Columns.Select(column => Getter(column.Name)).ToArray();
        return faults.Count == 0 ? [.. getters.OfType<CellGetter<TRow>>()]
            : throw new ArgumentException(string.Join(Environment.NewLine, faults));

        CellGetter<TRow>? Getter(string name)
        {
            PropertyInfo[] same = [.. properties.Where(property => property.Name == name)];
            same = same.Length > 0 ? same : [.. properties.Where(property => Plain(property.Name) == Plain(name))];
            if (same is not [var one])
            {
                string[] names = [.. properties.Select(property => property.Name)];
                faults.Add(same.Length > 1
                    ? $"the column \"{name}\" could be {string.Join(" or ", same.Select(property => property.Name))} of the row: rename one"
                    : $"the row has no property for the column \"{name}\""
                        + $"{NearestName.HintOr(name, names, $"; it has {CsvText.Listed(names)}")}: add one, null where no value is known");
                return null;
            }

            if (For<TRow>(one) is { } getter)
            {
                return getter;
            }

            faults.Add($"the property {one.Name} is a {one.PropertyType.Name}, expected a text, a number, a flag or a date: give functions "
                + $"with Map<{typeof(TRow).Name}>(columns => columns.Text(\"{name}\", row => …))");
            return null;
        }
    }

    private static string Plain(string name) =>
        string.Concat(name.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    /// <summary>Each type by name, so that compilation ahead of time knows all of them.</summary>
    private static CellGetter<TRow>? For<TRow>(PropertyInfo property)
    {
        var get = property.GetMethod!;
        return property.PropertyType switch
        {
            var type when type == typeof(string) => Made<TRow, string?>(get, Cell.Of),
            var type when type == typeof(double) => Made<TRow, double>(get, Cell.Of),
            var type when type == typeof(double?) => Made<TRow, double?>(get, value => value is { } known ? Cell.Of(known) : Cell.Gap),
            var type when type == typeof(float) => Made<TRow, float>(get, value => Cell.Of((double)value)),
            var type when type == typeof(float?) => Made<TRow, float?>(get, value =>
                value is { } known ? Cell.Of((double)known) : Cell.Gap),
            var type when type == typeof(decimal) => Made<TRow, decimal>(get, Cell.Of),
            var type when type == typeof(decimal?) => Made<TRow, decimal?>(get, value => value is { } known ? Cell.Of(known) : Cell.Gap),
            var type when type == typeof(int) => Made<TRow, int>(get, value => Cell.Of((double)value)),
            var type when type == typeof(int?) => Made<TRow, int?>(get, value => value is { } known ? Cell.Of((double)known) : Cell.Gap),
            var type when type == typeof(long) => Made<TRow, long>(get, value => Cell.Of((double)value)),
            var type when type == typeof(long?) => Made<TRow, long?>(get, value => value is { } known ? Cell.Of((double)known) : Cell.Gap),
            var type when type == typeof(short) => Made<TRow, short>(get, value => Cell.Of((double)value)),
            var type when type == typeof(byte) => Made<TRow, byte>(get, value => Cell.Of((double)value)),
            var type when type == typeof(bool) => Made<TRow, bool>(get, Cell.Of),
            var type when type == typeof(bool?) => Made<TRow, bool?>(get, value => value is { } known ? Cell.Of(known) : Cell.Gap),
            var type when type == typeof(DateTime) => Made<TRow, DateTime>(get, Cell.Of),
            var type when type == typeof(DateTime?) => Made<TRow, DateTime?>(get, value => value is { } known ? Cell.Of(known) : Cell.Gap),
            var type when type == typeof(DateOnly) => Made<TRow, DateOnly>(get, Cell.Of),
            var type when type == typeof(DateOnly?) => Made<TRow, DateOnly?>(get, value => value is { } known ? Cell.Of(known) : Cell.Gap),
            var type when type == typeof(DateTimeOffset) => Made<TRow, DateTimeOffset>(get, Cell.Of),
            var type when type == typeof(DateTimeOffset?) =>
                Made<TRow, DateTimeOffset?>(get, value => value is { } known ? Cell.Of(known) : Cell.Gap),
            var type when type == typeof(object) => Made<TRow, object?>(get, value => Cell.TryOf(value, out var cell)
                ? cell
                : throw new RowException($"found a {value!.GetType().Name}, expected a text, a number, a flag, a date or null")),
            _ => null,
        };
    }

    private static CellGetter<TRow> Made<TRow, TValue>(MethodInfo getter, Func<TValue, Cell> cell)
    {
        var get = getter.CreateDelegate<Func<TRow, TValue>>();
        return row => cell(get(row));
    }
}
