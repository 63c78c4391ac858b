using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;

namespace FunctionalNN;

/// <summary>Networks with a layer first, in the middle or last, of the widths that it takes.</summary>
internal sealed class LayerCases : ILayerCases
{
    private const int Widest = 1024;
    private readonly Layer layer;
    private readonly ImmutableArray<int> small;
    private readonly ImmutableArray<int> large;

    /// <exception cref="ArgumentException">The layer takes no width.</exception>
    public LayerCases(Layer layer)
    {
        this.layer = layer;
        ImmutableArray<int> taken = [.. Enumerable.Range(1, Widest).Where(width => layer.Width(width).IsSuccess)];
        if (taken.IsEmpty)
        {
            throw new ArgumentException(
                $"{layer.Kind} takes no width from 1 to {Widest}: "
                    + $"{string.Join("; ", layer.Width(1).Match(_ => [], errors => errors.Map(error => error.Message)))}");
        }

        small = [.. taken.Where(width => width <= 9).DefaultIfEmpty(taken[0])];
        large = [.. taken.Where(width => width is > 240 and <= 330).DefaultIfEmpty(taken[^1])];
    }

    /// <inheritdoc/>
    public Gen<TrainingCase> Small(Gen<Roughness> roughness) =>
        from width in Gen.Elements<int>(small)
        from outputs in Gen.Choose(1, 3)
        from form in Gen.Choose(0, 3)
        let objective = Objective.Regression(form == 3 ? Outputs(width) : outputs)
        from inputs in Gen.Choose(1, 5)
        let network = form switch
        {
            0 => CaseGenerators.Network(width, [layer, .. objective.Ending]),
            1 => CaseGenerators.Network(inputs, [new Dense(width), layer, .. objective.Ending]),
            2 => CaseGenerators.Network(inputs, [new Dense(width), layer, new Dense(3), new Tanh(), .. objective.Ending]),
            _ => CaseGenerators.Network(inputs, [new Dense(width), layer]),
        }
        from result in CaseGenerators.Around(network, objective, CaseGenerators.AnyDescent, roughness, CaseGenerators.Rows(2, 8, layer))
        select result;

    /// <inheritdoc/>
    public Gen<TrainingCase> Large() =>
        from width in Gen.Elements<int>(large)
        let objective = Objective.Regression(1)
        let network = CaseGenerators.Network(3, [new Dense(width), layer, .. objective.Ending])
        from result in CaseGenerators.Around(network, objective, CaseGenerators.AnyDescent, CaseGenerators.Plain, Gen.Choose(260, 340))
        select result with { BatchSize = result.Data.Rows, Epochs = 1 };

    /// <inheritdoc/>
    public Gen<TrainingCase> Extreme(double largest) =>
        from width in Gen.Elements<int>(small)
        let objective = Objective.Regression(1)
        from dense in Gen.Elements(true, false)
        let network = dense
            ? CaseGenerators.Network(width, [new Dense(width), layer, .. objective.Ending])
            : CaseGenerators.Network(width, [layer, .. objective.Ending])
        from result in CaseGenerators.Around(network, objective, Gen.Constant<Optimizer>(new Sgd(1e-9)), CaseGenerators.Rough,
            CaseGenerators.Rows(2, 8, layer))
        select result with { Data = result.Data with { Scale = largest } };

    /// <inheritdoc/>
    public IEnumerable<TrainingCase> Simpler(TrainingCase run) =>
        new CaseShrinker(other => other.Equals(layer) ? [] : CaseGenerators.Narrower(other), new Sgd(0.1)).Simpler(run)
            .Where(simpler => simpler.Network.Layers.Contains(layer));

    private int Outputs(int width) => layer.Width(width).Match(outputs => outputs, _ => width);
}
