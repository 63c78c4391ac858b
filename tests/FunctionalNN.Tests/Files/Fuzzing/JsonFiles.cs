using System.Text;
using System.Text.RegularExpressions;

namespace FunctionalNN.Tests;

/// <summary>Descriptions of layers, losses, optimizers and schedules as JSON, then damaged in numbers, names, kinds and nesting.</summary>
internal static class JsonFiles
{
    private static readonly string[] Numbers =
        ["0", "-1", "0.5", "1e-300", "1e300", "1e999", "2147483647", "2147483648", "99999999999999999999", "\"NaN\"", "\"Infinity\"",
            "null", "true", "[]", "{}", "\"Relu\""];

    private static readonly string[] Words =
        ["kind", "Relu", "Dense", "Sequence", "Adam", "outputs", "layers", "rate", "schedule", "graph", "", "\\u0000", "\\ud800"];

    /// <summary>A text, and another to take parts from.</summary>
    public static FuzzFile Of(string text, string other, Key key)
    {
        for (var i = 0; i < key.Below(3, 0); i++)
        {
            text = Damaged(text, other, key.Fold(1 + i));
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        return new FuzzFile(bytes, bytes.Length);
    }

    private static string Damaged(string text, string other, Key key)
    {
        var tokens = Regex.Matches(text, "-?[0-9][0-9.eE+-]*|\"[^\"]*\"|[{}\\[\\],:]");
        if (tokens.Count == 0)
        {
            return other;
        }

        var token = tokens[key.Below(tokens.Count, 0)];
        var (before, after) = (text[..token.Index], text[(token.Index + token.Length)..]);
        var isNumber = char.IsAsciiDigit(token.Value[^1]);
        return key.Below(9, 1) switch
        {
            0 => before + after,
            1 => before + token.Value + token.Value + after,
            2 => before + (isNumber ? Numbers[key.Below(Numbers.Length, 2)] : $"\"{Words[key.Below(Words.Length, 2)]}\"") + after,
            3 => before + other + after,
            4 => before + string.Concat(Enumerable.Repeat("{\"kind\":\"Sequence\",\"layers\":[", key.Below(150, 2))) + token.Value + after,
            5 => before,
            6 => before + token.Value + ",\"unknown\":1" + after,
            _ => isNumber ? before + Numbers[key.Below(8, 2)] + after : text,
        };
    }
}
