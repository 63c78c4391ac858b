using System.Numerics;
using System.Numerics.Tensors;

namespace FunctionalNN;

/// <summary>Goes through a network's layers, those inside of layers included, and has the nodes of each added.</summary>
internal sealed class NetworkWalk<T>(Model<T> model, GraphBuilder graph, OnnxOptions options)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The nodes for all layers; the name of what goes out.</summary>
    public string Through(string input)
    {
        if (model.Network.Input.Image is { } image)
        {
            graph.Errors.Add($"the network takes images of {image}: networks for images have no form in ONNX yet");
            return input;
        }

        return Through(model.Network, new Place(0, 0, ""), input);
    }

    private string Through(Network network, Place place, string x)
    {
        var pieces = Flat(network, place).ToArray();
        for (var i = 0; i < pieces.Length; i++)
        {
            var isFolded = options.FoldsBatchNormalization && pieces[i].Layer is Dense && i + 1 < pieces.Length
                && pieces[i + 1].Layer is BatchNormalization;
            x = isFolded
                ? LayerRules.Folded(NodesFor(pieces[i]), NodesFor(pieces[i + 1]), ((BatchNormalization)pieces[++i].Layer).Epsilon, x)
                : One(pieces[i], x);
        }

        return x;
    }

    private string One(Piece piece, string x)
    {
        var nodes = NodesFor(piece);
        foreach (var rule in options.Rules)
        {
            if (rule(piece.Layer, nodes, x) is { } output)
            {
                if (output != x && !graph.Makes(output))
                {
                    graph.Errors.Add(
                        $"the rule for layer \"{piece.Name}\" ({piece.Layer.Kind}) gave the output \"{output}\", which is none that "
                            + $"OnnxNodes.Add returned");
                }

                return output;
            }
        }

        if (piece.Layer is Residual residual)
        {
            return graph.Add("Add", piece.Name,
                [x, Through(new Network(piece.Width, residual.Layers), piece.Place with { Prefix = $"{piece.Name}." }, x)], []);
        }

        var reason = "has no form in ONNX";
        try
        {
            if (LayerRules.Export(piece.Layer, nodes, x) is { } result)
            {
                return result;
            }
        }
        catch (NotSupportedException fault)
        {
            reason = fault.Message;
        }

        graph.Errors.Add($"layer \"{piece.Name}\" ({piece.Layer.Kind}) {reason}: give OnnxOptions.Rules a rule that adds its nodes");
        return x;
    }

    /// <summary>The layers of a network and of sequences in it, without those that do nothing in prediction.</summary>
    private static IEnumerable<Piece> Flat(Network network, Place place)
    {
        var own = place;
        for (var i = 0; i < network.Layers.Length; i++)
        {
            var (layer, name, width) = (network.Layers[i], place.Prefix + network.LayerNames[i], network.Widths[i]);
            switch (layer)
            {
                case { IsIdentity: true }:
                    break;
                case Sequence sequence:
                    foreach (var inner in Flat(new Network(width, sequence.Layers), own with { Prefix = $"{name}." }))
                    {
                        yield return inner;
                    }

                    break;
                default:
                    yield return new Piece(layer, name, width, own);
                    break;
            }

            own = own with
            {
                Parameter = own.Parameter + layer.Parameters(width).Length,
                Statistic = own.Statistic + layer.Statistics(width).Length,
            };
        }
    }

    private OnnxNodes NodesFor(Piece piece) => new(
        graph,
        piece.Name,
        piece.Width,
        slot => (piece.Layer.Parameters(piece.Width)[slot], Doubles(model.Parameters.View(piece.Place.Parameter + slot))),
        slot => (piece.Layer.Statistics(piece.Width)[slot], Doubles(model.Statistics.View(piece.Place.Statistic + slot))));

    private static double[] Doubles(Matrix<T> values)
    {
        var doubles = new double[values.Values.Length];
        TensorPrimitives.ConvertTruncating<T, double>(values.Values, doubles);
        return doubles;
    }

    /// <summary>The slots before a layer, and what stands before its name.</summary>
    private sealed record Place(int Parameter, int Statistic, string Prefix);

    private sealed record Piece(Layer Layer, string Name, int Width, Place Place);
}
