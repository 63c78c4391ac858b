namespace FunctionalNN.Tests;

/// <summary>
/// Runs of "Neural Networks from Scratch" from its own seed: after nnfs.init() the data takes the first normal numbers and each dense
/// layer the next, 0.01·randn in float32. Expected numbers are those that the book prints, to three digits.
/// </summary>
public class NnfsRunTests
{
    private const double Near = 0.002;

    private static readonly Network Spiral = new(2, [new Dense(64), new Relu(), new Dense(3), new Softmax()]);

    [Fact]
    public void Chapter_3_comes_out_exactly()
    {
        var inputs = Generate.Spiral(100, 3, seed: 0).InputsOf(1, 2, 3, 4);
        var model = FromNnfs(new Network(2, [new Dense(3)]), drawn: 300);
        float[] printed =
        [
            -1.0475188e-04f, 1.1395361e-04f, -4.7983500e-05f, -2.7414842e-04f, 3.1729150e-04f, -8.6921798e-05f,
            -4.2188365e-04f, 5.2666257e-04f, -5.5912682e-05f, -5.7707680e-04f, 7.1401405e-04f, -8.9430439e-05f,
        ];

        // nnfs multiplies in float64 and rounds once; fused multiply-add in float may round the other way in the last place.
        Assert.Equal(printed, InDouble(model).Predict(Matrix.Convert<float, double>(inputs)).Values.ToArray().Select(y => (float)y));
        var inFloat = model.Predict(inputs).Values.ToArray();
        Assert.All(Enumerable.Range(0, printed.Length),
            i => Assert.InRange(Math.Abs(inFloat[i]), MathF.BitDecrement(Math.Abs(printed[i])), MathF.BitIncrement(Math.Abs(printed[i]))));
    }

    [Fact]
    public void Descent_on_the_spiral_of_chapter_10_runs_as_printed()
    {
        var states = FromNnfs(Spiral, drawn: 300).Train(new Sgd(1))
            .Epochs(Generate.Spiral(100, 3, seed: 0).FullBatch(), new CategoricalCrossEntropy()).Take(101).ToArray();
        Assert.Equal(0.360, states[0].Training.Accuracy, Near);
        Assert.Equal(1.099, states[0].Training.Loss, Near);
        Assert.Equal(0.400, states[100].Training.Accuracy, Near);
        Assert.Equal(1.087, states[100].Training.Loss, Near);
    }

    /// <summary>The same run in NumPy, all in float64 (references.py): a hundred steps of Adam agree in seven digits.</summary>
    [Fact]
    public void Adam_on_the_spiral_of_chapter_10_agrees_with_NumPy_in_double()
    {
        var data = Generate.Spiral(100, 3, seed: 0);
        var inputs = Matrix.Convert<float, double>(data.InputsOf([.. Enumerable.Range(0, data.Count)]));
        var trained = AdamAtEpoch100(InDouble(FromNnfs(Spiral, drawn: 300)), new DataSet<double>(inputs, data.Targets));
        Assert.Equal(0.6815813334738284, trained.Loss, 1e-7);
        Assert.Equal(0.68, trained.Accuracy, 1e-12);
    }

    /// <summary>
    /// In float32 the run is chaotic: when each first weight moves by one unit in the last place, NumPy's own loss at epoch 100 lies
    /// from 0.682 to 0.711 with mean 0.690 (references.py). The book's 0.684 with accuracy 0.713 is one number from that band.
    /// </summary>
    [Fact]
    public void Adam_on_the_spiral_of_chapter_10_lies_in_NumPys_band_in_float()
    {
        var data = Generate.Spiral(100, 3, seed: 0);
        var start = FromNnfs(Spiral, drawn: 300);
        var runs = Enumerable.Range(0, 32)
            .Select(seed => AdamAtEpoch100(start with { Parameters = Wobble(start.Parameters, new Key((ulong)seed)) }, data)).ToArray();
        Assert.All(runs, run => Assert.InRange(run.Loss, 0.65, 0.74));
        Assert.Equal(0.690, runs.Average(run => run.Loss), 0.01);
        Assert.Equal(0.694, runs.Average(run => run.Accuracy), 0.02);
        Assert.InRange(0.684, runs.Min(run => run.Loss), runs.Max(run => run.Loss));
        Assert.InRange(0.713, runs.Min(run => run.Accuracy), runs.Max(run => run.Accuracy));
    }

    /// <summary>Epoch 100 prints the rate of the update before it.</summary>
    [Fact]
    public void The_rate_of_epoch_100_is_the_printed_one() =>
        Assert.Equal(0.04999752512250644, new Adam(0.05) { Decay = 5e-7 }.RateAt(99));

    [Theory]
    [InlineData(100, 0.630, 0.674)]
    [InlineData(200, 0.625, 0.669)]
    [InlineData(300, 0.650, 0.664)]
    [InlineData(500, 0.675, 0.647)]
    public void The_binary_spiral_of_chapter_16_runs_as_printed(int epoch, double accuracy, double loss)
    {
        var trained = Chapter16.Value[epoch].Training;
        Assert.Equal(loss, trained.Loss, Near);
        Assert.Equal(accuracy, trained.Accuracy, 0.0051);
    }

    private static readonly Lazy<TrainingState<float>[]> Chapter16 = new(() =>
    {
        var penalty = Penalty.L2(5e-4);
        var network =
            new Network(2, [new Dense(64) { WeightPenalty = penalty, BiasPenalty = penalty }, new Relu(), new Dense(1), new Sigmoid()]);
        return [.. FromNnfs(network, drawn: 200).Train(new Adam(0.001) { Decay = 5e-7 })
            .Epochs(Generate.Spiral(100, 2, seed: 0).FullBatch(), new BinaryCrossEntropy()).Take(501)];
    });

    private static Metrics AdamAtEpoch100<T>(Model<T> model, DataSet<T> data)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> =>
        model.Train(new Adam(0.05) { Decay = 5e-7 }).Epochs(data.FullBatch(), new CategoricalCrossEntropy()).ElementAt(100).Training;

    private static Model<double> InDouble(Model<float> model) => new(
        model.Network,
        new ParameterVector<double>(model.Parameters.Layout, [.. model.Parameters.Values.ToArray().Select(w => (double)w)]),
        ParameterVector<double>.Zeros(model.Statistics.Layout));

    private static ParameterVector<float> Wobble(ParameterVector<float> parameters, Key key)
    {
        float[] values =
            [.. parameters.Values.ToArray()
                .Select((w, i) => w == 0 ? w : key.Uniform(i) < 0.5 ? MathF.BitIncrement(w) : MathF.BitDecrement(w))];
        return new ParameterVector<float>(parameters.Layout, values);
    }

    /// <summary>The weights that nnfs draws after so many normal numbers.</summary>
    private static Model<float> FromNnfs(Network network, int drawn)
    {
        var model = network.Initialize(0);
        foreach (var (layer, slot, _) in network.ParameterLayout.Placements.Where(placement => placement.Slot.Name == "weights"))
        {
            float[] weights = [.. NumPy.Normal(seed: 0, slot.Count, skip: drawn).Select(w => 0.01f * (float)w)];
            model = model.With(layer, slot.Name, Matrix.Create<float>(slot.Rows, slot.Columns, weights));
            drawn += slot.Count;
        }

        return model;
    }
}
