using System.Numerics;

namespace FunctionalNN;

/// <content>What the first layer looks for.</content>
public sealed partial record Figure
{
    private const int WeightColumns = 10;

    /// <summary>
    /// The weights of the first dense layer as pictures, one a unit: where a unit wants ink, where it wants none. Each is scaled by its own
    /// greatest weight, of either sign. Pictures in colour show the weights of red, green and blue as these colours, with grey for zero.
    /// </summary>
    /// <param name="model">A model whose first layer with weights takes pictures.</param>
    /// <param name="size">How a row of inputs is a picture.</param>
    /// <param name="count">How many units to show at most.</param>
    /// <exception cref="ArgumentException">The model takes pictures of another size, or has no weights.</exception>
    public static Figure FirstWeights<T>(Model<T> model, ImageSize size, int count = 50)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        RequirePictures(size, model.Network.Inputs);
        var places = model.Parameters.Layout.Placements;
        var index =
            places.IndexOf(places.FirstOrDefault(place => place.Slot is { Name: "weights" } slot && slot.Rows == model.Network.Inputs)
            ?? throw new ArgumentException(
                $"no layer has weights from the {model.Network.Inputs} inputs: the network begins with a dense layer if its weights are "
                    + $"to be seen"));
        var weights = model.Parameters.View(index).Transpose();
        var shown = Math.Min(count, weights.Rows);
        return Signed(weights, shown, size, WeightColumns, "unit") with
        {
            Title = $"Weights of {places[index].Layer}",
            Note = $"{shown} of {weights.Rows} units, each scaled by its own greatest weight.",
        };
    }

    /// <summary>Rows of weights as pictures, of either sign: grey as a map from blue over white to vermilion, colour as colours with grey
    /// for zero. Each is scaled by its own greatest weight.</summary>
    private static Figure Signed<T>(Matrix<T> weights, int shown, ImageSize size, int columns, string what)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var greatest = Enumerable.Range(0, shown)
            .Select(unit => weights.Row(unit).ToArray().Max(weight => Math.Abs(double.CreateTruncating(weight))))
            .Select(most => most > 0 ? most : 1).ToArray();
        var mosaic = new Mosaic(size, shown, Math.Min(columns, shown), 0);
        return new Figure
        {
            Title = "",
            Traces =
            [
                size.Channels == 1
                    ? PlotObject.Of(
                        ("type", "heatmap"),
                        ("z", mosaic.Grey(weights, (unit, weight) => Math.Round(weight / greatest[unit], 2))),
                        ("zmin", -1),
                        ("zmax", 1),
                        ("colorscale", Palette.Diverging),
                        ("hoverinfo", "skip"),
                        ("colorbar", PlotObject.Of(
                            ("title", PlotObject.Of(("text", $"weight (share of the {what}'s greatest)"), ("side", "top"))),
                            ("orientation", "h"), ("thickness", 10), ("len", 0.6), ("y", -0.02), ("yanchor", "top"),
                            ("tickvals", new[] { -1.0, 0, 1 }))))
                    : PlotObject.Of(("type", "image"), ("colormodel", "rgba"),
                        ("z", mosaic.Colour(weights, (unit, weight) => (1 + (weight / greatest[unit])) / 2)), ("hoverinfo", "skip")),
            ],
            Layout = mosaic.Layout(widest: 900).Merge(PlotObject.Of(("margin", PlotObject.Of(("b", size.Channels == 1 ? 70 : 4))))),
        };
    }

    private static void RequirePictures(ImageSize size, int width)
    {
        if (size.ProblemWith("the figure", width) is { } problem)
        {
            throw new ArgumentException(problem);
        }

        if (size.Channels is not (1 or 3))
        {
            throw new ArgumentException(
                $"pictures of {size.Channels} channels have no colours: give 1 channel for grey or 3 for red, green and blue");
        }
    }
}
