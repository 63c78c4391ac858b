using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>A network as a file tells of it, before it is checked.</summary>
internal sealed record NetworkOutline(int Inputs, ImmutableArray<Layer> Layers)
{
    /// <summary>What a network's file tells of it.</summary>
    public static NetworkOutline Of(Network network) => new(network.Inputs, network.Layers) { Image = network.Input.Image };

    /// <summary>The size of the images that it takes, where it takes some.</summary>
    public ImageSize? Image { get; init; }

    /// <summary>The shape of the input.</summary>
    public Shape Input => Image is { } image ? image : Inputs;
}

/// <summary>A training state as a file tells of it, beside its network and its numbers.</summary>
internal sealed record RunOutline(Optimizer Optimizer, Key Key, long Step, int Epoch, Metrics Training, string MomentKind,
    long MomentsSince, int MomentCount)
{
    public Loss? Objective { get; init; }

    /// <summary>Whether the state is at the end of an epoch, where that is not <see cref="IsUsuallyEpochEnd"/>.</summary>
    public bool? IsEpochEnd { get; init; }

    /// <summary>States of the sequence of epochs are at the end of one, unless they have diverged.</summary>
    public bool IsUsuallyEpochEnd => Epoch > 0 && Divergence is null;

    public Metrics? Validation { get; init; }

    public Divergence? Divergence { get; init; }

    public string? Stopped { get; init; }
}

/// <summary>What a file is.</summary>
/// <param name="Version">The version of the format.</param>
/// <param name="Library">The version of the library that wrote it.</param>
/// <param name="Content">A model, or a training state.</param>
internal sealed record FileStamp(int Version, string Library, string Content);

/// <summary>The parts of a file that are not numbers.</summary>
internal static class RunTerms
{
    public static ImmutableArray<Term> All { get; } =
    [
        Term.Record("Stamp", new FileStamp(0, "", ""))
            .With("version", stamp => stamp.Version, (stamp, value) => stamp with { Version = value })
            .With("library", stamp => stamp.Library, (stamp, value) => stamp with { Library = value })
            .With("content", stamp => stamp.Content, (stamp, value) => stamp with { Content = value }),
        Term.Record("Network", new NetworkOutline(0, []))
            .With("inputs", network => network.Inputs, (network, value) => network with { Inputs = value })
            .With("image", network => network.Image, (network, value) => network with { Image = value })
            .With("layers", network => network.Layers, (network, value) => network with { Layers = value }),
        Term.Record("Labels", new LabelOutline([])).With("names", labels => labels.Names, (labels, value) => labels with { Names = value }),
        Term.Record("Run", new RunOutline(Sgd.Blank, default, 0, 0, default, "", 0, 0))
            .With("optimizer", run => run.Optimizer, (run, value) => run with { Optimizer = value })
            .With("objective", run => run.Objective!, (run, value) => run with { Objective = value })
            .With("key", run => run.Key, (run, value) => run with { Key = value })
            .With("step", run => run.Step, (run, value) => run with { Step = value })
            .With("epoch", run => run.Epoch, (run, value) => run with { Epoch = value })
            .With("training", run => run.Training, (run, value) => run with { Training = value })
            .With("isEpochEnd", run => run.IsEpochEnd, (run, value) => run with { IsEpochEnd = value })
            .With("validation", run => run.Validation, (run, value) => run with { Validation = value })
            .With("divergence", run => run.Divergence!, (run, value) => run with { Divergence = value })
            .With("stopped", run => run.Stopped!, (run, value) => run with { Stopped = value })
            .With("momentKind", run => run.MomentKind, (run, value) => run with { MomentKind = value })
            .With("momentsSince", run => run.MomentsSince, (run, value) => run with { MomentsSince = value })
            .With("momentCount", run => run.MomentCount, (run, value) => run with { MomentCount = value }),
        Term.Record("Recipe", new Recipe(null, Sgd.Blank, new MeanSquaredError(), 1, false, [], "", null))
            .With("seed", recipe => recipe.Seed, (recipe, value) => recipe with { Seed = value })
            .With("optimizer", recipe => recipe.Optimizer, (recipe, value) => recipe with { Optimizer = value })
            .With("loss", recipe => recipe.Loss, (recipe, value) => recipe with { Loss = value })
            .With("batchSize", recipe => recipe.BatchSize, (recipe, value) => recipe with { BatchSize = value })
            .With("isShuffled", recipe => recipe.IsShuffled, (recipe, value) => recipe with { IsShuffled = value })
            .With("augmentations", recipe => recipe.Augmentations, (recipe, value) => recipe with { Augmentations = value })
            .With("window", recipe => recipe.Window, (recipe, value) => recipe with { Window = value })
            .With("dataHash", recipe => recipe.DataHash, (recipe, value) => recipe with { DataHash = value })
            .With("heldOutHash", recipe => recipe.HeldOutHash!, (recipe, value) => recipe with { HeldOutHash = value }),
        Term.Record("PlateauProgress", new PlateauProgress())
            .With("scale", progress => progress.Scale, (progress, value) => progress with { Scale = value })
            .With("best", progress => progress.Best, (progress, value) => progress with { Best = value })
            .With("stale", progress => progress.Stale, (progress, value) => progress with { Stale = value })
            .With("cooling", progress => progress.Cooling, (progress, value) => progress with { Cooling = value }),
        Term.Record("Metrics", default(Metrics))
            .With("rows", metrics => metrics.Rows, (metrics, value) => metrics with { Rows = value })
            .With("lossSum", metrics => metrics.LossSum, (metrics, value) => metrics with { LossSum = value })
            .With("penaltySum", metrics => metrics.PenaltySum, (metrics, value) => metrics with { PenaltySum = value })
            .With("correct", metrics => metrics.Correct, (metrics, value) => metrics with { Correct = value })
            .With("judged", metrics => metrics.Predictions, (metrics, value) => metrics with { Predictions = value }),
        Term.Record("Divergence", new Divergence(0, "", "", 0, 0))
            .With("step", divergence => divergence.Step, (divergence, value) => divergence with { Step = value })
            .With("layer", divergence => divergence.Layer, (divergence, value) => divergence with { Layer = value })
            .With("quantity", divergence => divergence.Quantity, (divergence, value) => divergence with { Quantity = value })
            .With("position", divergence => divergence.Position, (divergence, value) => divergence with { Position = value })
            .With("value", divergence => divergence.Value, (divergence, value) => divergence with { Value = value })
            .With("rows", divergence => divergence.Rows, (divergence, value) => divergence with { Rows = value }),
    ];
}

/// <summary>The names of the classes.</summary>
internal sealed record LabelOutline(ImmutableArray<string> Names);
