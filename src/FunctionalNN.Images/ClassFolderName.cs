using System.Buffers;
using System.Globalization;
using System.Text;

namespace FunctionalNN;

/// <summary>Names of classes as names of folders: what a folder's name may not have on every system is written as %XX.</summary>
internal static class ClassFolderName
{
    private const string Escaped = "/\\:*?\"<>|%";
    private static readonly SearchValues<char> Marked = SearchValues.Create([.. Escaped, .. Enumerable.Range(0, 32).Select(i => (char)i)]);

    /// <summary>The folder of a class.</summary>
    public static string Of(string name)
    {
        var text = new StringBuilder();
        foreach (var letter in name)
        {
            var isHidden = text.Length == 0 && letter == '.';
            _ = isHidden || Marked.Contains(letter)
                ? text.Append(CultureInfo.InvariantCulture, $"%{(int)letter:X2}")
                : text.Append(letter);
        }

        return text.ToString();
    }

    /// <summary>The class of a folder.</summary>
    public static string NameOf(string folder)
    {
        var text = new StringBuilder();
        for (var i = 0; i < folder.Length; i++)
        {
            if (folder[i] == '%' && i + 2 < folder.Length
                && int.TryParse(folder.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
                && ((text.Length == 0 && code == '.') || Marked.Contains((char)code)))
            {
                text.Append((char)code);
                i += 2;
            }
            else
            {
                text.Append(folder[i]);
            }
        }

        return text.ToString();
    }
}
