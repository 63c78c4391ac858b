using System.Numerics;

namespace FunctionalNN;

/// <content>What convolutions look for, and what they make of a picture.</content>
public sealed partial record Figure
{
    private const int FilterColumns = 8;
    private const int MapColumns = 8;
    private const int MaxChannels = 8;

    /// <summary>
    /// The filters of a convolution as pictures, each scaled by its own greatest weight of either sign. Filters over one channel are maps
    /// from blue, negative, to vermilion, positive; those over three show the weights of red, green and blue as these colours, with grey
    /// for zero; of those over more each line is a filter, with one picture for each of its first channels.
    /// </summary>
    /// <param name="model">A network with a convolution.</param>
    /// <param name="layer">The convolution's name, as in <see cref="Network.LayerNames"/>; the first one by default.</param>
    /// <param name="count">How many filters to show at most.</param>
    /// <exception cref="ArgumentException">There is no convolution, or the layer is none; the message lists those that are.</exception>
    public static Figure Filters<T>(Model<T> model, string? layer = null, int count = 64)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var (name, convolution) = ConvolutionOf(model.Network, layer);
        var weights = model.Parameters[name, "weights"];
        var channels = weights.Rows / (convolution.KernelHeight * convolution.KernelWidth);
        var (size, shown) = (new ImageSize(convolution.KernelHeight, convolution.KernelWidth, channels), Math.Min(count, weights.Columns));
        var (title, note) = ($"Filters of {name}", $"{shown} of {weights.Columns} filters, each scaled by its own greatest weight.");
        if (channels is 1 or 3)
        {
            return Signed(weights.Transpose(), shown, size, FilterColumns, "filter") with { Title = title, Note = note };
        }

        // A line a filter; each of its pictures on the filter's scale would hide small channels: each has its own.
        var few = Math.Min(channels, MaxChannels);
        var pictures = Matrix.Create(shown * few, size.Plane, (picture, pixel) =>
            weights[(pixel * channels) + (picture % few), picture / few]);
        return Signed(pictures, shown * few, size with { Channels = 1 }, few, "picture") with
        {
            Title = title,
            Note = $"A line each for {shown} of {weights.Columns} filters, with {few} of {channels} channels; "
                + "each picture is scaled by its own greatest weight.",
        };
    }

    /// <summary>What a layer makes of one picture, a map a channel: dark for its least number, bright for its greatest, on one scale for
    /// all maps.</summary>
    /// <param name="model">The network with its numbers.</param>
    /// <param name="picture">One row of inputs: [1 × inputs].</param>
    /// <param name="layer">The layer's name, as in <see cref="Network.LayerNames"/>: one that puts out an image.</param>
    /// <param name="count">How many channels to show at most.</param>
    /// <exception cref="ArgumentException">There is another count of rows than one, or the layer puts out no image.</exception>
    /// <exception cref="KeyNotFoundException">There is no such layer; the message lists what there is.</exception>
    public static Figure FeatureMaps<T>(Model<T> model, Matrix<T> picture, string layer, int count = 64)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (picture.Rows != 1)
        {
            throw new ArgumentException(
                $"feature maps are those of one picture, {picture.Rows} rows were given: take one with InputsOf(row)");
        }

        var output = model.Outputs(picture)[layer];
        var size = ImageAfter(model.Network, layer);
        var shown = Math.Min(count, size.Channels);
        var maps = Matrix.Create(shown, size.Plane, (channel, pixel) => output[0, (pixel * size.Channels) + channel]);
        var values = maps.Values.ToArray().Select(double.CreateTruncating).ToArray();
        var mosaic = new Mosaic(size with { Channels = 1 }, shown, Math.Min(MapColumns, shown), 0);
        return new Figure
        {
            Title = $"Feature maps of {layer}",
            Note = $"{shown} of {size.Channels} channels of {size.Height} × {size.Width}, on one scale.",
            Traces =
            [
                PlotObject.Of(
                    ("type", "heatmap"), ("z", mosaic.Grey(maps, (_, value) => value)),
                    ("zmin", values.Min()), ("zmax", values.Max() > values.Min() ? values.Max() : values.Min() + 1),
                    ("colorscale", Palette.HeatScale),
                    ("hoverinfo", "skip"),
                    ("colorbar", PlotObject.Of(("title", PlotObject.Of(("text", "output"), ("side", "top"))), ("orientation", "h"),
                        ("thickness", 10), ("len", 0.6), ("y", -0.02), ("yanchor", "top")))),
            ],
            Layout = mosaic.Layout(widest: 900).Merge(PlotObject.Of(("margin", PlotObject.Of(("b", 70))))),
        };
    }

    private static (string Name, Convolution Layer) ConvolutionOf(Network network, string? layer)
    {
        var all = network.LayerNames.Zip(network.Layers, (name, one) => (Name: name, Layer: one as Convolution))
            .Where(entry => entry.Layer is not null).ToArray();
        var found = Array.FindIndex(all, entry => layer is null || entry.Name == layer);
        return found >= 0
            ? (all[found].Name, all[found].Layer!)
            : throw new ArgumentException(all.Length == 0
                ? "the network has no convolution, so no filters: FirstWeights shows those of a dense layer"
                : $"\"{layer}\" is no convolution of the network: there are {string.Join(", ", all.Select(entry => entry.Name))}");
    }

    private static ImageSize ImageAfter(Network network, string layer) =>
        network.Shapes[network.LayerNames.IndexOf(layer) + 1].Image ?? throw new ArgumentException(
            $"the layer \"{layer}\" puts out no image: there are "
                + $"{string.Join(", ", network.LayerNames.Where((_, i) => network.Shapes[i + 1].Image is not null))}");
}
