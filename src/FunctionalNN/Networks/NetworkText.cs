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
            ["input", "", Shape(plan.Shapes[0]), ""],
            .. network.Layers.Select((layer, i) => new[]
            {
                plan.Names[i],
                layer.Details,
                Shape(plan.Shapes[i + 1]),
                Count(plan.Offsets[i + 1] - plan.Offsets[i]),
            }),
        ];
        return TextTable.Of(["layer", "settings", "output", "parameters"], rows,
            ["total", "", "", plan.Parameters.Count.ToString("N0", CultureInfo.InvariantCulture)], left: 2);
    }

    private static string Shape(Shape shape) => $"n × {shape}";

    private static string Count(int parameters) => parameters == 0 ? "" : parameters.ToString("N0", CultureInfo.InvariantCulture);
}
