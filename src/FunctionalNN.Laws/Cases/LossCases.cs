using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;

namespace FunctionalNN;

/// <summary>Networks that end as a loss asks, on every kind of targets that its <see cref="Loss.Fits"/> accepts.</summary>
internal sealed class LossCases
{
    private static readonly ImmutableArray<Layer?> Lasts =
        [null, new Softmax(), new Sigmoid(), new Softplus(), new LogSoftmax(), new Tanh()];
    private readonly Loss loss;
    private readonly ImmutableArray<Objective> objectives;

    /// <exception cref="ArgumentException">The loss accepts nothing.</exception>
    public LossCases(Loss loss)
    {
        this.loss = loss;
        objectives =
        [
            .. from outputs in Enumerable.Range(1, 4)
               from last in Lasts
               where last is null || last.Width(outputs).IsSuccess
               from targets in Enum.GetValues<TargetKind>()
               let objective = new Objective(loss, last is null ? [new Dense(outputs)] : [new Dense(outputs), last], targets, outputs)
               where Enumerable.Range(0, 3).All(seed => Case(objective, seed).IsValid)
               select objective,
        ];
        if (objectives.IsEmpty)
        {
            throw new ArgumentException(
                $"{loss.Kind} accepts none of the targets that the laws know ({string.Join(", ", Enum.GetNames<TargetKind>())}) under any "
                    + $"of the endings {string.Join(", ", Lasts.Select(last => last?.Kind ?? "Dense"))}: {Refusal()}");
        }
    }

    /// <summary>Small networks.</summary>
    public Gen<TrainingCase> Small(Gen<Roughness> roughness) =>
        from objective in Gen.Elements<Objective>(objectives)
        from inputs in Gen.Choose(1, 5)
        from hidden in Gen.Choose(1, 5)
        let network = CaseGenerators.Network(inputs, [new Dense(hidden), new Tanh(), .. objective.Ending])
        from result in CaseGenerators.Around(network, objective, CaseGenerators.AnyDescent, roughness, Gen.Choose(2, 8))
        where result.IsValid
        select result;

    /// <summary>So many rows that they are cut into parts for several threads.</summary>
    public Gen<TrainingCase> Large() =>
        from objective in Gen.Elements<Objective>(objectives)
        let network = CaseGenerators.Network(3, [.. objective.Ending])
        from result in CaseGenerators.Around(network, objective, CaseGenerators.AnyDescent, CaseGenerators.Plain, Gen.Choose(9000, 12000))
        where result.IsValid
        select result with { BatchSize = result.Data.Rows, Epochs = 1 };

    /// <summary>Large numbers come in where the network ends: to the loss itself, or to the layer before it.</summary>
    public Gen<TrainingCase> Extreme(double largest) =>
        from objective in Gen.Elements<Objective>(objectives)
        let network = CaseGenerators.Network(objective.Outputs, [new Dense(objective.Outputs), .. objective.Ending[1..]])
        from result in CaseGenerators.Around(network, objective, Gen.Constant<Optimizer>(new Sgd(1e-9)), CaseGenerators.Rough,
            Gen.Choose(2, 8))
        where result.IsValid
        select result with { Data = result.Data with { Scale = largest } };

    /// <summary>Cases whose last layer the loss absorbs; null when it absorbs none.</summary>
    public Gen<TrainingCase>? Absorbed()
    {
        ImmutableArray<Objective> absorbed = [.. objectives.Where(objective => loss.Fuse(objective.Ending[^1]) is not null)];
        return absorbed.IsEmpty
            ? null
            : from objective in Gen.Elements<Objective>(absorbed)
              from inputs in Gen.Choose(1, 5)
              from result in CaseGenerators.Around(
                  CaseGenerators.Network(inputs, [.. objective.Ending]), objective, CaseGenerators.AnyDescent, CaseGenerators.Plain,
                  Gen.Choose(2, 8))
              where result.IsValid
              select result;
    }

    /// <summary>Simpler cases; their targets stay as wide as they are.</summary>
    public static IEnumerable<TrainingCase> Simpler(TrainingCase run) =>
        new CaseShrinker(CaseGenerators.Narrower, new Sgd(0.1)).Simpler(run)
            .Where(simpler => simpler.Network.Outputs == run.Network.Outputs);

    private string Refusal() =>
        string.Join("; ",
            loss.Fits(1, OutputRange.Any, Case(new Objective(loss, [new Dense(1)], TargetKind.Reals, 1), 0).Data.Create<double>().Targets)
        .Match(_ => [], errors => errors.Map(error => error.Message)));

    private static TrainingCase Case(Objective objective, int seed) => new(
        CaseGenerators.Network(2, [.. objective.Ending]), objective.Loss, new Sgd(0.1),
        new DataShape(12, 2, objective.Targets, objective.Outputs, Roughness.Plain, seed), 12, false, 1, seed, 1);
}
