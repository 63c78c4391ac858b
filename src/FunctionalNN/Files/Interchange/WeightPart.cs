using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>One array in which another system keeps some of a layer's numbers.</summary>
/// <param name="Name">Its name there, such as "running_mean".</param>
/// <param name="Slot">The slot of the layer that it fills; −1 where nothing here takes it.</param>
/// <param name="Shape">The shape that it has there.</param>
internal sealed record WeightPart(string Name, int Slot, params ImmutableArray<int> Shape)
{
    /// <summary>Whether the slot is one of the statistics.</summary>
    public bool IsStatistic { get; init; }

    /// <summary>Whether rows there are columns here.</summary>
    public bool IsTransposed { get; init; }

    /// <summary>The value to use when the array is missing; null if the array is required.</summary>
    public double? Otherwise { get; init; }

    /// <summary>
    /// The arrays of a layer in the order in which the system lists them, or null where the system has no such layer. PyTorch: Linear,
    /// BatchNorm1d, LayerNorm, PReLU. Keras: Dense, BatchNormalization, LayerNormalization, PReLU, Normalization.
    /// </summary>
    public static ImmutableArray<WeightPart>? Of(NetworkLeaf leaf, Dialect dialect)
    {
        var width = leaf.Inputs;
        return (leaf.Layer, dialect) switch
        {
            (Dense dense, Dialect.PyTorch) =>
                [new("weight", 0, dense.Outputs, width) { IsTransposed = true }, new("bias", 1, dense.Outputs) { Otherwise = 0 }],
            (Dense dense, Dialect.Keras) => [new("kernel", 0, width, dense.Outputs), new("bias", 1, dense.Outputs) { Otherwise = 0 }],
            (BatchNormalization normalization, Dialect.PyTorch) =>
            [
                new("weight", 0, width) { Otherwise = 1 }, new("bias", 1, width) { Otherwise = 0 },
                new("running_mean", 0, width) { IsStatistic = true }, new("running_var", 1, width) { IsStatistic = true },
                normalization.Average == RunningAverage.Exponential
                    ? new("num_batches_tracked", -1) { Otherwise = 0 }
                    : new("num_batches_tracked", 2) { IsStatistic = true },
            ],
            (BatchNormalization { Average: RunningAverage.Exponential }, Dialect.Keras) =>
            [
                new("gamma", 0, width) { Otherwise = 1 }, new("beta", 1, width) { Otherwise = 0 },
                new("moving_mean", 0, width) { IsStatistic = true }, new("moving_variance", 1, width) { IsStatistic = true },
            ],
            (LayerNormalization, Dialect.PyTorch) => [new("weight", 0, width), new("bias", 1, width) { Otherwise = 0 }],
            (LayerNormalization, Dialect.Keras) => [new("gamma", 0, width) { Otherwise = 1 }, new("beta", 1, width) { Otherwise = 0 }],
            (PRelu relu, Dialect.PyTorch) => [new("weight", 0, relu.IsShared ? 1 : width)],
            (PRelu relu, Dialect.Keras) => [new("alpha", 0, relu.IsShared ? 1 : width)],
            (Normalization { IsMinMax: false }, Dialect.Keras) =>
                [new("mean", 0, width) { IsStatistic = true }, new("variance", 1, width) { IsStatistic = true },
                    new("count", -1) { Otherwise = 0 }],
            _ => null,
        };
    }

    /// <summary>The ε that the system gives a layer unless it is told another; null where the layer has none.</summary>
    public static double? EpsilonOf(Layer layer, Dialect dialect) => layer switch
    {
        BatchNormalization => BatchNormalization.Like(dialect).Epsilon,
        LayerNormalization => LayerNormalization.Like(dialect).Epsilon,
        _ => null,
    };
}
