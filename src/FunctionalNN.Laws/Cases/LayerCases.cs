using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>Networks with a layer first, in the middle or last, of the widths that it takes.</summary>
internal sealed class LayerCases
{
    private const int Widest = 1024;
    private readonly Layer layer;
    private readonly ImmutableArray<Shape> small;
    private readonly ImmutableArray<Shape> large;

    /// <exception cref="ArgumentException">The layer takes no width, or no images.</exception>
    public LayerCases(Layer layer)
    {
        this.layer = layer;
        ImmutableArray<Shape> taken = [.. Tried(layer).Where(shape => Of(shape, layer).IsSuccess)];
        if (taken.IsEmpty)
        {
            throw new ArgumentException(
                $"{layer.Kind} takes no {(layer is ImageLayer ? "images of 1 × 1 to 24 × 24" : $"width from 1 to {Widest}")}: "
                    + $"{string.Join("; ", Of(Tried(layer).First(), layer).Match(_ => [], errors => errors.Map(error => error.Message)))}");
        }

        var few = layer is ImageLayer ? 60 : 9;
        small = [.. taken.Where(shape => shape.Width <= few).DefaultIfEmpty(taken[0])];
        large = [.. taken.Where(shape => shape.Width is > 240 and <= 330).DefaultIfEmpty(taken[^1])];
    }

    /// <summary>Small networks.</summary>
    public Gen<TrainingCase> Small(Gen<Roughness> roughness) =>
        from shape in Gen.Elements<Shape>(small)
        from outputs in Gen.Choose(1, 3)
        from form in Gen.Choose(0, 3)
        let objective = Objective.Regression(form == 3 ? Of(shape, layer).Match(plan => plan.Outputs, _ => shape.Width) : outputs)
        from inputs in Gen.Choose(1, 5)
        let network = form switch
        {
            0 => CaseGenerators.Network(shape, [layer, .. objective.Ending]),
            1 => Behind(inputs, shape, [layer, .. objective.Ending]),
            2 => Behind(inputs, shape, [layer, new Dense(3), new Tanh(), .. objective.Ending]),
            _ => Behind(inputs, shape, [layer]),
        }
        from result in CaseGenerators.Around(network, objective, CaseGenerators.AnyDescent, roughness, CaseGenerators.Rows(2, 8, layer))
        select result;

    /// <summary>A layer so wide, and batches so large, that the work is cut into parts for several threads.</summary>
    public Gen<TrainingCase> Large() =>
        from shape in Gen.Elements<Shape>(large)
        let objective = Objective.Regression(1)
        let network = Behind(3, shape, [layer, .. objective.Ending])
        from result in CaseGenerators.Around(network, objective, CaseGenerators.AnyDescent, CaseGenerators.Plain, Gen.Choose(260, 340))
        select result with { BatchSize = result.Data.Rows, Epochs = 1 };

    /// <summary>Large numbers come in.</summary>
    public Gen<TrainingCase> Extreme(double largest) =>
        from shape in Gen.Elements<Shape>(small)
        let objective = Objective.Regression(1)
        from dense in Gen.Elements(true, false)
        let network = dense
            ? Behind(shape.Image?.Channels ?? shape.Width, shape, [layer, .. objective.Ending])
            : CaseGenerators.Network(shape, [layer, .. objective.Ending])
        from result in CaseGenerators.Around(network, objective, Gen.Constant<Optimizer>(new Sgd(1e-9)), CaseGenerators.Rough,
            CaseGenerators.Rows(2, 8, layer))
        select result with { Data = result.Data with { Scale = largest } };

    /// <summary>Simpler cases with the layer still in them.</summary>
    public IEnumerable<TrainingCase> Simpler(TrainingCase run) =>
        new CaseShrinker(other => other.Equals(layer) ? [] : CaseGenerators.Narrower(other), new Sgd(0.1)).Simpler(run)
            .Where(simpler => simpler.Network.Layers.Contains(layer));

    private static IEnumerable<Shape> Tried(Layer layer) => layer is ImageLayer
        ? from side in Enumerable.Range(1, 24)
          from height in new[] { side, side + 1 }
          from channels in Enumerable.Range(1, 4)
          select new Shape(new ImageSize(height, side, channels))
        : Enumerable.Range(1, Widest).Select(width => new Shape(width));

    private static Validation<Error, Network> Of(Shape shape, Layer layer) =>
        shape.Image is { } image ? Network.Create(image, layer) : Network.Create(shape.Width, layer);

    /// <summary>A layer that makes the shape, and those behind it. Images are made of images with as many channels as inputs are asked
    /// for.</summary>
    private static Network Behind(int inputs, Shape shape, IEnumerable<Layer> layers) => shape.Image is { } image
        ? CaseGenerators.Network(image with { Channels = inputs }, [new Convolution(image.Channels, 1), .. layers])
        : CaseGenerators.Network(inputs, [new Dense(shape.Width), .. layers]);
}
