namespace FunctionalNN.Tests;

/// <summary>One optimizer of every kind and form, with settings that train a small network.</summary>
internal static class AllOptimizers
{
    public static readonly Dictionary<string, Optimizer> Table = new()
    {
        ["Sgd"] = new Sgd(0.2),
        ["Sgd, velocity"] = new Sgd(0.05) { Momentum = 0.9 },
        ["Sgd, accumulated"] = new Sgd(0.05) { Momentum = 0.9, Form = MomentumForm.Accumulated },
        ["Sgd, average"] = new Sgd(0.3) { Momentum = 0.8, Form = MomentumForm.Average },
        ["Sgd, Nesterov"] = new Sgd(0.05) { Momentum = 0.9, Nesterov = true },
        ["Adagrad"] = new Adagrad(0.1),
        ["RmsProp"] = new RmsProp(0.01),
        ["RmsProp, centred, momentum"] = new RmsProp(0.003) { Centered = true, Momentum = 0.8, Form = MomentumForm.Accumulated },
        ["Adadelta"] = new Adadelta(5),
        ["Adam"] = new Adam(0.02),
        ["Adam, AMSGrad"] = new Adam(0.02) { AmsGrad = true },
        ["AdamW"] = new AdamW(0.02) { Exempt = "*.bias" },
        ["NAdam"] = new NAdam(0.02),
        ["Lion"] = new Lion(0.01),
        ["Rprop"] = new Rprop(0.01),
        ["from a function"] = Optimizer.Of("own", 0.05, u => u with
        {
            Parameter = u.Parameter - (u.Rate * ((0.9 * u.First) + u.Gradient)),
            First = (0.9 * u.First) + u.Gradient,
        }),
        ["ClipByValue"] = new Adam(0.02).ClipByValue(0.01),
        ["ClipByNorm"] = new Sgd(0.2).ClipByNorm(0.1),
        ["ClipByGlobalNorm"] = new Sgd(0.2) { Momentum = 0.5 }.ClipByGlobalNorm(0.2),
        ["GradientDecay"] = new Adam(0.02).DecayGradient(1e-3, Slots.BiasesAndScales),
        ["WeightDecay"] = new RmsProp(0.01).DecayWeights(0.01, Slots.BiasesAndScales),
        ["Accumulate"] = new Adam(0.05).Accumulate(2),
        ["MovingAverage"] = new Adam(0.02).AverageWeights(0.9),
        ["Freeze"] = new Adam(0.02).Freeze("dense2.bias"),
        ["PerSlot"] = new Adam(0.02).For("*.bias", new Sgd(0.1) { Momentum = 0.9 }),
        ["ScaleRate"] = new Adam(0.2).ScaleRate(0.1),
        ["ReduceOnPlateau"] = new Adam(0.02).ReduceOnPlateau() with { Metric = PlateauMetric.TrainingLoss, Patience = 1 },
        ["many"] = new Adam(new LinearWarmUp(0.02, 5)).DecayWeights(0.01).For("dense1", new Adam(0.01)).ClipByGlobalNorm(1).AverageWeights()
            .Accumulate(3),
    };

    public static TheoryData<string> Names => [.. Table.Keys];

    /// <summary>A network with γ and β, on three clusters.</summary>
    public static TrainingState<T> Start<T>(Optimizer optimizer)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> =>
        new Network(2, [new Dense(16), new BatchNormalization(), new Relu(), new Dense(3), new Softmax()]).Initialize<T>(3)
            .Train(optimizer, 4);
}
