using System.Text;

namespace FunctionalNN.Tests;

/// <summary>safetensors files of any names, types and shapes, then damaged in offsets, shapes, types, names, nesting and lengths.</summary>
internal static class SafeTensorsFiles
{
    private static readonly (string Name, int Size)[] Types =
        [("F64", 8), ("F32", 4), ("F16", 2), ("BF16", 2), ("I64", 8), ("I32", 4), ("I16", 2), ("I8", 1), ("U8", 1), ("BOOL", 1)];

    private static readonly string[] Names =
        ["weights", "0.weight", "parameters/dense1/weights", "größe", "", "a\\nb", "\\u0000", "\\ud83d\\ude00", "__metadata__", "x"];

    private static readonly string[] Numbers =
        ["-1", "0", "1", "1.0", "1e3", "2147483648", "9223372036854775807", "9223372036854775808", "99999999999999999999", "\"2\"", "null"];

    public static FuzzFile Of(Key key)
    {
        var (entries, end) = (new List<string>(), 0);
        for (var i = 0; i < key.Below(5, 0); i++)
        {
            var step = key.Fold(20 + i);
            var (type, size) = Types[step.Below(Types.Length, 0)];
            string[] shape = [.. Enumerable.Range(0, step.Below(4, 1)).Select(axis => Text(step.Fold(1).Below(4, axis)))];
            var bytes = shape.Aggregate(size, (product, length) => product * int.Parse(length, null));
            var name = step.Below(3, 2) == 0 ? Names[step.Below(Names.Length, 3)] : $"t{i}";
            string[] offsets = [Text(end), Text(end + bytes)];
            if (key.Below(3, 1) == 0 && step.Below(2, 4) == 0)
            {
                Damage(ref type, ref name, ref shape, ref offsets, step.Fold(2));
            }

            var (lengths, places) = (string.Join(",", shape), string.Join(",", offsets));
            entries.Add($"\"{name}\":{{\"dtype\":\"{type}\",\"shape\":[{lengths}],\"data_offsets\":[{places}]}}");
            end += bytes;
        }

        if (key.Below(3, 2) == 0)
        {
            entries.Insert(0, "\"__metadata__\":{\"format\":\"pt\"" + (key.Below(4, 3) == 0 ? ",\"format\":\"np\"" : "") + "}");
        }

        var header = Encoding.UTF8.GetBytes(Structure("{" + string.Join(",", entries) + "}", key.Fold(3)));
        var length = header.Length + (key.Below(12, 4) == 0 ? key.Below(9, 5) - 4L : 0);
        var data = new byte[Math.Max(0, end + (key.Below(8, 6) == 0 ? key.Below(9, 7) - 4 : 0))];
        byte[] file = [.. BitConverter.GetBytes(key.Below(40, 8) == 0 ? long.MaxValue : length), .. header, .. data];
        return new FuzzFile(file, file.Length);
    }

    private static string Text(int number) => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture);

    private static void Damage(ref string type, ref string name, ref string[] shape, ref string[] offsets, Key key)
    {
        switch (key.Below(6, 0))
        {
            case 0:
                type = key.Below(2, 1) == 0 ? "F33" : "F32";
                break;
            case 1:
                name = "t0";
                break;
            case 2:
                shape = [.. shape, Numbers[key.Below(Numbers.Length, 1)]];
                break;
            case 3:
                offsets[key.Below(2, 1)] = Numbers[key.Below(Numbers.Length, 2)];
                break;
            case 4:
                offsets = key.Below(2, 1) == 0 ? [offsets[1], offsets[0]] : [.. offsets, offsets[1]];
                break;
            default:
                shape = [.. Enumerable.Repeat(key.Below(2, 1) == 0 ? "1" : "65536", key.Below(200, 2))];
                break;
        }
    }

    /// <summary>The JSON itself: nested, doubled, cut, with blanks, or with a byte that is no UTF-8.</summary>
    private static string Structure(string json, Key key) => key.Below(24, 0) switch
    {
        0 => string.Concat(Enumerable.Repeat("{\"a\":", 1 << key.Below(12, 1))) + json,
        1 => json + json,
        2 => json[..key.Below(json.Length, 1)],
        3 => json + new string(' ', 1 << key.Below(10, 1)),
        4 => json.Replace("shape", "shapes", StringComparison.Ordinal),
        5 => json.Replace("[", "[[", StringComparison.Ordinal),
        6 => json.Replace(":", ":,", StringComparison.Ordinal),
        _ => json,
    };
}
