using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;

namespace FunctionalNN.Tests;

/// <summary>A loss with what goes with it: how a network for it ends, and what its data answers.</summary>
public sealed record Objective(Loss Loss, ImmutableArray<Layer> Ending, TargetKind Targets, int Outputs);

/// <summary>Every kind of loss. A new kind needs an entry in <see cref="Table"/>, or a law fails that names it.</summary>
public static class LossGenerators
{
    /// <summary>For each kind: losses of it, alone and as one with the last layer.</summary>
    public static readonly ImmutableSortedDictionary<string, Gen<Objective>> Table = new Dictionary<Type, Gen<Objective>>
    {
        [typeof(CategoricalCrossEntropy)] =
            from outputs in Gen.Choose(2, 6)
            from form in Gen.Choose(0, 3)
            select form switch
            {
                0 => new Objective(new CategoricalCrossEntropy { FromLogits = true }, [new Dense(outputs)], TargetKind.Labels, outputs),
                1 => new Objective(new CategoricalCrossEntropy(), [new Dense(outputs), new Softmax(), new Linear()], TargetKind.Labels, outputs),
                2 => new Objective(new CategoricalCrossEntropy(), [new Dense(outputs), new Sigmoid()], TargetKind.Labels, outputs),
                _ => new Objective(new CategoricalCrossEntropy(), [new Dense(outputs), new Softmax()], TargetKind.Labels, outputs),
            },
        [typeof(BinaryCrossEntropy)] =
            from outputs in Gen.Choose(1, 4)
            from form in Gen.Choose(0, 2)
            let targets = outputs == 1 ? TargetKind.Labels : TargetKind.Probabilities
            select form switch
            {
                0 => new Objective(new BinaryCrossEntropy { FromLogits = true }, [new Dense(outputs)], targets, outputs),
                1 => new Objective(new BinaryCrossEntropy(), [new Dense(outputs), new Sigmoid(), new Linear()], targets, outputs),
                _ => new Objective(new BinaryCrossEntropy(), [new Dense(outputs), new Sigmoid()], targets, outputs),
            },
        [typeof(MeanSquaredError)] = Regression(new MeanSquaredError()),
        [typeof(MeanAbsoluteError)] = Regression(new MeanAbsoluteError()),
    }.ToImmutableSortedDictionary(entry => entry.Key.Name, entry => entry.Value);

    public static Gen<Objective> Any { get; } = Gen.OneOf(Table.Values);

    private static Gen<Objective> Regression(Loss loss) =>
        from outputs in Gen.Choose(1, 4)
        from form in Gen.Choose(0, 2)
        select new Objective(loss, form switch { 0 => [new Dense(outputs)], 1 => [new Dense(outputs), new Linear()], _ => [new Dense(outputs), new Sigmoid()] }, TargetKind.Reals, outputs);
}
