using System.Globalization;

namespace FunctionalNN;

/// <summary>Prints a network as a table.</summary>
internal static class NetworkText
{
    public static string Of(Network network)
    {
        var plan = network.Plan;
        string[][] rows =
        [
            ["input", "", Shape(plan.Widths[0]), ""],
            .. network.Layers.Select((layer, i) => new[]
            {
                plan.Names[i],
                Detail(layer),
                Shape(plan.Widths[i + 1]),
                Count(plan.Offsets[i + 1] - plan.Offsets[i]),
            }),
        ];
        return TextTable.Of(["layer", "settings", "output", "parameters"], rows,
            ["total", "", "", plan.Parameters.Count.ToString("N0", CultureInfo.InvariantCulture)], left: 2);
    }

    private static string Shape(int width) => $"n × {width}";

    private static string Count(int parameters) => parameters == 0 ? "" : parameters.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>What is worth knowing of a layer beyond its width.</summary>
    private static string Detail(Layer layer) => layer switch
    {
        Dense dense => string.Join(", ", new[]
        {
            dense.WeightInitializer.ToString(),
            dense.WeightPenalty.IsNone ? null : $"weights {dense.WeightPenalty}",
            dense.BiasPenalty.IsNone ? null : $"bias {dense.BiasPenalty}",
        }.Where(text => text is not null)),
        Dropout dropout => dropout.Rate.ToString(CultureInfo.InvariantCulture),
        BatchNormalization normalization =>
            $"ε {normalization.Epsilon}, momentum {normalization.Momentum}",
        _ => layer.Details,
    };
}
