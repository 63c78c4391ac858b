namespace FunctionalNN;

/// <summary>
/// Reads a graph from its output back to its input as layers one after the other, with ways around some of them. Nodes stand after those
/// that make their inputs, so of the two values that a residual adds, the one that is made first is the way around; each node is read once.
/// </summary>
internal sealed class ChainReader(GraphIndex graph, long opset)
{
    private const int MaxNested = 16;

    /// <summary>The layers between a value and the input.</summary>
    public List<ImportedLayer> Read(string output) => Between(graph.Input.Name, output, MaxNested);

    private List<ImportedLayer> Between(string start, string value, int depth)
    {
        var layers = new List<ImportedLayer>();
        while (value != start)
        {
            if (graph.Constant(value) is not null || graph.PlaceOf(value) <= graph.PlaceOf(start))
            {
                throw new OnnxFault(
                    $"\"{value}\" does not come from \"{start}\": only layers one after the other and residuals (x + layers of x) "
                        + $"are read");
            }

            var node = graph.Maker(value) ?? throw new OnnxFault($"\"{value}\" is not the first output of its node: only that is read");
            if (TwoClasses(node) is { } logit)
            {
                layers.Add(new ImportedLayer(node, new Softmax()));
                layers.Add(new ImportedLayer(node, new Dense(2))
                {
                    Inputs = 1,
                    Outputs = 2,
                    Expands = true,
                    Parameters = [new Numbers(2, i => i), Numbers.Filled(2, 0)]
                });
                value = logit;
                continue;
            }

            (var layer, value) = Compositions.Of(graph, node, value) ?? FormulaReader.Of(graph, node, value) ?? ResidualOf(node, depth)
                ?? AffineStep.Of(graph, node)
                ?? (NodeRules.Of(graph, node, opset), First(node));
            layers.Add(layer);
        }

        layers.Reverse();
        return layers;
    }

    private (ImportedLayer Layer, string Input)? ResidualOf(NodeMessage node, int depth)
    {
        if (node is not { Operator: "Add", Domain: "", Inputs: [var first, var second] } || graph.Constant(first) is not null
            || graph.Constant(second) is not null)
        {
            return null;
        }

        if (depth == 0)
        {
            throw node.Wrong($"lies in more than {MaxNested} residuals, one in the other");
        }

        _ = new NodeSettings(node);
        var start = Join(first, second)
            ?? throw node.Wrong($"adds \"{first}\" and \"{second}\", which do not come from one value: only residuals are read");
        var (late, early) = graph.PlaceOf(first) <= graph.PlaceOf(second) ? (second, first) : (first, second);
        List<ImportedLayer> inner = Between(start, late, depth - 1), way = Between(start, early, depth - 1);

        // The shorter way is the projection.
        (inner, way) = way.Count > inner.Count ? (way, inner) : (inner, way);
        if (inner.Concat(way).Any(layer => layer.IsOfImages || layer.Flattens))
        {
            return (new ImportedLayer(node, null) { Branches = (inner, way) }, start);
        }

        inner = AffineStep.Fold(inner, Widths.Entry(inner));
        way = AffineStep.Fold(way, Widths.Entry(way) ?? Widths.Entry(inner));
        return (Residual(node, inner, way), start);
    }

    /// <summary>A residual of layers that were read.</summary>
    public static ImportedLayer Residual(NodeMessage node, List<ImportedLayer> inner, List<ImportedLayer> way)
    {
        Layer[] layers = [.. inner.Select(layer => layer.Layer).OfType<Layer>()];
        Layer[] projection = [.. way.Select(layer => layer.Layer).OfType<Layer>()];
        return new ImportedLayer(node, new Residual([.. layers.DefaultIfEmpty(new Linear())])
        {
            Projection = projection is [] ? null : projection is [var only] ? only : new Sequence([.. projection]),
        })
        {
            Inputs = Widths.Entry(inner) ?? Widths.Entry(way),
            Outputs = Widths.Through(inner, Widths.Entry(inner)),
            Parameters = [.. inner.Concat(way).SelectMany(layer => layer.Parameters)],
            Statistics = [.. inner.Concat(way).SelectMany(layer => layer.Statistics)],
        };
    }

    /// <summary>The nearest value that both come from.</summary>
    private string? Join(string first, string second)
    {
        var before = Ancestors(first).ToHashSet();
        return Ancestors(second).FirstOrDefault(before.Contains);
    }

    private IEnumerable<string> Ancestors(string value)
    {
        for (string? at = value; at is not null;
            at = graph.Maker(at)?.Inputs.FirstOrDefault(input => input.Length > 0 && graph.Constant(input) is null))
        {
            yield return at;
        }
    }

    /// <summary>[1 − σ(z), σ(z)], as scikit-learn's exporter writes two classes: the softmax of (0, z), exactly. Gives z.</summary>
    private string? TwoClasses(NodeMessage node) =>
        node is { Domain: "", Operator: "Concat", Inputs: [var no, var yes], Attributes: [{ Name: "axis", WholeValue: 1 or -1 }] }
        && graph.Knows(no) && graph.Knows(yes) && graph.Constant(no) is null && graph.Constant(yes) is null
        && graph.Maker(no) is { Domain: "", Operator: "Sub", Inputs: [var one, var same] } && same == yes
        && graph.Constant(one) is { IsReadable: true, Count: 1 } unity && unity[0] == 1
        && graph.Maker(yes) is { Domain: "", Operator: "Sigmoid", Inputs: [var logit] }
            ? logit
            : null;

    private string First(NodeMessage node) =>
        graph.IsOfConstants(node)
            ? throw node.Wrong("computes constants by an operator that is not computed here: export the model with constants folded")
        : node.Inputs is [{ Length: > 0 } first, ..] && graph.Constant(first) is null
            ? first
            : throw node.Wrong("the first input is missing or constant, expected what comes from the layer before");
}
