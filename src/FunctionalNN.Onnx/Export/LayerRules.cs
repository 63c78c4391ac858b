namespace FunctionalNN;

/// <summary>The nodes for layers that are not activations.</summary>
internal static class LayerRules
{
    private const int LayerNormalizationOpset = 17;

    public static string? Export(Layer layer, OnnxNodes nodes, string x) => layer switch
    {
        Embedding embedding => LookedUp(embedding, nodes, x),
        BatchNormalization normalization => nodes.Add(
            "BatchNormalization",
            [x, nodes.ParameterRow(0), nodes.ParameterRow(1), nodes.StatisticRow(0), nodes.StatisticRow(1)],
            OnnxSetting.Number("epsilon", normalization.Epsilon),
            OnnxSetting.Number("momentum", normalization.Momentum)),
        LayerNormalization normalization when nodes.Opset >= LayerNormalizationOpset => nodes.Add(
            "LayerNormalization",
            [x, nodes.ParameterRow(0), nodes.ParameterRow(1)],
            OnnxSetting.Whole("axis", -1),
            OnnxSetting.Number("epsilon", normalization.Epsilon)),
        LayerNormalization normalization => Composed(nodes, x, normalization.Epsilon),
        _ => ActivationRules.Export(layer, nodes, x) ?? Scaled(layer, nodes, x, (constant, values) => nodes.Constant(constant, values)),
    };

    /// <summary>Weights and bias, each column a filter or an output, with the batch normalisation behind them.</summary>
    public static (double[] Weights, double[] Bias) Folded(OnnxNodes product, OnnxNodes normalization, double epsilon)
    {
        var (weights, bias) = (product.ParameterValues(0).ToArray(), product.ParameterValues(1).ToArray());
        var (gamma, beta) = (normalization.ParameterValues(0), normalization.ParameterValues(1));
        var (mean, variance) = (normalization.StatisticValues(0), normalization.StatisticValues(1));
        var width = bias.Length;
        for (var j = 0; j < width; j++)
        {
            var scale = gamma[j] / Math.Sqrt(variance[j] + epsilon);
            bias[j] = ((bias[j] - mean[j]) * scale) + beta[j];
            for (var i = j; i < weights.Length; i += width)
            {
                weights[i] *= scale;
            }
        }

        return (weights, bias);
    }

    /// <summary>The plain inputs, then a row of a table for each category. A table whose column takes −1 has a row of zeros behind the
    /// others: to Gather, −1 is the last.</summary>
    private static string LookedUp(Embedding embedding, OnnxNodes nodes, string x)
    {
        const long Int64 = 7;
        int[] plain = [.. Enumerable.Range(0, nodes.Width).Except(embedding.Columns.Select(column => column.Position))];
        List<string> parts = [];
        if (plain.Length > 0)
        {
            parts.Add(nodes.Add("Gather", [x, nodes.Whole("plain", [.. plain])], OnnxSetting.Whole("axis", 1)));
        }

        for (var i = 0; i < embedding.Columns.Length; i++)
        {
            var column = embedding.Columns[i];
            var number = nodes.Add("Gather", [x, nodes.Whole($"position{i + 1}", column.Position)], OnnxSetting.Whole("axis", 1));
            var row = nodes.Add("Cast", [nodes.Add("Squeeze", [number, nodes.Whole("axes", 1)])], OnnxSetting.Whole("to", Int64));
            double[] values = [.. nodes.ParameterValues(i), .. new double[column.TakesUnknown ? column.Width : 0]];
            var table = nodes.Constant($"table{i + 1}", values.Length / column.Width, column.Width, values);
            parts.Add(nodes.Add("Gather", [table, row], OnnxSetting.Whole("axis", 0)));
        }

        return parts.Count == 1 ? parts[0] : nodes.Add("Concat", [.. parts], OnnxSetting.Whole("axis", 1));
    }

    /// <summary>γ·(x − μ)/√(mean((x − μ)²) + ε) + β.</summary>
    private static string Composed(OnnxNodes nodes, string x, double epsilon)
    {
        OnnxSetting[] alongRow = [OnnxSetting.Wholes("axes", -1), OnnxSetting.Whole("keepdims", 1)];
        var difference = nodes.Add("Sub", [x, nodes.Add("ReduceMean", [x], alongRow)]);
        var variance = nodes.Add("ReduceMean", [nodes.Add("Mul", [difference, difference])], alongRow);
        var deviation = nodes.Add("Sqrt", [nodes.Add("Add", [variance, nodes.Constant("epsilon", epsilon)])]);
        var scaled = nodes.Add("Mul", [nodes.Add("Div", [difference, deviation]), nodes.ParameterRow(0)]);
        return nodes.Add("Add", [scaled, nodes.ParameterRow(1)]);
    }

    /// <summary>(x − center)·factor + shift, where the layer says that it is; else null.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="nodes">Takes the nodes.</param>
    /// <param name="x">What comes in.</param>
    /// <param name="constant">Adds constants, one a column.</param>
    public static string? Scaled(Layer layer, OnnxNodes nodes, string x, Func<string, double[], string> constant)
    {
        var scaling = layer.PredictedScaling(
            [.. layer.Parameters(nodes.Width)
                .Select((slot, i) => Matrix.Create<double>(slot.Rows, slot.Columns, nodes.ParameterValues(i)))],
            [.. layer.Statistics(nodes.Width)
                .Select((slot, i) => Matrix.Create<double>(slot.Rows, slot.Columns, nodes.StatisticValues(i)))]);
        if (scaling is null)
        {
            return null;
        }

        var product = nodes.Add("Mul",
            [nodes.Add("Sub", [x, constant("center", [.. scaling.Centers])]), constant("scale", [.. scaling.Factors])]);
        return scaling.Shifts.IsEmpty ? product : nodes.Add("Add", [product, constant("shift", [.. scaling.Shifts])]);
    }
}
