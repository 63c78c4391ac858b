namespace FunctionalNN.Examples;

/// <summary>The starts of "Neural Networks from Scratch": numbers that NumPy draws after <c>nnfs.init()</c>, which is seed 0.</summary>
public static class Nnfs
{
    /// <summary>A network with the book's first weights, in the order of its layers.</summary>
    /// <param name="network">Biases are zero.</param>
    /// <param name="drawn">How many normal numbers the data took before.</param>
    /// <param name="scale">0.01 in the book, 0.1 at the end of chapter 17.</param>
    public static Model<float> Start(Network network, int drawn, float scale = 0.01f) => network.InitializeAsNumPy(seed: 0, drawn, scale);

    /// <summary>
    /// The same model with each number moved to the next float above or below, by chance: what it then does differently in a long training
    /// is what nobody can reproduce.
    /// </summary>
    public static Model<float> Wobbled(Model<float> model, int seed)
    {
        var key = new Key((ulong)seed);
        float[] values =
            [.. model.Parameters.Values.ToArray()
                .Select((w, i) => w == 0 ? w : key.Uniform(i) < 0.5 ? MathF.BitIncrement(w) : MathF.BitDecrement(w))];
        return model with { Parameters = new ParameterVector<float>(model.Parameters.Layout, values) };
    }

    /// <summary>The spiral that <c>spiral_data</c> gives after seed 0 once so many normal numbers were drawn: the book's validation
    /// points.</summary>
    /// <param name="samples">Rows an arm.</param>
    /// <param name="arms">The number of arms.</param>
    /// <param name="drawn">How many normal numbers the training points and the weights took.</param>
    public static DataSet<float> Spiral(int samples, int arms, int drawn)
    {
        var noise = NumPy.Normal(seed: 0, samples * arms, skip: drawn);
        (float X, float Y) At(int row)
        {
            var along = row % samples / (samples - 1.0);
            var angle = (((row / samples) + along) * 4) + (0.2f * (float)noise[row]);
            return ((float)(along * Math.Sin(2.5 * angle)), (float)(along * Math.Cos(2.5 * angle)));
        }

        return new DataSet<float>(
            Matrix.Create(samples * arms, 2, (row, column) => column == 0 ? At(row).X : At(row).Y),
            new ClassLabels([.. Enumerable.Range(0, samples * arms).Select(row => row / samples)], arms));
    }
}
