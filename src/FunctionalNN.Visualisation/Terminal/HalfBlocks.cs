using Spectre.Console;
using Spectre.Console.Rendering;

namespace FunctionalNN;

/// <summary>Pixels in colour: a character is two, one above the other, the upper in the colour of the ink and the lower in that of the
/// paper. So pixels are square.</summary>
internal static class HalfBlocks
{
    private const char Upper = '▀';

    /// <summary>Lines of characters for a picture of any height; under the last line of an odd height there is nothing.</summary>
    public static IEnumerable<IEnumerable<Segment>> Lines(int width, int height, Func<int, int, Color> pixel)
    {
        for (var y = 0; y < height; y += 2)
        {
            yield return Runs(width, x => y + 1 < height ? new Style(pixel(x, y), pixel(x, y + 1)) : new Style(pixel(x, y)));
        }
    }

    /// <summary>Neighbours of the same colours are one piece of text.</summary>
    private static List<Segment> Runs(int width, Func<int, Style> style)
    {
        var runs = new List<Segment>();
        for (var start = 0; start < width;)
        {
            var (end, own) = (start + 1, style(start));
            while (end < width && own.Equals(style(end)))
            {
                end++;
            }

            runs.Add(new Segment(new string(Upper, end - start), own));
            start = end;
        }

        return runs;
    }
}
