namespace FunctionalNN;

/// <summary>The name that was probably meant, by the least number of letters to change or to swap with the next (Damerau, 1964).</summary>
internal static class NearestName
{
    private const int LongestCompared = 100;
    private const int MaxCompared = 1000;

    /// <summary>"; did you mean "species"?" or nothing where no name is near.</summary>
    public static string Hint(string wrong, IEnumerable<string> names)
    {
        var (best, least) = (string.Empty, int.MaxValue);
        foreach (var name in names.Where(name => name.Length is > 0 and <= LongestCompared).Take(MaxCompared))
        {
            var distance = wrong.Length <= LongestCompared ? Distance(wrong.ToUpperInvariant(), name.ToUpperInvariant()) : int.MaxValue;
            if (distance < least)
            {
                (best, least) = (name, distance);
            }
        }

        return least <= Math.Max(wrong.Length, best.Length) / 2 ? $"; did you mean \"{best}\"?" : string.Empty;
    }

    /// <summary>The hint, or another text where no name is near.</summary>
    public static string HintOr(string wrong, IReadOnlyCollection<string> names, string otherwise) =>
        Hint(wrong, names) is { Length: > 0 } hint ? hint : otherwise;

    private static int Distance(string left, string right)
    {
        var table = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
        {
            for (var j = 0; j <= right.Length; j++)
            {
                table[i, j] = i == 0 || j == 0
                    ? i + j
                    : Math.Min(Math.Min(table[i - 1, j], table[i, j - 1]) + 1, table[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
                }
            }
        }

        return table[left.Length, right.Length];
    }
}
