using FsCheck;
using FsCheck.Fluent;

namespace FunctionalNN.Tests;

/// <summary>One of each kind, as a user writes it, and a few in another form.</summary>
internal static class LibraryParts
{
    public static readonly Dictionary<string, Layer> Layers = With(new()
    {
        ["Dense"] = new Dense(5) { WeightPenalty = Penalty.L2(0.01) },
        ["BatchNormalization"] = new BatchNormalization(),
        ["LayerNormalization"] = new LayerNormalization(),
        ["Normalization"] = new Normalization(),
        ["Dropout"] = new Dropout(0.3),
        ["GaussianNoise"] = new GaussianNoise(0.1),
        ["Embedding"] = new Embedding(new EmbeddedColumn(1, 4, 3) { Name = "plan", TakesUnknown = true }, new EmbeddedColumn(0, 3, 2)),
        ["Relu"] = new Relu(),
        ["LeakyRelu"] = new LeakyRelu(),
        ["PRelu"] = new PRelu(),
        ["Elu"] = new Elu(),
        ["GraphActivation"] = new GraphActivation("Swish", FormulaGraph.Of(new Silu())),
        ["Selu"] = new Selu(),
        ["Gelu"] = new Gelu(),
        ["Silu"] = new Silu(),
        ["Softplus"] = new Softplus(),
        ["Tanh"] = new Tanh(),
        ["Sigmoid"] = new Sigmoid(),
        ["HardSigmoid"] = new HardSigmoid(),
        ["Softmax"] = new Softmax(),
        ["LogSoftmax"] = new LogSoftmax(),
        ["Linear"] = new Linear(),
        ["Sequence"] = new Sequence(new Dense(4), new Tanh(), new Dropout(0.5)),
        ["Residual"] = new Residual(new BatchNormalization(), new Silu()),
    }, LayerGenerators.Table, entry => entry.Any);

    public static readonly Dictionary<string, Loss> Losses = With(new()
    {
        ["MeanSquaredError"] = new MeanSquaredError(),
        ["MeanAbsoluteError"] = new MeanAbsoluteError(),
        ["Huber"] = new Huber(0.7),
        ["GraphLoss"] = new GraphLoss("Smooth", FormulaGraph.Of(new LogCosh())),
        ["LogCosh"] = new LogCosh(),
        ["Hinge"] = new Hinge(),
        ["SquaredHinge"] = new SquaredHinge(),
        ["CategoricalHinge"] = new CategoricalHinge(),
        ["Poisson"] = new Poisson(),
        ["Poisson of logarithms"] = new Poisson { FromLogarithms = true },
        ["KullbackLeibler"] = new KullbackLeibler(),
        ["NegativeLogLikelihood"] = new NegativeLogLikelihood(),
        ["CategoricalCrossEntropy"] = new CategoricalCrossEntropy(),
        ["CategoricalCrossEntropy of logits"] = new CategoricalCrossEntropy { FromLogits = true, LabelSmoothing = 0.1 },
        ["BinaryCrossEntropy"] = new BinaryCrossEntropy(),
        ["CategoricalFocalCrossEntropy"] = new CategoricalFocalCrossEntropy(),
        ["BinaryFocalCrossEntropy"] = new BinaryFocalCrossEntropy(),
    }, LossGenerators.Table, entry => entry.Select(objective => objective.Loss));

    public static readonly Dictionary<string, Optimizer> Optimizers = With(new()
    {
        ["Sgd"] = new Sgd(0.1),
        ["Sgd, momentum"] = new Sgd(0.05) { Momentum = 0.9, Nesterov = true },
        ["Adagrad"] = new Adagrad(),
        ["RmsProp"] = new RmsProp(0.01),
        ["Adadelta"] = new Adadelta(),
        ["Adam"] = new Adam(),
        ["AdamW"] = new AdamW(),
        ["NAdam"] = new NAdam(),
        ["Lion"] = new Lion(),
        ["Rprop"] = new Rprop(),
        ["ClipByValue"] = new Adam().ClipByValue(0.5),
        ["ClipByNorm"] = new Adam().ClipByNorm(1),
        ["ClipByGlobalNorm"] = new Sgd(0.1).ClipByGlobalNorm(1),
        ["GradientDecay"] = new Adam().DecayGradient(0.01),
        ["WeightDecay"] = new Lion().DecayWeights(0.1),
        ["Accumulate"] = new Adam().Accumulate(2),
        ["MovingAverage"] = new Adam().AverageWeights(0.9),
        ["Freeze"] = new Adam().Freeze("*.bias"),
        ["PerSlot"] = new Adam().For("*.bias", new Sgd(0.1)),
        ["ScaleRate"] = new Adam().ScaleRate(0.5),
        ["ReduceOnPlateau"] = new Adam().ReduceOnPlateau(0.5, 2) with { Metric = PlateauMetric.TrainingLoss },
    }, OptimizerGenerators.Table, entry => entry);

    /// <summary>The parts, and one of each kind that has none among them, as the generators draw it.</summary>
    private static Dictionary<string, TPart> With<TPart, TEntry>(Dictionary<string, TPart> parts,
        IReadOnlyDictionary<string, TEntry> table, Func<TEntry, Gen<TPart>> parse)
        where TPart : notnull
    {
        var known = parts.Values.Select(part => part.GetType().Name).ToHashSet();
        foreach (var (kind, entry) in table.Where(entry => !known.Contains(entry.Key)))
        {
            parts.Add(kind, parse(entry).Sample(1, new Rnd(1, 1), 10)[0]);
        }

        return parts;
    }
}
