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
        var (around, end) = graph.PlaceOf(first) <= graph.PlaceOf(second) ? (first, second) : (second, first);
        var inner = Between(around, end, depth - 1);
        if (inner.Find(layer => layer.Flattens) is { } flat)
        {
            throw flat.Node.Wrong("lies in a residual: shapes change only before the first layer");
        }

        inner = AffineStep.Fold(inner, Widths.Entry(inner));
        Layer[] layers = [.. inner.Select(layer => layer.Layer).OfType<Layer>()];
        return (new ImportedLayer(node, new Residual([.. layers.DefaultIfEmpty(new Linear())]))
        {
            Inputs = Widths.Entry(inner),
            Outputs = Widths.Through(inner, Widths.Entry(inner)),
            Parameters = [.. inner.SelectMany(layer => layer.Parameters)],
            Statistics = [.. inner.SelectMany(layer => layer.Statistics)],
        }, around);
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
