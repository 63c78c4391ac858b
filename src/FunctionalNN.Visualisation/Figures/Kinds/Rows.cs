
namespace FunctionalNN;

/// <summary>Which rows to draw where there are too many.</summary>
internal static class Rows
{
    /// <summary>So many markers say what more would, and any browser moves them.</summary>
    public const int MaxMarkers = 2000;

    /// <summary>All rows, or a number of them at equal distances.</summary>
    public static int[] Spread(int count, int most) =>
        count <= most ? [.. Enumerable.Range(0, count)] : [.. Enumerable.Range(0, most).Select(i => (int)((long)i * count / most))];

    /// <summary>A sentence that says so.</summary>
    public static string NoteOn(int shown, int count) =>
        shown == count ? "" : $"{shown} of the {count} rows are drawn.";
}
