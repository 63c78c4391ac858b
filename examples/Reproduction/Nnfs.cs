namespace FunctionalNN.Examples;

/// <summary>The starts of "Neural Networks from Scratch": numbers that NumPy draws after <c>nnfs.init()</c>, which is seed 0.</summary>
public static class Nnfs
{
    /// <summary>A network with the book's first weights, in the order of its layers.</summary>
    /// <param name="network">Biases are zero.</param>
    /// <param name="drawn">How many normal numbers the data took before.</param>
    /// <param name="scale">0.01 in the book, 0.1 at the end of chapter 17.</param>
    public static Model<float> Start(Network network, int drawn, float scale = 0.01f)
    {
        var model = network.Initialize(0);
        foreach (var (layer, slot, _) in network.ParameterLayout.Placements.Where(placement => placement.Slot.Name == "weights"))
        {
            float[] weights = [.. NumPy.Normal(seed: 0, slot.Count, skip: drawn).Select(w => scale * (float)w)];
            model = model.With(layer, slot.Name, Matrix.Create<float>(slot.Rows, slot.Columns, weights));
            drawn += slot.Count;
        }

        return model;
    }
}
