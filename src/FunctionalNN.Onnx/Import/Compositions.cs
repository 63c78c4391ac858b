using static FunctionalNN.Pattern;

namespace FunctionalNN;

/// <summary>Layers that are several nodes, as this library and PyTorch's exporter write them.</summary>
internal static class Compositions
{
    /// <summary>So that its square is above 0 in float, too.</summary>
    private const double MinScale = 1e-15;

    private const double GreatestScale = 1e15;

    private static readonly double Root8OverPi = Math.Sqrt(8 / Math.PI);

    /// <summary>½·(x·(1 + tanh(√(2/π)·(x + 0.044715·x³)))): PyTorch's.</summary>
    private static readonly Pattern TanhGelu = Node("Mul", Number(0.5), Node("Mul", X, Node("Add", Number(1), Node(
        "Tanh", Node("Mul", Number(Root8OverPi / 2), Node("Add", X, Node("Mul", Number(0.044715), Node("Mul", X, Node("Mul", X, X)))))))));

    /// <summary>Activations that are several nodes: what is read is what is written.</summary>
    private static readonly (Pattern Form, Layer Layer)[] Activations =
    [
        .. new Activation[] { new Silu(), new Gelu(),
            new Gelu { IsApproximate = true } }.Select(activation => (Formula(activation.Plain!), (Layer)activation)),
        (TanhGelu, new Gelu { IsApproximate = true }),
    ];

    private static readonly Pattern Biased = Node("Add", Node("MatMul", X, Constants("weights")), Constants("bias"));

    private static readonly Pattern Scaled = Node("Mul", Node("Sub", X, Constants("center")), Constants("scale"));

    private static readonly Pattern Divided = Node("Div", Node("Sub", X, Constants("center")), Constants("scale"));

    private static readonly Pattern Difference = Node("Sub", X, RowMean(X));

    /// <summary>With γ and β, with γ alone, and with neither.</summary>
    private static readonly Pattern[] LayerNormalizations =
    [
        .. new[] { Node("Mul", Any("difference"), Any("difference")), Node("Pow", Any("difference"), Number(2)) }
            .Select(square => Node("Div", Any("difference"), Node("Sqrt", Node("Add", RowMean(square), Constants("epsilon")))))
            .SelectMany(plain => new[]
            {
                Node("Add", Node("Mul", plain, Constants("gamma")), Constants("beta")), Node("Mul", plain, Constants("gamma")), plain,
            }),
    ];

    /// <summary>The layer that a value is the output of, and the value that goes in; null where it is none of these.</summary>
    public static (ImportedLayer Layer, string Input)? Of(GraphIndex graph, NodeMessage node, string value)
    {
        foreach (var (form, layer) in Activations)
        {
            if (form.Match(graph, value) is { } found)
            {
                return (new ImportedLayer(node, layer), found["x"]);
            }
        }

        return DenseOf(graph, node, value) ?? LayerNormalizationOf(graph, node, value) ?? NormalizationOf(graph, node, value);
    }

    private static (ImportedLayer Layer, string Input)? DenseOf(GraphIndex graph, NodeMessage node, string value) =>
        Biased.Match(graph, value) is { } found
            ? (NodeRules.Dense(node, graph.Constant(found["weights"])!, graph.Constant(found["bias"])!), found["x"])
            : null;

    private static (ImportedLayer Layer, string Input)? LayerNormalizationOf(GraphIndex graph, NodeMessage node, string value)
    {
        foreach (var form in LayerNormalizations)
        {
            if (form.Match(graph, value) is { } found
                && Difference.Match(graph, found["difference"]) is { } inner
                && graph.Constant(found["epsilon"]) is { Count: 1 } epsilon)
            {
                return (NodeRules.LayerNormalization(node, Shortest(epsilon), Constant("gamma"), Constant("beta")), inner["x"]);
                TensorMessage? Constant(string name) => found.TryGetValue(name, out var value) ? graph.Constant(value) : null;
            }
        }

        return null;
    }

    /// <summary>(x − center)·scale: mean = center and variance = 1/scale², so that 1/√variance is the scale.</summary>
    private static (ImportedLayer Layer, string Input)? NormalizationOf(GraphIndex graph, NodeMessage node, string value)
    {
        var (isDivided, found) = Scaled.Match(graph, value) is { } scaled ? (false, scaled) : (true, Divided.Match(graph, value));
        if (found is null)
        {
            return null;
        }

        var (center, scale) = (graph.Constant(found["center"])!, graph.Constant(found["scale"])!);
        var width = center.Count;
        if (center.Shape is not ([> 0] or [1, > 0]) || scale.Shape is not ([> 0] or [1, > 0]) || scale.Count != width
            || Enumerable.Range(0, width).Any(i => scale[i] is not (>= MinScale and <= GreatestScale)))
        {
            // Not a normalisation by rows: read as two steps.
            return null;
        }

        return (new ImportedLayer(node, new Normalization())
        {
            Inputs = width,
            Statistics = [Numbers.Of(center), new Numbers(width, i => isDivided ? scale[i] * scale[i] : 1 / (scale[i] * scale[i]))],
        }, found["x"]);
    }

    private static double Shortest(TensorMessage number) =>
        number.DataType == TensorMessage.FloatType ? NodeSettings.Shortest((float)number[0]) : number[0];
}
