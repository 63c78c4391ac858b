namespace FunctionalNN;

/// <summary>What nodes mean that change the shape alone.</summary>
internal static class ShapeRules
{
    public static ImportedLayer Flatten(NodeMessage node)
    {
        new NodeSettings(node, "axis").Require("axis", 1, "the first axis is that of the rows", 1);
        return new ImportedLayer(node, null) { Flattens = true };
    }

    public static ImportedLayer Reshape(GraphIndex graph, NodeMessage node)
    {
        new NodeSettings(node, "allowzero").Require("allowzero", 0, "0 stands for the input's length", 0);
        var shape = node.Inputs.Length > 1 && node.Inputs[1].Length > 0 ? ShapeVector.Of(graph, node.Inputs[1]) : null;
        var fixedRows = graph.Input.Shape is [{ Length: { } count }, ..] ? count : ShapeVector.Rows;
        return shape switch
        {
            [-1] => new ImportedLayer(node, null) { Flattens = true, Inputs = 1 },
            [var rows, .. { Length: > 0 } rest]
                when rows is ShapeVector.Rows or 0 || (rows == -1 && rest.All(length => length > 0)) || (rows > 0 && rows == fixedRows) =>
                    Rows(rest),
            { } other =>
                throw node.Wrong(
                    $"reshapes to {string.Join(" × ", other.Select(length => length is { } known ? $"{known}" : "?"))}, expected −1 or 0 "
                        + $"and the width: the count of rows must stay free"),
            _ => throw node.Wrong(
                "the shape is no constant and not made of the input's own: export the model with constants folded, or with a Flatten in "
                    + "place of the Reshape"),
        };

        ImportedLayer Rows(IReadOnlyList<long?> lengths)
        {
            var width = lengths.All(length => length > 0)
                ? lengths.Aggregate(1L, (product, length) => product > int.MaxValue ? product : product * length!.Value)
                : 0;
            return width <= int.MaxValue
                ? new ImportedLayer(node, null) { Flattens = true, Inputs = width > 0 ? (int)width : null }
                : throw node.Wrong("reshapes to rows that do not fit an array");
        }
    }

    /// <summary>One column of rows becomes a number a row; in front of all layers other dimensions of length 1 go without changing a
    /// number.</summary>
    public static ImportedLayer Squeeze(GraphIndex graph, NodeMessage node)
    {
        var settings = new NodeSettings(node, "axes");
        var axes = node.Inputs.Length > 1 && node.Inputs[1].Length > 0 ? ShapeVector.Of(graph, node.Inputs[1]) : null;
        long?[] wanted = axes is { } given ? [.. given] : [.. settings.Wholes("axes").Select(axis => (long?)axis)];
        if (wanted.Length == 2 && wanted.All(axis => axis is 2 or 3 or -1 or -2) && wanted[0] != wanted[1])
        {
            return new ImportedLayer(node, null) { Flattens = true };
        }

        var isImage = graph.Input.Shape is { Length: > 2 } && node.Inputs[0] == graph.Input.Name;
        return wanted.Contains(0) ? throw node.Wrong("takes the axis of the rows away, which must stay")
            : new ImportedLayer(node, null) { Flattens = isImage, Inputs = isImage ? null : 1 };
    }
}
