namespace FunctionalNN;

/// <summary>The nodes from a network's output, in double, to probabilities, a label or a quantity.</summary>
internal sealed class DecisionNodes(GraphBuilder graph)
{
    private const long Int64 = 7;

    /// <summary>Probabilities [n × classes], with the label as an output of its own; or the quantity [n × 1] in its own unit.</summary>
    public string Add(string raw, int outputs, FittedTarget target, double temperature, double? threshold)
    {
        if (target.Column.IsQuantity)
        {
            return Node("Add", [Node("Mul", [raw, graph.Double("decision.spread", [], target.Spread)]),
                graph.Double("decision.mean", [], target.Mean)]);
        }

        var both = outputs > 1 ? raw
            : Node("Concat", [Node("Sub", [graph.Double("decision.one", [], 1), raw]), raw], OnnxSetting.Whole("axis", 1));
        var probabilities = temperature == 1 ? both : Tempered(both, temperature);
        if (threshold is { } least)
        {
            var second = Node("Gather", [probabilities, graph.Constant("decision.second", 1)], OnnxSetting.Whole("axis", 1));
            var isSecond = Node("GreaterOrEqual", [second, graph.Double("decision.threshold", [], least)]);
            graph.AddAs(Labelling.Name, "Squeeze", [Node("Cast", [isSecond], OnnxSetting.Whole("to", Int64)),
                graph.Constant("decision.axes", 1)]);
        }
        else
        {
            graph.AddAs(Labelling.Name, "ArgMax", [probabilities], OnnxSetting.Whole("axis", 1), OnnxSetting.Whole("keepdims", 0));
        }

        // An output of the graph is made by a node of its own.
        return Node("Identity", [probabilities]);
    }

    /// <summary>pᵢ^(1/t)/Σpⱼ^(1/t), of shares of the greatest.</summary>
    private string Tempered(string probabilities, double temperature)
    {
        var greatest = Node("ReduceMax", [probabilities], OnnxSetting.Wholes("axes", 1), OnnxSetting.Whole("keepdims", 1));
        var powers = Node("Pow", [Node("Div", [probabilities, greatest]), graph.Double("decision.power", [], 1 / temperature)]);
        var sum = Node("ReduceSum", [powers, graph.Constant("decision.axis", 1)], OnnxSetting.Whole("keepdims", 1));
        return Node("Div", [powers, sum]);
    }

    private string Node(string type, ReadOnlySpan<string> inputs, params ReadOnlySpan<OnnxSetting> attributes) =>
        graph.Add(type, $"decision/{type}", [.. inputs], [.. attributes]);
}
