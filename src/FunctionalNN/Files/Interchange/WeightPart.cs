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

    /// <summary>For each number here its place there; null where the order is the same.</summary>
    public int[]? Places { get; init; }

    /// <summary>Another shape that it may have there, with the numbers in the same order.</summary>
    public ImmutableArray<int>? Other { get; init; }

    /// <summary>The value to use when the array is missing; null if the array is required.</summary>
    public double? Otherwise { get; init; }

    /// <summary>
    /// The arrays of a layer in the order in which the system lists them, or null where the system has no such layer. PyTorch: Linear,
    /// Conv2d, BatchNorm1d and 2d, LayerNorm, PReLU. Keras: Dense, Conv2D, DepthwiseConv2D, BatchNormalization, LayerNormalization, PReLU,
    /// Normalization.
    /// </summary>
    public static ImmutableArray<WeightPart>? Of(NetworkLeaf leaf, Dialect dialect)
    {
        var width = leaf.Inputs;
        var row = leaf.Images is { } images && dialect == Dialect.PyTorch ? Transposed(images, width, 1) : null;
        return (leaf.Layer, dialect) switch
        {
            (Dense dense, Dialect.PyTorch) =>
                [new("weight", 0, dense.Outputs, width) { Places = Transposed(leaf.Images, width, dense.Outputs) },
                    new("bias", 1, dense.Outputs) { Otherwise = 0 }],
            (Dense dense, Dialect.Keras) => [new("kernel", 0, width, dense.Outputs), new("bias", 1, dense.Outputs) { Otherwise = 0 }],
            (Convolution layer, Dialect.PyTorch) =>
            [
                new("weight", 0, layer.Filters, leaf.Channels / layer.Groups, layer.KernelHeight, layer.KernelWidth)
                {
                    Places = FiltersLast(layer, leaf.Channels / layer.Groups),
                },
                new("bias", 1, layer.Filters) { Otherwise = 0 },
            ],
            (Convolution layer, Dialect.Keras) =>
            [
                new("kernel", 0, layer.KernelHeight, layer.KernelWidth, leaf.Channels / layer.Groups, layer.Filters)
                {
                    // Of a depthwise convolution: rows, columns, channels, filters of a channel.
                    Other = layer.Groups == leaf.Channels
                        ? [layer.KernelHeight, layer.KernelWidth, leaf.Channels, layer.Filters / leaf.Channels]
                        : null,
                },
                new("bias", 1, layer.Filters) { Otherwise = 0 },
            ],
            (BatchNormalization normalization, Dialect.PyTorch) =>
            [
                new("weight", 0, width) { Otherwise = 1, Places = row }, new("bias", 1, width) { Otherwise = 0, Places = row },
                new("running_mean", 0, width) { IsStatistic = true, Places = row },
                new("running_var", 1, width) { IsStatistic = true, Places = row },
                normalization.Average == RunningAverage.Exponential
                    ? new("num_batches_tracked", -1) { Otherwise = 0 }
                    : new("num_batches_tracked", 2) { IsStatistic = true },
            ],
            (BatchNormalization { Average: RunningAverage.Exponential }, Dialect.Keras) =>
            [
                new("gamma", 0, width) { Otherwise = 1 }, new("beta", 1, width) { Otherwise = 0 },
                new("moving_mean", 0, width) { IsStatistic = true }, new("moving_variance", 1, width) { IsStatistic = true },
            ],
            (LayerNormalization, Dialect.PyTorch) =>
                [new("weight", 0, width) { Places = row }, new("bias", 1, width) { Otherwise = 0, Places = row }],
            (LayerNormalization, Dialect.Keras) => [new("gamma", 0, width) { Otherwise = 1 }, new("beta", 1, width) { Otherwise = 0 }],
            (PRelu relu, Dialect.PyTorch) => [new("weight", 0, relu.IsShared ? 1 : width) { Places = relu.IsShared ? null : row }],
            (PRelu relu, Dialect.Keras) => [new("alpha", 0, relu.IsShared ? 1 : width)],
            (Normalization { IsMinMax: false }, Dialect.Keras) =>
                [new("mean", 0, width) { IsStatistic = true }, new("variance", 1, width) { IsStatistic = true },
                    new("count", -1) { Otherwise = 0 }],
            _ => null,
        };
    }

    /// <summary>[out × in] there, and behind images their channels before rows and columns, as PyTorch flattens them.</summary>
    private static int[] Transposed(ImageSize? images, int inputs, int outputs)
    {
        var places = new int[inputs * outputs];
        for (var i = 0; i < places.Length; i++)
        {
            var (input, output) = (i / outputs, i % outputs);
            places[i] = (output * inputs)
                + (images is { } image ? (input % image.Channels * image.Plane) + (input / image.Channels) : input);
        }

        return places;
    }

    /// <summary>[filters × channels × rows × columns] there.</summary>
    private static int[] FiltersLast(Convolution layer, int channels)
    {
        var pixels = layer.KernelHeight * layer.KernelWidth;
        var places = new int[pixels * channels * layer.Filters];
        for (var i = 0; i < places.Length; i++)
        {
            var (row, filter) = (i / layer.Filters, i % layer.Filters);
            places[i] = (((filter * channels) + (row % channels)) * pixels) + (row / channels);
        }

        return places;
    }

    /// <summary>The ε that the system gives a layer unless it is told another; null where the layer has none.</summary>
    public static double? EpsilonOf(Layer layer, Dialect dialect) => layer switch
    {
        BatchNormalization => BatchNormalization.Like(dialect).Epsilon,
        LayerNormalization => LayerNormalization.Like(dialect).Epsilon,
        _ => null,
    };
}
