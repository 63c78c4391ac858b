namespace FunctionalNN.Tests;

/// <summary>Small runs and models to draw, made once.</summary>
internal static class FigureSamples
{
    public static readonly DataSet<float> Spiral = Generate.Spiral(samples: 60, classes: 3, seed: 0);

    public static readonly DataSet<float> HeldOut = Generate.Spiral(samples: 30, classes: 3, seed: 1);

    public static readonly CategoricalCrossEntropy Loss = new();

    public static readonly TrainingState<float> Start =
        new Network(2, [new Dense(16) { WeightPenalty = Penalty.L2(1e-4) }, new Relu(), new Dense(3), new Softmax()]).Initialize(7)
            .Train(new Adam(0.02) { Decay = 1e-3 }, seed: 7);

    public static readonly TimeTravel<float> Past = new(Start, start => start.Epochs(Spiral.Shuffled(64), Loss).Validate(HeldOut));

    public static readonly DataSet<float> Sine = Generate.Sine(100);

    /// <summary>z = x·y over a square.</summary>
    public static readonly DataSet<float> HillData = new(
        Matrix.Create(100, 2, (row, column) => column == 0 ? (row % 10) - 4.5f : (row / 10) - 4.5f),
        new RealTargets<float>(Matrix.Create(100, 1, (row, _) => ((row % 10) - 4.5f) * ((row / 10) - 4.5f))));

    /// <summary>Pictures of 6 × 6 pixels with a bar: upright, level, slanting.</summary>
    public static readonly DataSet<float> Bars = new(
        Matrix.Create(60, 36, (row, pixel) => (row % 3) switch
        {
            0 => pixel % 6 == row / 3 % 6,
            1 => pixel / 6 == row / 3 % 6,
            _ => (pixel % 6) == ((pixel / 6) + (row / 3)) % 6,
        } ? 1f : 0f),
        new ClassLabels([.. Enumerable.Range(0, 60).Select(row => row % 3)], 3, "upright", "level", "slanting"));

    private static readonly Lazy<List<TrainingState<float>>> Run = new(() => [Start, .. Past.Run(Start).Take(1000)]);

    private static readonly Lazy<Model<float>> Regression = new(() => new Network(1, [new Dense(16), new Tanh(), new Dense(1)])
        .Initialize(1).Train(new Adam(0.01), seed: 1).Epochs(Sine.Shuffled(32), new MeanSquaredError()).Take(20).Last().Model);

    private static readonly Lazy<Model<float>> Hill = new(() => new Network(2, [new Dense(16), new Tanh(), new Dense(1)])
        .Initialize(1).Train(new Adam(0.01), seed: 1).Epochs(HillData.Shuffled(32), new MeanSquaredError()).Take(20).Last().Model);

    private static readonly Lazy<Model<float>> Reader = new(() => new Network(36, [new Dense(8), new Relu(), new Dense(3), new Softmax()])
        .Initialize(1).Train(new Adam(0.01), seed: 1).Epochs(Bars.Shuffled(16), Loss).Take(4).Last().Model);

    public static TrainingState<float> At(int epoch) => Run.Value[epoch];

    public static IEnumerable<TrainingState<float>> Until(int epoch) => Run.Value.Skip(1).Take(epoch);

    /// <summary>Every kind of figure, from the spiral's state after an epoch where it is of one.</summary>
    public static Figure Draw(string kind, int epoch) => kind switch
    {
        "regions" => Figure.DecisionRegions(At(epoch).Model, Spiral, resolution: 40),
        "probabilities" => Figure.ProbabilitySurfaces(At(epoch).Model, Spiral, resolution: 20),
        "curves" => Figure.LearningCurves(Until(epoch)),
        "runs" => Figure.LearningCurves(("one", Until(epoch)), ("half", Until(epoch / 2))),
        "weights" => Figure.WeightHistograms(At(epoch).Model),
        "activations" => Figure.ActivationHistograms(At(epoch).Model, Spiral),
        "gradients" => Figure.GradientHistograms(At(epoch).Model, Spiral, Loss),
        "network" => Figure.Diagram(Start.Model.Network),
        "model" => Figure.Diagram(At(epoch).Model),
        "confusion" => Figure.Confusion(Report(epoch).Confusion),
        "roc" => Figure.Roc(Report(epoch)),
        "precision" => Figure.PrecisionRecall(Report(epoch)),
        "calibration" => Figure.Reliability(Report(epoch).Calibration),
        "rate" => Figure.RateRange(LearningRateRange.Test(Start, Spiral.Shuffled(32), Loss)),
        "fit" => Figure.RegressionFit(Regression.Value, Sine),
        "truth" => Figure.RegressionFit(Hill.Value, HillData),
        "surface" => Figure.Surface(Hill.Value, HillData, resolution: 20),
        "first weights" => Figure.FirstWeights(Reader.Value, new ImageSize(6, 6)),
        "images" => Figure.Images(Reader.Value, Bars, new ImageSize(6, 6)),
        "saliency" => Figure.Saliency(Reader.Value, Bars, new ImageSize(6, 6), count: 4),
        "occlusion" => Figure.Occlusion(Reader.Value, Bars, new ImageSize(6, 6), count: 4, patch: 2),
        "mistakes" => Figure.Misclassified(Reader.Value, Bars, new ImageSize(6, 6)),
        "animation" =>
            Until(epoch).Where(state => state.Epoch % 20 == 0)
                .Animate(state => Figure.DecisionRegions(state.Model, Spiral, resolution: 20)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind),
    };

    private static ClassificationReport Report(int epoch) => ClassificationReport.Of(At(epoch).Model, HeldOut);
}
