namespace FunctionalNN;

/// <summary>The name that was probably meant, by the least number of letters to change (Levenshtein, 1965).</summary>
internal static class NearestName
{
    private const int LongestCompared = 100;

    /// <summary>"; did you mean "species"?" or nothing where no name is near.</summary>
    public static string Hint(string wrong, IEnumerable<string> names)
    {
        var (best, least) = (string.Empty, int.MaxValue);
        foreach (var name in names.Where(name => name.Length is > 0 and <= LongestCompared))
        {
            var distance = wrong.Length <= LongestCompared ? Distance(wrong.ToUpperInvariant(), name.ToUpperInvariant()) : int.MaxValue;
            if (distance < least)
            {
                (best, least) = (name, distance);
            }
        }

        return least <= Math.Max(1, Math.Max(wrong.Length, best.Length) / 2) ? $"; did you mean \"{best}\"?" : string.Empty;
    }

    private static int Distance(string left, string right)
    {
        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 0; i < left.Length; i++)
        {
            var current = new int[right.Length + 1];
            current[0] = i + 1;
            for (var j = 0; j < right.Length; j++)
            {
                current[j + 1] = Math.Min(Math.Min(current[j], previous[j + 1]) + 1, previous[j] + (left[i] == right[j] ? 0 : 1));
            }

            previous = current;
        }

        return previous[right.Length];
    }
}
