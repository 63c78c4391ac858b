namespace FunctionalNN;

/// <summary>Constants for rows that were images there, where channels come first.</summary>
internal static class RowOrder
{
    /// <summary>The numbers for rows in the order of here.</summary>
    public static ImportedLayer Of(ImportedLayer layer, ImageSize image)
    {
        var places = ImageLayout.Places(image);
        var inverse = new int[places.Length];
        for (var i = 0; i < places.Length; i++)
        {
            inverse[places[i]] = i;
        }

        Numbers Turned(Numbers numbers, int columns) => numbers.Count % places.Length == 0 && numbers.Count / places.Length == columns
            ? new Numbers(numbers.Count, i => numbers.At((inverse[i / columns] * columns) + (i % columns)))
            : numbers;
        return layer.Layer is Dense dense
            ? layer with { Parameters = [Turned(layer.Parameters[0], dense.Outputs), layer.Parameters[1]] }
            : layer.Inputs is null ? layer
            : layer with
            {
                Parameters = [.. layer.Parameters.Select(numbers => Turned(numbers, 1))],
                Statistics = [.. layer.Statistics.Select(numbers => Turned(numbers, 1))],
            };
    }
}
