using System.Numerics;
using System.Numerics.Tensors;

namespace FunctionalNN;

/// <summary>Goes through a network's layers, those inside of layers included, and has the nodes of each added.</summary>
internal sealed class NetworkWalk<T>(Model<T> model, GraphBuilder graph, OnnxOptions options)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The nodes for all layers; what goes out: images where the network ends in such, else rows.</summary>
    public OnnxValue Through(string input)
    {
        var network = model.Network;
        var value = Through(network, new Place(0, 0, ""), new OnnxValue(input, network.Input.Image));
        return network.Shapes[^1].Image is null ? Rows("output", value) : value;
    }

    private OnnxValue Through(Network network, Place place, OnnxValue x)
    {
        var pieces = Flat(network, place).ToArray();
        for (var i = 0; i < pieces.Length; i++)
        {
            var isFolded = options.FoldsBatchNormalization && pieces[i].Layer is Dense or Convolution && i + 1 < pieces.Length
                && pieces[i + 1].Layer is BatchNormalization;
            x = isFolded ? Folded(pieces[i], pieces[++i], x) : One(pieces[i], x);
        }

        return x;
    }

    private OnnxValue One(Piece piece, OnnxValue x)
    {
        var (layer, nodes) = (piece.Layer, NodesFor(piece));
        foreach (var rule in options.Rules)
        {
            if (rule(layer, nodes, x.Name) is { } output)
            {
                if (output != x.Name && !graph.Makes(output))
                {
                    graph.Errors.Add(
                        $"the rule for layer \"{piece.Name}\" ({layer.Kind}) gave the output \"{output}\", which is none that "
                            + $"OnnxNodes.Add returned");
                }

                return new OnnxValue(output, layer.KeepsShape ? x.Image : piece.Output.Image);
            }
        }

        var reason = "has no form in ONNX";
        try
        {
            if (Known(piece, nodes, x) is { } known)
            {
                return known;
            }
        }
        catch (NotSupportedException fault)
        {
            reason = fault.Message;
        }

        graph.Errors.Add($"layer \"{piece.Name}\" ({layer.Kind}) {reason}: give OnnxOptions.Rules a rule that adds its nodes");
        return x;
    }

    private OnnxValue? Known(Piece piece, OnnxNodes nodes, OnnxValue x)
    {
        switch (piece.Layer, x.Image)
        {
            case (Residual residual, _):
                return Around(residual, piece, x);
            case (Dense, _):
                return Product(nodes, piece, nodes.ParameterValues(0), nodes.ParameterValues(1), x);
            case (ImageLayer, { } image):
                // The mean of a channel is an image of one pixel.
                var size = piece.Output.Image ?? new ImageSize(1, 1, piece.Output.Width);
                return ImageRules.Export(piece.Layer, nodes, x.Name, image, size) is { } output ? new OnnxValue(output, size) : null;
            case (Activation, { }):
                return ActivationRules.Export(piece.Layer, nodes, x.Name) is { } bent ? x with { Name = bent } : null;
            case (_, { } image) when piece.Input.Image is not null && piece.Layer.KeepsShape:
                return ImageRules.Channels(piece.Layer, nodes, graph, piece.Name, x.Name, image.Channels) is { } normal
                    ? x with { Name = normal }
                    : null;
            default:
                var row = Rows(piece.Name, x);
                return LayerRules.Export(piece.Layer, nodes, row.Name) is { } result ? new OnnxValue(result, null) : null;
        }
    }

    private OnnxValue Around(Residual residual, Piece piece, OnnxValue x)
    {
        var inner = piece.Place with { Prefix = $"{piece.Name}." };
        var network = NetworkOf(piece.Input, residual.Layers);
        var (way, end) = (x, Through(network, inner, x));
        if (residual.Projection is { } projection)
        {
            way = Through(NetworkOf(piece.Input, [projection.Name is null ? projection with { Name = "projection" } : projection]),
                inner with
                {
                    Parameter = inner.Parameter + network.ParameterLayout.Placements.Length,
                    Statistic = inner.Statistic + network.StatisticLayout.Placements.Length,
                }, x);
        }

        if (way.Image != end.Image)
        {
            (way, end) = (Rows(piece.Name, way), Rows(piece.Name, end));
        }

        return new OnnxValue(graph.Add("Add", piece.Name, [way.Name, end.Name], []), way.Image);
    }

    /// <summary>
    /// A dense layer or convolution with the batch normalisation behind it, in prediction: with s = γ/√(σ² + ε), W′ = W·s and
    /// b′ = (b − μ)·s + β.
    /// </summary>
    private OnnxValue Folded(Piece piece, Piece normalization, OnnxValue x)
    {
        var (first, second) = (NodesFor(piece), NodesFor(normalization));
        var (weights, bias) = LayerRules.Folded(first, second, ((BatchNormalization)normalization.Layer).Epsilon);
        return piece.Layer is Convolution convolution
            ? new OnnxValue(ImageRules.Convolve(convolution, first, x.Name, x.Image!.Value, piece.Output.Image!.Value, weights, bias),
                piece.Output.Image)
            : Product(first, piece, weights, bias, x);
    }

    /// <summary>x·W + b. Behind an image the rows of W are put in the order in which the image lies there.</summary>
    private OnnxValue Product(OnnxNodes nodes, Piece piece, double[] weights, double[] bias, OnnxValue x)
    {
        var (rows, columns, name) = (piece.Input.Width, bias.Length, x.Name);
        if (x.Image is { } image)
        {
            name = ImageLayout.Flat(graph, piece.Name, name);
            weights = ImageLayout.IsSame(image)
                ? weights
                : [.. ImageLayout.Places(image).SelectMany(row => weights.AsSpan(row * columns, columns).ToArray())];
        }

        return new OnnxValue(
            nodes.Add("Gemm", [name, nodes.Constant("weights", rows, columns, weights), nodes.Constant("bias", bias)]), null);
    }

    private OnnxValue Rows(string layer, OnnxValue value) => new(ImageLayout.Rows(graph, layer, value), null);

    /// <summary>The layers of a network and of sequences in it, without those that do nothing in prediction.</summary>
    private static IEnumerable<Piece> Flat(Network network, Place place)
    {
        var own = place;
        for (var i = 0; i < network.Layers.Length; i++)
        {
            var (layer, label) = (network.Layers[i], network.LayerNames[i]);
            var piece = new Piece(layer, place.Prefix + label, network.Shapes[i], network.Shapes[i + 1],
                [.. network.ParameterLayout.Placements.Where(slot => slot.Layer == label).Select(slot => slot.Slot)],
                [.. network.StatisticLayout.Placements.Where(slot => slot.Layer == label).Select(slot => slot.Slot)], own);
            switch (layer)
            {
                case { IsIdentity: true }:
                    break;
                case Sequence sequence:
                    foreach (var inner in Flat(NetworkOf(piece.Input, sequence.Layers), own with { Prefix = $"{piece.Name}." }))
                    {
                        yield return inner;
                    }

                    break;
                default:
                    yield return piece;
                    break;
            }

            own = own with
            {
                Parameter = own.Parameter + piece.Parameters.Length,
                Statistic = own.Statistic + piece.Statistics.Length,
            };
        }
    }

    private static Network NetworkOf(Shape input, System.Collections.Immutable.ImmutableArray<Layer> layers) =>
        input.Image is { } image ? new Network(image, layers) : new Network(input.Width, layers);

    private OnnxNodes NodesFor(Piece piece) => new(
        graph,
        piece.Name,
        piece.Input.Image is { } image && piece.Layer is not ImageLayer ? image.Channels : piece.Input.Width,
        slot => (piece.Parameters[slot], Doubles(model.Parameters.View(piece.Place.Parameter + slot))),
        slot => (piece.Statistics[slot], Doubles(model.Statistics.View(piece.Place.Statistic + slot))));

    private static double[] Doubles(Matrix<T> values)
    {
        var doubles = new double[values.Values.Length];
        TensorPrimitives.ConvertTruncating<T, double>(values.Values, doubles);
        return doubles;
    }

    /// <summary>The slots before a layer, and what stands before its name.</summary>
    private sealed record Place(int Parameter, int Statistic, string Prefix);

    private sealed record Piece(Layer Layer, string Name, Shape Input, Shape Output, Slot[] Parameters, Slot[] Statistics, Place Place);
}
