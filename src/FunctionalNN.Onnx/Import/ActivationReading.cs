namespace FunctionalNN;

/// <summary>What nodes mean that are activations with settings.</summary>
internal static class ActivationReading
{
    public static ImportedLayer Bent(NodeMessage node, string name, double otherwise, Func<double, Layer> layer) =>
        new(node, layer(new NodeSettings(node, name).Real(name, otherwise)));

    /// <summary>Before opset 13 the axis is the first of those that are taken together: of rows of numbers, 1 is the last in
    /// both.</summary>
    public static ImportedLayer AlongRow(NodeMessage node, Layer layer, long opset)
    {
        new NodeSettings(node, "axis").Require("axis", opset < 13 ? 1 : -1, "only the last axis of rows of numbers is read", 1, -1);
        return new ImportedLayer(node, layer);
    }

    public static ImportedLayer HardSigmoid(NodeMessage node)
    {
        var settings = new NodeSettings(node, "alpha", "beta");
        var slope = settings.Real("alpha", 0.2);

        // 1/6 is no short decimal.
        return settings.Real("beta", 0.5) == 0.5
            ? new ImportedLayer(node,
                (float)slope == (float)new HardSigmoid().Slope ? new HardSigmoid() : new HardSigmoid { Slope = slope })
            : throw node.Wrong($"beta is {settings.Real("beta", 0.5)}, expected 0.5");
    }

    public static ImportedLayer Selu(NodeMessage node)
    {
        var settings = new NodeSettings(node, "alpha", "gamma");
        var (alpha, gamma) = (settings.Real("alpha", 1.67326319), settings.Real("gamma", 1.05070102));
        return Math.Abs(alpha - 1.67326319) < 1e-6 && Math.Abs(gamma - 1.05070102) < 1e-6
            ? new ImportedLayer(node, new Selu())
            : throw node.Wrong(
                $"alpha is {alpha} and gamma {gamma}, expected 1.673263 and 1.050701: only the self-normalising unit is read");
    }

    public static ImportedLayer PRelu(GraphIndex graph, NodeMessage node)
    {
        _ = new NodeSettings(node);
        var slope = NodeRules.Constant(graph, node, 1, "the slope");
        if (slope.Count == 1 && slope.Shape.Length <= 3)
        {
            return new ImportedLayer(node, new PRelu { IsShared = true }) { Parameters = [Numbers.Of(slope)] };
        }

        var width = slope.Shape is [var channels and > 0, 1, 1] ? (int)channels : NodeRules.Row(node, "the slope", slope, null);
        return new ImportedLayer(node, new PRelu()) { Inputs = width, Parameters = [Numbers.Of(slope)] };
    }

    public static ImportedLayer Gelu(NodeMessage node) => new NodeSettings(node, "approximate").Word("approximate", "none") switch
    {
        "none" => new ImportedLayer(node, new Gelu()),
        "tanh" => new ImportedLayer(node, new Gelu { IsApproximate = true }),
        var other => throw node.Wrong($"approximate is \"{other}\", expected \"none\" or \"tanh\""),
    };
}
