using Spectre.Console;

namespace FunctionalNN;

/// <summary>
/// Colours that people with any kind of colour vision tell apart: those of M. Okabe and K. Ito, "Color Universal Design" (2008), without black, and a grey. Where a terminal has 16 colours, the
/// nearest of those, in pairs of a bright and a dark one.
/// </summary>
internal static class TerminalColours
{
    private const double Darkness = 0.45;

    private static readonly Color[] Colours =
        [new(0, 114, 178), new(230, 159, 0), new(0, 158, 115), new(204, 121, 167), new(86, 180, 233), new(213, 94, 0), new(240, 228, 66), new(153, 153, 153)];

    private static readonly Color[] Bright16 = [Color.Blue, Color.Yellow, Color.Lime, Color.Fuchsia, Color.Aqua, Color.Red, Color.White, Color.Silver];
    private static readonly Color[] Dark16 = [Color.Navy, Color.Olive, Color.Green, Color.Purple, Color.Teal, Color.Maroon, Color.Silver, Color.Grey];

    /// <summary>Of a thing itself: a point, a line.</summary>
    public static Color Bright(int index, ColorSystem system) => IsPoor(system) ? Bright16[index % Bright16.Length] : Lighter(Colours[index % Colours.Length]);

    /// <summary>Of the ground behind things of that colour.</summary>
    public static Color Dark(int index, ColorSystem system) => IsPoor(system) ? Dark16[index % Dark16.Length] : Scaled(Colours[index % Colours.Length], Darkness);

    /// <summary>A grey, 0 … 1.</summary>
    public static Color Grey(double brightness, ColorSystem system)
    {
        // Of the 16 colours four are greys, and the nearest of them is not always what Spectre.Console takes.
        Color[] poor = [Color.Black, Color.Grey, Color.Silver, Color.White];
        var level = (byte)Math.Round(255 * brightness);
        return IsPoor(system) ? poor[Math.Min(3, (int)(4 * brightness))] : new Color(level, level, level);
    }

    private static bool IsPoor(ColorSystem system) => system is ColorSystem.Standard or ColorSystem.Legacy;

    private static Color Scaled(Color colour, double factor) => new((byte)(colour.R * factor), (byte)(colour.G * factor), (byte)(colour.B * factor));

    private static Color Lighter(Color colour) => new(Half(colour.R), Half(colour.G), Half(colour.B));

    /// <summary>A third of the way to white: points stand out from their own ground.</summary>
    private static byte Half(byte part) => (byte)(part + ((255 - part) / 3));
}
