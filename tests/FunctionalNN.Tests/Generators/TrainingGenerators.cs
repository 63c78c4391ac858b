using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;

namespace FunctionalNN.Tests;

/// <summary>Random training runs: depth 1 … 6, width 1 … 40, every layer, loss and optimizer.</summary>
public static class TrainingGenerators
{
    /// <summary>Any run.</summary>
    public static Gen<TrainingCase> Any { get; } =
        Of(Gen.Elements(Roughness.Plain, Roughness.Plain, Roughness.Rough, Roughness.Wild), LossGenerators.Any);

    /// <summary>A run on numbers among which differences can be taken.</summary>
    public static Gen<TrainingCase> Tame { get; } = Of(Gen.Elements(Roughness.Plain, Roughness.Rough), LossGenerators.Any);

    /// <summary>For FsCheck.</summary>
    public static Arbitrary<TrainingCase> TrainingCase() => Arb.From(Any, TrainingShrinker.Simpler);

    /// <summary>A run with a layer of one kind in the middle and a loss of another.</summary>
    internal static Gen<TrainingCase> With(LayerEntry layer, Gen<Objective> losses) =>
        layer.Type.IsAssignableTo(typeof(ImageLayer))
            ? ImageLayerGenerators.With(layer, losses)
                .SelectMany(made => Around(made.Network, made.Objective, Gen.Constant(Roughness.Plain), Gen.Choose(3, 8)))
            : WithRows(layer, losses);

    private static Gen<TrainingCase> WithRows(LayerEntry layer, Gen<Objective> losses) =>
        from objective in losses
        from inputs in Gen.Choose(2, 6)
        from before in Gen.Choose(2, 6)
        from middle in LayerGenerators.Of(layer, before)
        from after in Gen.Elements<ImmutableArray<Layer>>([], [new Dense(3)], [new Dense(4), new Sigmoid()])
        let network = new Network(inputs, [new Dense(before), middle, .. after, .. objective.Ending])
        from result in Around(network, objective, Gen.Constant(Roughness.Plain), Gen.Choose(3, 8))
        select result;

    private static Gen<TrainingCase> Of(Gen<Roughness> roughness, Gen<Objective> losses) =>
        from objective in losses
        from inputs in LayerGenerators.Widths
        from depth in Gen.Choose(0, 6 - objective.Ending.Length)
        from body in Body(inputs, depth)
        from result in Around(new Network(inputs, [.. body, .. objective.Ending]), objective, roughness, Gen.Choose(2, 40))
        select result;

    private static Gen<ImmutableList<Layer>> Body(int inputs, int depth) =>
        depth == 0
            ? Gen.Constant(ImmutableList<Layer>.Empty)
            : from layer in LayerGenerators.Any(inputs)
              from rest in Body(layer.Width(inputs).OrThrow(), depth - 1)
              select rest.Insert(0, layer);

    private static Gen<TrainingCase> Around(Network network, Objective objective, Gen<Roughness> roughness, Gen<int> rowCounts) =>
        CaseGenerators.Around(network, objective, OptimizerGenerators.Any, roughness, rowCounts, maxEpochs: 3);
}
