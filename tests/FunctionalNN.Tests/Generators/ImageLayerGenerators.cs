using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;

namespace FunctionalNN.Tests;

/// <summary>Every kind of layer of images, and networks around one.</summary>
internal static class ImageLayerGenerators
{
    private const int Longest = 6;

    /// <summary>The entries of <see cref="LayerGenerators.Table"/>.</summary>
    public static ImmutableArray<LayerEntry> Entries { get; } =
    [
        LayerEntry.Of(
            from channels in Gen.Choose(1, 4)
            from layer in ImageCases.Convolutions(channels)
            from initializer in InitializerGenerators.Any
            from biasInitializer in InitializerGenerators.Any
            from weightPenalty in PenaltyGenerators.Any
            from biasPenalty in PenaltyGenerators.Any
            where Sizes(layer).Length > 0
            select layer with
            {
                WeightInitializer = initializer, BiasInitializer = biasInitializer, WeightPenalty = weightPenalty,
                BiasPenalty = biasPenalty,
            },
            layer =>
            [
                new Convolution(1, 1), layer with { Groups = 1 }, layer with { Dilation = 1 }, layer with { Stride = 1 },
                layer with { Padding = Padding.Same }, layer with { WeightPenalty = Penalty.None },
                layer with { BiasPenalty = Penalty.None },
            ]),
        LayerEntry.Of(
            ImageCases.Poolings.Where(layer => layer is MaxPooling).Select(layer => (MaxPooling)layer),
            layer => [new MaxPooling(1), layer with { Stride = 1 }, layer with { Padding = Padding.Same }]),
        LayerEntry.Of(
            ImageCases.Poolings.Where(layer => layer is AveragePooling).Select(layer => (AveragePooling)layer),
            layer => [new AveragePooling(1), layer with { Stride = 1 }, layer with { CountsPadding = false }]),
        LayerEntry.Of(new GlobalAveragePooling()),
        LayerEntry.Of(new Flatten()),
        LayerEntry.Of(Gen.Elements(0, 0.1, 0.5).Select(rate => new SpatialDropout(rate)), _ => [new SpatialDropout(0)]),
        LayerEntry.Of(Gen.Choose(1, 3).Select(factor => new Upsampling(factor)), _ => [new Upsampling(1)]),
    ];

    /// <summary>A run with a layer of images behind a convolution and under a loss.</summary>
    public static Gen<(Network Network, Objective Objective)> With(LayerEntry entry, Gen<Objective> losses) =>
        from objective in losses
        from layer in entry.Any
        where Sizes(layer).Length > 0
        from size in Gen.Elements<ImageSize>(Sizes(layer))
        from before in Gen.Choose(1, 3)
        from after in Gen.Elements<ImmutableArray<Layer>>([], [new Tanh()], [new Dense(4), new Sigmoid()])
        select (new Network(size with { Channels = before }, [new Convolution(size.Channels, 1), layer, .. after, .. objective.Ending]),
            objective);

    /// <summary>The small images that a layer takes.</summary>
    private static ImmutableArray<ImageSize> Sizes(Layer layer) =>
        [.. from height in Enumerable.Range(1, Longest)
            from width in Enumerable.Range(1, Longest)
            from channels in Enumerable.Range(1, 4)
            let size = new ImageSize(height, width, channels)
            where Network.Create(size, layer).IsSuccess
            select size];
}
