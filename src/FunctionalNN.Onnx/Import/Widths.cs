namespace FunctionalNN;

/// <summary>The widths between layers that were read.</summary>
internal static class Widths
{
    /// <summary>The width that the first constants ask for; null where no layer has any.</summary>
    public static int? Entry(List<ImportedLayer> layers) => layers.Find(layer => layer.Inputs is not null)?.Inputs;

    /// <summary>The width at the end, from that at the start. Each layer's constants must fit what comes.</summary>
    public static int? Through(List<ImportedLayer> layers, int? width)
    {
        foreach (var layer in layers)
        {
            if (layer.Inputs is { } expected && width is { } found && expected != found)
            {
                throw layer.Node.Wrong($"takes {expected} columns, but {found} come in");
            }

            width = layer.Outputs ?? width;
        }

        return width;
    }

    /// <summary>The width that the graph's input is declared with: all dimensions but that of the rows; null where one is free.</summary>
    public static int? Declared(ValueMessage input, bool isFlattened, bool isCast)
    {
        if (input.ElementType is not (0 or TensorMessage.FloatType or TensorMessage.DoubleType or TensorMessage.HalfType) && !isCast)
        {
            throw new OnnxFault(
                $"the input \"{input.Name}\" has the element type {input.ElementType}, expected 1 (float) or 11 (double), or a Cast to one "
                    + $"of them first");
        }

        if (input.Shape is not { } shape)
        {
            return null;
        }

        if (shape.Length < 2 || (shape.Length > 2 && !isFlattened))
        {
            throw new OnnxFault(
                $"the input \"{input.Name}\" is {input.ShapeText}, expected rows × columns"
                    + $"{(shape.Length > 2 ? ", or a Flatten first" : "")}");
        }

        var width = 1L;
        foreach (var dimension in shape[1..])
        {
            if (dimension.Length is not { } length)
            {
                return null;
            }

            if (length < 1 || length > int.MaxValue || (width *= length) > int.MaxValue)
            {
                throw new OnnxFault(
                    $"the input \"{input.Name}\" is {input.ShapeText}: each length must be 1 or more, and their product fit an array");
            }
        }

        return (int)width;
    }
}
