using System.Globalization;

namespace FunctionalNN;

/// <summary>
/// Reads an .npy header, a Python dictionary such as {'descr': '&lt;f4', 'fortran_order': False, 'shape': (3, 4), }, as data: three keys in
/// any order, each once; a text, True or False, a tuple of whole numbers. Nothing is evaluated.
/// </summary>
/// <param name="text">The header, one character a byte.</param>
/// <param name="fault">Makes a fault at a position in the text.</param>
internal sealed class NumPyHeaderParser(string text, Func<int, string, FileFault> fault)
{
    private readonly List<int> shape = [];
    private readonly System.Collections.Generic.HashSet<string> keys = [];
    private NumPyType type;
    private int characters = 1;
    private bool isSwapped;
    private bool isFortran;
    private int position;

    private char Next => Skip() < text.Length ? text[position] : '\0';

    /// <exception cref="FileFault">The header is no such dictionary.</exception>
    public NumPyHeader Parse()
    {
        Take('{', "'{', the start of the header's dictionary");
        while (!Takes('}'))
        {
            Entry();
            Separator('}');
        }

        foreach (var key in new[] { "descr", "fortran_order", "shape" })
        {
            if (!keys.Contains(key))
            {
                throw fault(position, $"the header has no '{key}'");
            }
        }

        return Skip() == text.Length
            ? new NumPyHeader(type, characters, isSwapped && NumPyTypes.SizeOf(type) > 1, isFortran, [.. shape])
            : throw Expected("nothing but spaces after the dictionary");
    }

    private void Entry()
    {
        var start = Skip();
        var key = Quoted() ?? throw Expected("one of the keys 'descr', 'fortran_order' and 'shape'");
        if (!keys.Add(key))
        {
            throw fault(start, $"the key '{Short(key)}' is there twice");
        }

        Take(':', "':'");
        switch (key)
        {
            case "descr": Type(); break;
            case "fortran_order": Truth(); break;
            case "shape": Shape(); break;
            default: throw fault(start, $"the key '{Short(key)}' is unknown, expected 'descr', 'fortran_order' and 'shape'");
        }
    }

    private void Truth()
    {
        Skip();
        isFortran = Word("True");
        if (!isFortran && !Word("False"))
        {
            throw Expected("True or False");
        }
    }

    private void Shape()
    {
        Take('(', "'(', the start of the shape");
        var hasComma = false;
        while (!Takes(')'))
        {
            Length();
            hasComma |= Next == ',';
            Separator(')');
        }

        if (shape.Count == 1 && !hasComma)
        {
            throw fault(position - 1, "the shape is no tuple, expected a ',' after its one length");
        }
    }

    private void Length()
    {
        var start = Skip();
        while (position < text.Length && char.IsAsciiDigit(text[position]))
        {
            position++;
        }

        if (position == start)
        {
            throw Next == '-' ? fault(start, "a dimension of the shape is negative") : Expected("a dimension of the shape");
        }

        var digits = text[start..position];
        shape.Add(int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            ? length
            : throw fault(start, $"dimension {shape.Count} has the length {Short(digits)}, expected at most {int.MaxValue}"));

        // Python 2 wrote its long numbers so.
        Word("L");
        if (shape.Count > NumPyArray.MaxRank)
        {
            throw fault(start, $"the shape has more than {NumPyArray.MaxRank} dimensions");
        }
    }

    private void Type()
    {
        var start = Skip();
        if (Next is '[' or '(')
        {
            throw fault(start, "the elements are records of several fields: save each field as an array of its own");
        }

        var code = Quoted() ?? throw Expected("a type such as '<f4'");
        var hasOrder = code is ['<' or '>' or '|' or '=', ..];
        var bare = hasOrder ? code[1..] : code;
        isSwapped = hasOrder && code[0] == (BitConverter.IsLittleEndian ? '>' : '<');
        if (bare is ['O', ..])
        {
            throw fault(start,
                "the elements are Python objects, which are stored as a program (pickle) and never loaded: save numbers, as in "
                    + "numpy.save(file, array.astype('float32'))");
        }

        if (bare is ['U', .. var count])
        {
            type = NumPyType.Text;
            characters = int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number is >= 1 and <= NumPyTypes.MaxCharacters
                ? number
                : throw fault(start, $"the elements are texts of '{Short(count)}' characters, expected 1 to {NumPyTypes.MaxCharacters}");
            return;
        }

        type = NumPyTypes.ByCode(bare)
            ?? throw fault(start,
                $"the elements have the type '{Short(code)}', expected one of {NumPyTypes.Known}, str"
                    + $"{(bare is ['S', ..] ? ": make texts of bytes, as in array.astype(str)" : "")}");
    }

    /// <summary>A text in single or double quotes, or null.</summary>
    private string? Quoted()
    {
        if (Next is not ('\'' or '"') || text.IndexOf(text[position], position + 1) is var end && end < 0)
        {
            return null;
        }

        var start = position + 1;
        position = end + 1;
        return text[start..end];
    }

    private bool Word(string word)
    {
        var isThere = string.CompareOrdinal(text, position, word, 0, word.Length) == 0;
        position += isThere ? word.Length : 0;
        return isThere;
    }

    private bool Takes(char expected)
    {
        var isThere = Next == expected && position < text.Length;
        position += isThere ? 1 : 0;
        return isThere;
    }

    private void Take(char expected, string what)
    {
        if (!Takes(expected))
        {
            throw Expected(what);
        }
    }

    /// <summary>A comma, or the end right after.</summary>
    private void Separator(char end)
    {
        if (!Takes(',') && Next != end)
        {
            throw Expected($"',' or '{end}'");
        }
    }

    private int Skip()
    {
        while (position < text.Length && text[position] is ' ' or '\n' or '\t')
        {
            position++;
        }

        return position;
    }

    private FileFault Expected(string what) =>
        fault(position, $"found {(position < text.Length ? $"'{Shown(text[position])}'" : "the end of the header")}, expected {what}");

    private static string Short(string text) => string.Concat((text.Length <= 24 ? text : $"{text[..24]}…").Select(Shown));

    private static string Shown(char character) =>
        character is (>= ' ' and <= '~') or '…' ? character.ToString() : $"\\x{(int)character:X2}";
}
