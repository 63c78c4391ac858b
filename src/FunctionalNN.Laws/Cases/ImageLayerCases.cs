using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;

namespace FunctionalNN;

/// <summary>Networks with a layer of images first, behind a convolution or last, for the sizes of images that it takes.</summary>
internal sealed class ImageLayerCases : ILayerCases
{
    private const int Longest = 9;
    private const int MostChannels = 4;
    private readonly ImageLayer layer;
    private readonly ImmutableArray<ImageSize> sizes;

    /// <exception cref="ArgumentException">The layer takes no size.</exception>
    public ImageLayerCases(ImageLayer layer)
    {
        this.layer = layer;
        sizes = [.. from height in Enumerable.Range(1, Longest)
                    from width in Enumerable.Range(1, Longest)
                    from channels in Enumerable.Range(1, MostChannels)
                    let size = new ImageSize(height, width, channels)
                    where Network.Create(size, layer).IsSuccess
                    select size];
        if (sizes.IsEmpty)
        {
            throw new ArgumentException(
                $"{layer.Kind} takes no images of 1 to {Longest} pixels a side and 1 to {MostChannels} channels: "
                    + Network.Create(new ImageSize(Longest, Longest), layer).Match(
                        _ => "", errors => string.Join("; ", errors.Map(error => error.Message))));
        }
    }

    /// <inheritdoc/>
    public Gen<TrainingCase> Small(Gen<Roughness> roughness) =>
        from size in Gen.Elements<ImageSize>(sizes)
        from outputs in Gen.Choose(1, 3)
        from form in Gen.Choose(0, 3)
        from before in Gen.Choose(1, 3)
        let objective = Objective.Regression(form == 3 ? Outputs(size) : outputs)
        let network = form switch
        {
            0 => CaseGenerators.Network(size, [layer, .. objective.Ending]),
            1 => CaseGenerators.Network(size with { Channels = before }, [new Convolution(size.Channels, 1), layer, .. objective.Ending]),
            2 => CaseGenerators.Network(size, [layer, new Tanh(), new Flatten(), .. objective.Ending]),
            _ => CaseGenerators.Network(size, [layer]),
        }
        from result in CaseGenerators.Around(network, objective, CaseGenerators.AnyDescent, roughness, CaseGenerators.Rows(2, 8, layer))
        select result;

    /// <inheritdoc/>
    public Gen<TrainingCase> Large() =>
        from size in Gen.Elements<ImageSize>([.. sizes.OrderByDescending(size => size.Count).Take(3)])
        let objective = Objective.Regression(1)
        let network = CaseGenerators.Network(size with { Channels = 2 }, [new Convolution(size.Channels, 1), layer, .. objective.Ending])
        from result in CaseGenerators.Around(network, objective, CaseGenerators.AnyDescent, CaseGenerators.Plain, Gen.Choose(260, 340))
        select result with { BatchSize = result.Data.Rows, Epochs = 1 };

    /// <inheritdoc/>
    public Gen<TrainingCase> Extreme(double largest) =>
        from size in Gen.Elements<ImageSize>(sizes)
        let objective = Objective.Regression(1)
        let network = CaseGenerators.Network(size, [layer, .. objective.Ending])
        from result in CaseGenerators.Around(network, objective, Gen.Constant<Optimizer>(new Sgd(1e-9)), CaseGenerators.Rough,
            CaseGenerators.Rows(2, 8, layer))
        select result with { Data = result.Data with { Scale = largest } };

    /// <inheritdoc/>
    public IEnumerable<TrainingCase> Simpler(TrainingCase run) =>
        new CaseShrinker(other => other.Equals(layer) ? [] : CaseGenerators.Narrower(other), new Sgd(0.1)).Simpler(run)
            .Where(simpler => simpler.Network.Layers.Contains(layer));

    private int Outputs(ImageSize size) => Network.Create(size, layer).Match(network => network.Outputs, _ => 1);
}
