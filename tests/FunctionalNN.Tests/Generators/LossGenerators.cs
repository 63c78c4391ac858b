using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;

namespace FunctionalNN.Tests;

/// <summary>Every kind of loss. A new kind needs an entry in <see cref="Table"/>, or a law fails that names it.</summary>
public static class LossGenerators
{
    /// <summary>For each kind: losses of it, alone and as one with the last layer.</summary>
    internal static readonly ImmutableSortedDictionary<string, Gen<Objective>> Table = new Dictionary<Type, Gen<Objective>>
    {
        [typeof(CategoricalCrossEntropy)] =
            from outputs in Gen.Choose(2, 6)
            from form in Gen.Choose(0, 6)
            select form switch
            {
                4 => new Objective(new CategoricalCrossEntropy { FromLogits = true, LabelSmoothing = 0.1 }, [new Dense(outputs)],
                    TargetKind.Labels, outputs),
                5 => new Objective(new CategoricalCrossEntropy(), [new Dense(outputs), new Softmax()], TargetKind.Distributions, outputs),
                6 => new Objective(new CategoricalCrossEntropy { LabelSmoothing = 0.2 }, [new Dense(outputs), new Softmax(), new Linear()],
                    TargetKind.Distributions, outputs),
                0 => new Objective(new CategoricalCrossEntropy { FromLogits = true }, [new Dense(outputs)], TargetKind.Labels, outputs),
                1 => new Objective(new CategoricalCrossEntropy(), [new Dense(outputs), new Softmax(), new Linear()], TargetKind.Labels,
                    outputs),
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
        [typeof(Huber)] = Regression(new Huber(0.7)),
        [typeof(LogCosh)] = Regression(new LogCosh()),
        [typeof(GraphLoss)] = Gen.OneOf(OwnFormulas.Losses.Select(loss => Regression((GraphLoss)StoredFormula.Of(loss)!))),
        [typeof(Hinge)] = YesOrNo(new Hinge(), new Linear()),
        [typeof(SquaredHinge)] = YesOrNo(new SquaredHinge(), new Tanh()),
        [typeof(CategoricalHinge)] = OfClasses(TargetKind.Labels, (new CategoricalHinge(), null), (new CategoricalHinge(), new Tanh())),
        [typeof(Poisson)] =
            OfClasses(TargetKind.Counts, (new Poisson { FromLogarithms = true }, new Tanh()), (new Poisson(), new Softplus())),
        [typeof(KullbackLeibler)] = OfClasses(
            TargetKind.Distributions, (new KullbackLeibler { FromLogits = true }, null), (new KullbackLeibler(), new Softmax()),
            (new KullbackLeibler(), new Sequence(new Softmax()))),
        [typeof(NegativeLogLikelihood)] =
            OfClasses(TargetKind.Labels, (new NegativeLogLikelihood(), new LogSoftmax()),
                (new NegativeLogLikelihood(), new Sequence(new LogSoftmax()))),
        [typeof(CategoricalFocalCrossEntropy)] = OfClasses(
            TargetKind.Labels,
            (new CategoricalFocalCrossEntropy { FromLogits = true, Gamma = 0.5 }, null),
            (new CategoricalFocalCrossEntropy(), new Softmax()),
            (new CategoricalFocalCrossEntropy(), new Sequence(new Softmax()))),
        [typeof(BinaryFocalCrossEntropy)] = Gen.OneOf(
            YesOrNo(new BinaryFocalCrossEntropy { FromLogits = true, Alpha = 0.3 }, new Linear()),
            YesOrNo(new BinaryFocalCrossEntropy { Gamma = 0.5 }, new Sigmoid()),
            YesOrNo(new BinaryFocalCrossEntropy(), new Sequence(new Sigmoid()))),
    }.ToImmutableSortedDictionary(entry => entry.Key.Name, entry => entry.Value);

    internal static Gen<Objective> Any { get; } = Gen.OneOf(Table.Values);

    private static Gen<Objective> Regression(Loss loss) =>
        from outputs in Gen.Choose(1, 4)
        from form in Gen.Choose(0, 2)
        select new Objective(loss,
            form switch { 0 => [new Dense(outputs)], 1 => [new Dense(outputs), new Linear()], _ => [new Dense(outputs), new Sigmoid()] },
            TargetKind.Reals, outputs);

    private static Gen<Objective> YesOrNo(Loss loss, Layer last) =>
        from outputs in Gen.Choose(1, 4)
        select new Objective(loss, [new Dense(outputs), last], outputs == 1 ? TargetKind.Labels : TargetKind.Probabilities, outputs);

    private static Gen<Objective> OfClasses(TargetKind targets, params (Loss Loss, Layer? Last)[] forms) =>
        from outputs in Gen.Choose(2, 6)
        from form in Gen.Elements(forms)
        select new Objective(form.Loss, form.Last is null ? [new Dense(outputs)] : [new Dense(outputs), form.Last], targets, outputs);
}
