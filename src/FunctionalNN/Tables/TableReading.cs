using System.Collections.Immutable;
using System.Data;
using System.Text;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <content>Reading from CSV files and from data readers.</content>
public sealed partial class Table
{
    private const int MaxShared = 10_000;

    /// <summary>
    /// Reads a CSV file (RFC 4180, plain or compressed with gzip) as it stands: each field is a text without the blanks around it, and an
    /// empty one is a gap.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="notation">How the file is written: separator, header, encoding, decimal mark, marks between thousands, units, marks of
    /// missing values. Options that say what columns are for have no meaning here: a <see cref="TableRecipe"/> says that.</param>
    /// <returns>The rows, or an error that names file, line, what was found and what was expected.</returns>
    /// <exception cref="ArgumentException">The options contradict each other, or say what columns are for.</exception>
    public static Either<Error, Table> Read(string path, CsvOptions? notation = null)
    {
        var options = Checked(notation);
        return DataFile.Read(path, Csv.Kind, (stream, _) => CsvCursor.Open(path, stream, options).Bind(cursor =>
        {
            using (cursor)
            {
                return CsvLayout.OfInputs(path, cursor.Names, options).Bind(_ => Rows(path, cursor, options));
            }
        }));
    }

    /// <summary>Reads all rows of a query's answer.</summary>
    /// <param name="reader">The rows; it is not disposed of.</param>
    /// <param name="notation">How numbers and gaps are written in texts.</param>
    /// <exception cref="ArgumentException">Two columns have the same name or one has none, or a value is of a type that no column can
    /// hold.</exception>
    public static Table Read(IDataReader reader, CsvOptions? notation = null)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return Piece(reader, NamesOf(reader), int.MaxValue, 0, Checked(notation));
    }

    /// <summary>The options, which say how a file is written and nothing else.</summary>
    internal static CsvOptions Checked(CsvOptions? notation)
    {
        var options = notation ?? new CsvOptions();
        Csv.Require(options);
        return options.Label is null && options.Targets.IsDefaultOrEmpty && options.Ignore.IsDefaultOrEmpty
            && options.Categories.IsDefaultOrEmpty && options.Classes.IsDefaultOrEmpty && options.Missing == Missing.Error
            && options.UnknownCategory == UnknownCategory.Error
            ? options
            : throw new ArgumentException("Label, Targets, Ignore, Categories, Classes, Missing and UnknownCategory have no meaning here: "
                + "the recipe of a table says what its columns become", nameof(notation));
    }

    private static Either<Error, Table> Rows(string path, CsvCursor cursor, CsvOptions options)
    {
        var shared = cursor.Names.Select(_ => new Dictionary<string, Cell>(StringComparer.Ordinal)).ToArray();
        var columns = cursor.Names.Select(_ => new List<Cell>()).ToArray();
        List<long> lines = [];
        while (cursor.Next())
        {
            for (var i = 0; i < columns.Length; i++)
            {
                var field = cursor.Field(i);
                if (!System.Text.Unicode.Utf8.IsValid(field))
                {
                    cursor.Stop($", column \"{CsvText.Cut(cursor.Names[i])}\": {CsvText.NotUtf8}");
                    break;
                }

                columns[i].Add(field.IsEmpty ? Cell.Gap : Shared(shared[i], field));
            }

            lines.Add(cursor.Line);
        }

        return cursor.Fault is { } fault ? fault
            : lines.Count == 0 ? Error.New($"{path}: the file has {(options.HasHeader ? "names of columns but no rows" : "no rows")}")
            : new Table(cursor.Names, [.. columns.Select(column => column.ToArray())], [.. Enumerable.Range(0, lines.Count)], new Lineage(),
                options, path, [.. lines]);
    }

    /// <summary>Texts that come often are kept once.</summary>
    private static Cell Shared(Dictionary<string, Cell> known, ReadOnlySpan<byte> field)
    {
        Span<char> room = stackalloc char[64];
        if (field.Length > room.Length)
        {
            return Cell.Of(Encoding.UTF8.GetString(field));
        }

        var text = room[..Encoding.UTF8.GetChars(field, room)];
        var lookup = known.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(text, out var cell))
        {
            return cell;
        }

        cell = Cell.Of(text.ToString());
        if (known.Count < MaxShared)
        {
            known.Add(cell.Text!, cell);
        }

        return cell;
    }
}
