using Xunit.Abstractions;

namespace FunctionalNN.Tests;

/// <summary>
/// The ladder of "Neural Networks from Scratch", chapter 10: one network, 2-64-3 from 0.01·N(0, 1), on 300 points of a spiral in full
/// batches, 10 000 updates, each optimizer with the book's settings. Bands are for the accuracy in training, as the mean of six seeds:
/// single runs are far apart.
/// </summary>
[Trait("Duration", "Long")]
public class OptimizerLadderTests(ITestOutputHelper output)
{
    private static readonly Network Network = new(
        2, [new Dense(64) { WeightInitializer = Initializer.Normal(0.01) }, new Relu(),
            new Dense(3) { WeightInitializer = Initializer.Normal(0.01) }, new Softmax()]);

    private static readonly DataSet<float> Spiral = Generate.Spiral(samples: 100, classes: 3, seed: 0);

    /// <summary>The least and the greatest mean over six seeds, and what one run of another implementation reached.</summary>
    public static TheoryData<string, Optimizer, double, double, double> Rungs => new()
    {
        { "descent", new Sgd(1), 0.62, 0.82, 0.61 },
        { "decay", new Sgd(1) { Decay = 1e-3 }, 0.64, 0.74, 0.68 },
        { "momentum 0.5", new Sgd(1) { Decay = 1e-3, Momentum = 0.5 }, 0.76, 0.89, 0.797 },
        { "momentum 0.9", new Sgd(1) { Decay = 1e-3, Momentum = 0.9 }, 0.70, 0.95, 0.727 },
        { "Adagrad", Adagrad.Like(Dialect.Book) with { Decay = 1e-4 }, 0.70, 0.90, 0.863 },
        { "RMSprop", RmsProp.Like(Dialect.Book) with { LearningRate = 0.02, Decay = 1e-5, Rho = 0.999 }, 0.75, 0.92, 0.887 },
        { "Adam", Adam.Like(Dialect.Book) with { LearningRate = 0.02, Decay = 1e-5 }, 0.92, 0.98, 0.963 },
    };

    [Theory]
    [MemberData(nameof(Rungs))]
    public void Each_rung_reaches_its_band(string rung, Optimizer optimizer, double least, double most, double measured)
    {
        var accuracies = Enumerable.Range(0, 6).Select(seed => Trained(optimizer, seed)).ToArray();
        output.WriteLine(
            $"{rung}: {string.Join(" ", accuracies.Select(accuracy => $"{accuracy:F3}"))}, mean {accuracies.Average():F3}; measured "
                + $"elsewhere {measured}");
        Assert.InRange(accuracies.Average(), least, most);
        Assert.InRange(measured, accuracies.Min() - 0.02, accuracies.Max() + 0.02);
    }

    private static double Trained(Optimizer optimizer, int seed) =>
        Network.Initialize(seed).Train(optimizer).Epochs(Spiral.FullBatch(), new CategoricalCrossEntropy(), Parallelism.None)
            .ElementAt(9_999).Training.Accuracy;
}
