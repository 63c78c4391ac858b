using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>
/// Colours that people with any kind of colour vision tell apart: those of M. Okabe and K. Ito, "Color Universal Design" (2008), with grey
/// for black, which a dark page would hide, in an order in which neighbours differ most.
/// </summary>
public static class Palette
{
    /// <summary>Blue, orange, green, purple, sky blue, vermilion, grey, yellow; as #RRGGBB.</summary>
    public static ImmutableArray<string> Colours { get; } =
        ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#999999", "#F0E442"];

    /// <summary>What is there to compare with.</summary>
    internal static string Grey => Colours[6];

    /// <summary>Marker shapes in order, so that classes differ in more than colour.</summary>
    public static ImmutableArray<string> Symbols { get; } =
        ["circle", "diamond", "square", "triangle-up", "x", "cross", "star", "pentagon"];

    /// <summary>The colour of a class or a line, from 0; the ninth is the first again.</summary>
    public static string Colour(int index) => Colours[index % Colours.Length];

    /// <summary>From blue, less than nothing, over white to vermilion, more.</summary>
    internal static PlotValue Diverging { get; } = PlotValue.List(
        PlotValue.List(0, "#0072B2"), PlotValue.List(0.5, "#ffffff"), PlotValue.List(1, "#D55E00"));

    /// <summary>From black, nothing, over vermilion and yellow to white, 1: channels of 0 … 1.</summary>
    internal static (double Red, double Green, double Blue) Heat(double level) => level < 1 / 3.0
        ? Mixed((0, 0, 0), Parts(5), 3 * level)
        : level < 2 / 3.0 ? Mixed(Parts(5), Parts(7), (3 * level) - 1) : Mixed(Parts(7), (1, 1, 1), (3 * level) - 2);

    /// <summary><see cref="Heat"/> as Plotly's scale.</summary>
    internal static PlotValue HeatScale { get; } = PlotValue.List(
        PlotValue.List(0, "#000000"), PlotValue.List(1 / 3.0, Colour(5)), PlotValue.List(2 / 3.0, Colour(7)), PlotValue.List(1, "#ffffff"));

    /// <summary><see cref="Diverging"/> for a number from −1 to 1: channels of 0 … 1.</summary>
    internal static (double Red, double Green, double Blue) Signed(double level) =>
        Mixed((1, 1, 1), Parts(level < 0 ? 0 : 5), Math.Min(1, Math.Abs(level)));

    private static (double Red, double Green, double Blue) Parts(int index)
    {
        var colour = Convert.ToInt32(Colour(index)[1..], 16);
        return ((colour >> 16) / 255.0, ((colour >> 8) & 0xFF) / 255.0, (colour & 0xFF) / 255.0);
    }

    private static (double Red, double Green, double Blue) Mixed((double Red, double Green, double Blue) from,
        (double Red, double Green, double Blue) to, double share) => (from.Red + (share * (to.Red - from.Red)),
        from.Green + (share * (to.Green - from.Green)), from.Blue + (share * (to.Blue - from.Blue)));

    /// <summary>A colour of which the paper's shines through: alpha 1 hides it.</summary>
    internal static string Shade(int index, double alpha)
    {
        var colour = Convert.ToInt32(Colour(index)[1..], 16);
        return $"rgba({colour >> 16},{(colour >> 8) & 0xFF},{colour & 0xFF},{alpha})";
    }

    /// <summary>The shape of a class's markers; the colours' second round has other shapes.</summary>
    internal static string Symbol(int index) => Symbols[(index + (index / Colours.Length)) % Symbols.Length];
}
