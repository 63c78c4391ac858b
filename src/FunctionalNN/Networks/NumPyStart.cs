namespace FunctionalNN;

/// <summary>Models that start as programs of NumPy start.</summary>
public static class NumPyStart
{
    /// <summary>
    /// A model whose weights are <c>scale * numpy.random.randn(inputs, outputs)</c>, drawn in the order of the layers, and whose biases are
    /// as the network says: the start of "Neural Networks from Scratch in Python" (Kinsley and Kukieła, 2020), whose
    /// <c>nnfs.init()</c> is seed 0.
    /// </summary>
    /// <param name="network">The network; each slot named "weights" is drawn.</param>
    /// <param name="seed">As in numpy.random.seed.</param>
    /// <param name="drawn">How many normal numbers the program drew before, such as one a row for the book's spiral: 300 for three arms of
    /// 100 points.</param>
    /// <param name="scale">What each number is multiplied by: 0.01 in the book, 0.1 at the end of its chapter 17.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="drawn"/> is negative.</exception>
    public static Model<float> InitializeAsNumPy(this Network network, int seed, int drawn = 0, float scale = 0.01f)
    {
        var model = network.Initialize(0);
        foreach (var (layer, slot, _) in network.ParameterLayout.Placements.Where(placement => placement.Slot.Name == "weights"))
        {
            float[] weights = [.. NumPy.Normal(seed, slot.Count, skip: drawn).Select(w => scale * (float)w)];
            model = model.With(layer, slot.Name, Matrix.Create<float>(slot.Rows, slot.Columns, weights));
            drawn += slot.Count;
        }

        return model;
    }
}
