namespace FunctionalNN;

/// <summary>Which types of DuckDB mean something to a recipe.</summary>
internal static class DuckTypes
{
    /// <summary>What is wrong with the columns of an answer, with what to write instead.</summary>
    public static IEnumerable<string> Faults(DuckAnswer answer)
    {
        if (answer.FieldCount == 0)
        {
            yield return "the query gives no columns: write one that begins with SELECT or FROM, and put statements before it into Before";
        }

        for (var i = 0; i < answer.FieldCount; i++)
        {
            var (name, type) = (answer.GetName(i), answer.GetDataTypeName(i));
            if (Instead(type, Quoted(name)) is { } instead)
            {
                yield return $"column \"{name}\": found the type {type}, expected a number, a text, a flag or a date: {instead}";
            }
        }
    }

    private static string Quoted(string name) => name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_') ? name
        : $"\"{name}\"";

    private static string? Instead(string type, string name) => type switch
    {
        "List" or "Array" => $"take its parts, such as {name}[1] AS first, or len({name}), or give each a row with unnest({name})",
        "Struct" => $"take its fields, such as {name}.field AS field",
        "Map" => $"take its values, such as {name}['key'] AS value",
        "Union" => $"take one of its members, such as union_extract({name}, 'member')",
        "Blob" or "Geometry" => $"leave it out with SELECT * EXCLUDE ({name}), or take octet_length({name})",
        "Bit" => $"take bit_count({name}), or {name}::VARCHAR for a text",
        "Time" or "TimeTz" or "TimeNs" or "Interval" => $"make a number of it, such as epoch({name}), the seconds",
        _ => null,
    };
}
