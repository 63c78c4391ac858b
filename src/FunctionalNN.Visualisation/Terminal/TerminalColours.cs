using Spectre.Console;

namespace FunctionalNN;

/// <summary>
/// Colours that people with any kind of colour vision tell apart, after M. Okabe and K. Ito, "Color Universal Design" (2008), each in a
/// bright and a dark shade. All are among the 256 of common terminals: else near shades of two classes would become one. Where a terminal
/// has 16, there are six pairs.
/// </summary>
internal static class TerminalColours
{
    private static readonly Color[] Brights =
        [new(95, 175, 255), new(255, 175, 0), new(95, 215, 175), new(215, 135, 215), new(175, 255, 255), new(255, 95, 0), new(255, 255, 95),
            new(215, 215, 215)];

    private static readonly Color[] Darks =
        [new(0, 0, 135), new(135, 95, 0), new(0, 95, 95), new(95, 0, 95), new(0, 95, 135), new(95, 0, 0), new(95, 95, 0), new(88, 88, 88)];

    private static readonly Color[] Brights16 = [Color.Blue, Color.Yellow, Color.Lime, Color.Fuchsia, Color.Aqua, Color.Red];
    private static readonly Color[] Darks16 = [Color.Navy, Color.Olive, Color.Green, Color.Purple, Color.Teal, Color.Maroon];
    private static readonly Color[] Greys16 = [Color.Black, Color.Grey, Color.Silver, Color.White];

    /// <summary>Of a thing itself: a point, a line.</summary>
    public static Color Bright(int index, ColorSystem system) => At(IsPoor(system) ? Brights16 : Brights, index);

    /// <summary>Of the ground behind things of that colour.</summary>
    public static Color Dark(int index, ColorSystem system) => At(IsPoor(system) ? Darks16 : Darks, index);

    /// <summary>A grey, 0 … 1.</summary>
    public static Color Grey(double brightness, ColorSystem system)
    {
        var level = (byte)Math.Round(255 * brightness);
        return IsPoor(system) ? Greys16[Math.Min(3, (int)(4 * brightness))] : new Color(level, level, level);
    }

    private static bool IsPoor(ColorSystem system) => system is ColorSystem.Standard or ColorSystem.Legacy;

    private static Color At(Color[] colours, int index) => colours[index % colours.Length];
}
