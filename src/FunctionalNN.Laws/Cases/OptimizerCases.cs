using FsCheck;
using FsCheck.Fluent;

namespace FunctionalNN;

/// <summary>Small regressions, and vectors large enough for several threads, under one optimizer.</summary>
internal sealed class OptimizerCases(Optimizer optimizer)
{
    /// <summary>Small networks with weights, biases, scales and shifts.</summary>
    public Gen<TrainingCase> Small(Gen<Roughness> roughness) =>
        from outputs in Gen.Choose(1, 3)
        let objective = Objective.Regression(outputs)
        from inputs in Gen.Choose(1, 5)
        from hidden in Gen.Choose(1, 6)
        let network = CaseGenerators.Network(inputs, [new Dense(hidden), new BatchNormalization(), new Tanh(), .. objective.Ending])
        from result in CaseGenerators.Around(network, objective, Gen.Constant(optimizer), roughness, Gen.Choose(2, 8))
        select result;

    /// <summary>So many parameters that they are cut into parts for up to eight threads.</summary>
    public Gen<TrainingCase> Large() =>
        from hidden in Gen.Choose(420, 520)
        let objective = Objective.Regression(1)
        let network = CaseGenerators.Network(190, [new Dense(hidden), new BatchNormalization(), .. objective.Ending])
        from result in CaseGenerators.Around(network, objective, Gen.Constant(optimizer), CaseGenerators.Plain, Gen.Choose(4, 6))
        select result with { BatchSize = 2, Data = result.Data with { Rows = 4 }, Epochs = 1 };

    /// <summary>Simpler cases under the same optimizer.</summary>
    public IEnumerable<TrainingCase> Simpler(TrainingCase run) => new CaseShrinker(CaseGenerators.Narrower, optimizer).Simpler(run);
}
