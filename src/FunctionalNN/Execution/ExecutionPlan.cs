using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>One thing to compute: a layer, or several computed as one.</summary>
/// <param name="Layer">What computes.</param>
/// <param name="First">The first of the network's layers that it stands for: its slots are used.</param>
/// <param name="Last">The last of the network's layers that it stands for: its key is used.</param>
internal sealed record ExecutionStep(Layer Layer, int First, int Last)
{
    private const int MaxBytesOfWeights = 1 << 19;

    /// <summary>
    /// Whether, as the first step, it takes rows yet to be gathered: a dense one whose weights a cache holds, so that each row is
    /// gathered once for the output and once for the gradient.
    /// </summary>
    public bool Gathers(int inputs, int bytesEach) =>
        (Layer as Dense ?? (Layer as DenseRelu)?.Dense) is { } dense && (long)inputs * dense.Outputs * bytesEach <= MaxBytesOfWeights;
}

/// <summary>Which layers are computed as one.</summary>
internal static class ExecutionPlan
{
    /// <summary>The steps for training, or for prediction, where dropout does nothing.</summary>
    public static ImmutableArray<ExecutionStep> Of(ImmutableArray<Layer> layers, bool isTraining)
    {
        var steps = ImmutableArray.CreateBuilder<ExecutionStep>();
        for (var i = 0; i < layers.Length;)
        {
            var step = layers[i..] switch
            {
                [Dense dense, Relu, Dropout dropout, ..] when isTraining => new ExecutionStep(new DenseRelu(dense, dropout.Rate), i, i + 2),
                [Dense dense, Relu, ..] => new ExecutionStep(new DenseRelu(dense, 0), i, i + 1),
                _ => new ExecutionStep(layers[i], i, i),
            };
            steps.Add(step);
            i = step.Last + 1;
        }

        return steps.ToImmutable();
    }

    /// <summary>A step for each layer.</summary>
    public static ImmutableArray<ExecutionStep> Plain(ImmutableArray<Layer> layers) =>
        [.. layers.Select((layer, i) => new ExecutionStep(layer, i, i))];
}
