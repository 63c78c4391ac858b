using System.Text;

namespace FunctionalNN.Tests;

/// <summary>Tables as text: well formed, then damaged in cells, rows, names, quotes, separators and encoding.</summary>
internal static class CsvFiles
{
    private static readonly string[] Separators = [",", ";", "\t", "|", " "];

    private static readonly string[] Names =
        ["a", "b", "price", "Größe", "a", "", "1.5", "\"x,y\"", "\"a \"\"b\"\"\"", "?", "label", "c d", "\u00A0", "NaN", "_", "東京"];

    private static readonly string[] Words =
        ["u", "v", "yes", "no", "?", "NA", "", "null", "0101", "101", "1.10", "\"p,q\"", "\"r\"\"s\"", "naïve", "-", "2024-05-01", "1/2"];

    private static readonly string[] Numbers =
        ["0", "1", "-1", "2.5", "-3e2", "1e-45", "1e38", "1e39", "1e999", "NaN", "Infinity", "1,5", "1.234,5", "€ 3", "5%", "\u22124", "+7",
            ".5", "5.", "00012", "0x10", "1_000", "999999999999999999999999999999", "1e", "--1"];

    public static FuzzFile Of(Key key)
    {
        var rows = Rows(key.Fold(1));
        for (var i = 0; i < key.Below(3, 0); i++)
        {
            Damage(rows, key.Fold(10 + i));
        }

        var (separator, line) = (Separators[key.Below(16, 1) is var s && s < 5 ? s : 0], key.Below(3, 2) == 0 ? "\r\n" : "\n");
        var text = string.Join(line, rows.Select(row => string.Join(separator, row))) + (key.Below(3, 3) > 0 ? line : "");
        var bytes = Encoded(text, key.Fold(2));
        return key.Below(4, 4) == 0 ? new FuzzFile(bytes, bytes.Length).Zipped(key.Fold(3)) : new FuzzFile(bytes, bytes.Length);
    }

    private static List<List<string>> Rows(Key key)
    {
        var (columns, count) = (2 + key.Below(5, 0), key.Below(12, 1));
        var kinds = Enumerable.Range(0, columns).Select(column => key.Fold(1).Below(12, column)).ToArray();
        var rows = new List<List<string>>();
        if (key.Below(5, 2) > 0)
        {
            rows.Add([.. Enumerable.Range(0, columns).Select(column =>
                key.Fold(2).Below(16, column) > 0 ? $"c{column}" : Names[key.Fold(3).Below(Names.Length, column)])]);
        }

        for (var row = 0; row < count; row++)
        {
            rows.Add([.. Enumerable.Range(0, columns).Select(column => kinds[column] switch
            {
                < 5 => key.Fold(4).Below(20, (row * 10) + column).ToString(null, System.Globalization.CultureInfo.InvariantCulture),
                < 10 => Words[key.Fold(5).Below(4, (row * 10) + column)],
                10 => Words[key.Fold(5).Below(Words.Length, (row * 10) + column)],
                _ => Numbers[key.Fold(6).Below(key.Below(2, 3) == 0 ? 6 : Numbers.Length, (row * 10) + column)],
            })]);
        }

        return rows;
    }

    private static void Damage(List<List<string>> rows, Key key)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var row = rows[key.Below(rows.Count, 0)];
        var cell = key.Below(Math.Max(1, row.Count), 1);
        var way = key.Below(14, 2);
        if (way < 9 && row.Count == 0)
        {
            return;
        }

        switch (way)
        {
            case 0:
                row.RemoveAt(cell);
                break;
            case 1:
                row.Insert(cell, Words[key.Below(Words.Length, 3)]);
                break;
            case 2:
                row[cell] = "\"" + row[cell];
                break;
            case 3:
                row[cell] += "\"";
                break;
            case 4:
                row[cell] = Numbers[key.Below(Numbers.Length, 3)];
                break;
            case 5:
                row[cell] = new string("x9\0\"-"[key.Below(5, 3)], 1 << key.Below(13, 4));
                break;
            case 6:
                row[cell] = Words[key.Below(Words.Length, 3)];
                break;
            case 7:
                row[cell] = "a\nb";
                break;
            case 8 when rows[0].Count > 0:
                rows[0][Math.Min(cell, rows[0].Count - 1)] = rows[0][0];
                break;
            case 9:
                rows.Insert(key.Below(rows.Count, 3), []);
                break;
            case 10:
                rows.AddRange(Enumerable.Repeat(row, 30));
                break;
            case 11:
                row.AddRange(Enumerable.Repeat("1", 1 << key.Below(11, 3)));
                break;
            case 12:
                rows.RemoveAt(key.Below(rows.Count, 3));
                break;
            default:
                rows.Add([string.Join(";", row)]);
                break;
        }
    }

    private static byte[] Encoded(string text, Key key)
    {
        var bytes = key.Below(16, 0) switch
        {
            0 => Encoding.Unicode.GetBytes("\uFEFF" + text),
            1 => Encoding.Latin1.GetBytes(text),
            2 => Encoding.UTF8.GetBytes("\uFEFF" + text),
            3 => Encoding.BigEndianUnicode.GetBytes("\uFEFF" + text),
            _ => Encoding.UTF8.GetBytes(text),
        };
        if (bytes.Length > 0 && key.Below(12, 1) == 0)
        {
            bytes[key.Below(bytes.Length, 2)] = (byte)key.Below(256, 3);
        }

        return bytes;
    }
}
