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

    /// <summary>A colour of which the paper's shines through: alpha 1 hides it.</summary>
    internal static string Shade(int index, double alpha)
    {
        var colour = Convert.ToInt32(Colour(index)[1..], 16);
        return $"rgba({colour >> 16},{(colour >> 8) & 0xFF},{colour & 0xFF},{alpha})";
    }

    /// <summary>The shape of a class's markers; the colours' second round has other shapes.</summary>
    internal static string Symbol(int index) => Symbols[(index + (index / Colours.Length)) % Symbols.Length];
}
