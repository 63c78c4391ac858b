using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;

namespace FunctionalNN;

/// <summary>Random training runs around a layer, a loss or an optimizer.</summary>
internal static class CaseGenerators
{
    private static readonly int[] ThreadCounts = [1, 2, 3, 8];
    private static readonly Optimizer[] Descents = [new Sgd(0.1), new Sgd(0.05) { Momentum = 0.9 }, new Adam(0.01)];

    /// <summary>Numbers among which differences can be taken.</summary>
    public static Gen<Roughness> Plain { get; } = Gen.Constant(Roughness.Plain);

    /// <summary>Zeros, tiny and large numbers too.</summary>
    public static Gen<Roughness> Rough { get; } = Gen.Elements(Roughness.Plain, Roughness.Rough);

    /// <summary>Optimizers for laws about something else.</summary>
    public static Gen<Optimizer> AnyDescent { get; } = Gen.Elements(Descents);

    /// <summary>A network as it is, on data for its loss.</summary>
    public static Gen<TrainingCase> Around(Network network, Objective objective, Gen<Optimizer> optimizers, Gen<Roughness> roughness,
        Gen<int> rowCounts, int maxEpochs = 2) =>
        from rows in rowCounts
        from rough in roughness
        from dataSeed in Gen.Choose(0, 1000)
        from wanted in Gen.Choose(1, rows)
        from shuffled in Gen.Elements(true, false)
        from epochs in Gen.Choose(1, maxEpochs)
        from seed in Gen.Choose(0, int.MaxValue)
        from threads in Gen.Elements(ThreadCounts)
        from optimizer in optimizers
        let data = new DataShape(rows, network.Inputs, objective.Targets, objective.Outputs, rough, dataSeed)
        select new TrainingCase(network, objective.Loss, optimizer, data, BatchSizeFrom(wanted, rows, network), shuffled, epochs, seed,
            threads);

    /// <summary>Layers one after the other, checked.</summary>
    public static Network Network(int inputs, params IEnumerable<Layer> layers) => new(inputs, [.. layers]);

    /// <summary>Layers on images, checked.</summary>
    public static Network Network(ImageSize image, params IEnumerable<Layer> layers) => new(image, [.. layers]);

    /// <summary>The next size that leaves no batch too small for the network; one batch of all rows always does.</summary>
    public static int BatchSizeFrom(int wanted, int rows, Network network)
    {
        var least = network.Layers.Max(layer => layer.MinRows);
        return Enumerable.Range(wanted, rows - wanted + 1).First(size => size >= least && (rows % size == 0 || rows % size >= least));
    }

    /// <summary>Rows for batches that a network takes.</summary>
    public static Gen<int> Rows(int least, int most, params IEnumerable<Layer> layers)
    {
        var needed = layers.Select(layer => layer.MinRows).Append(least).Max();
        return Gen.Choose(needed, Math.Max(needed, most));
    }

    /// <summary>Narrower dense layers; others stay as they are.</summary>
    public static IEnumerable<Layer> Narrower(Layer layer) => layer is Dense dense
        ? new[] { 1, dense.Outputs / 2, dense.Outputs - 1 }.Where(outputs => outputs >= 1 && outputs < dense.Outputs).Distinct()
            .Select(outputs => dense with { Outputs = outputs })
        : [];
}

/// <summary>A loss with what goes with it: how a network for it ends, and what its data answers.</summary>
internal sealed record Objective(Loss Loss, ImmutableArray<Layer> Ending, TargetKind Targets, int Outputs)
{
    /// <summary>What any layer can be tried under.</summary>
    public static Objective Regression(int outputs) => new(new MeanSquaredError(), [new Dense(outputs)], TargetKind.Reals, outputs);
}
