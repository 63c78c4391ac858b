using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>Which layers are computed as one.</summary>
internal static class ExecutionPlan
{
    /// <summary>The steps for training, or for prediction, where dropout does nothing.</summary>
    public static ImmutableArray<ExecutionStep> Of(ImmutableArray<Layer> layers, bool isTraining)
    {
        var steps = ImmutableArray.CreateBuilder<ExecutionStep>();
        for (var i = 0; i < layers.Length;)
        {
            ExecutionStep step = layers[i..] switch
            {
                [Dense dense, Relu, Dropout dropout, ..] when isTraining =>
                    new DenseStep(dense, i, i + 2) { Rectifies = true, DropRate = dropout.Rate },
                [Dense dense, Relu, ..] => new DenseStep(dense, i, i + 1) { Rectifies = true },
                [Dense dense, ..] => new DenseStep(dense, i, i),
                [Convolution convolution, Relu, ..] => new ConvolutionStep(convolution, i, i + 1) { Rectifies = true },
                [Convolution convolution, ..] => new ConvolutionStep(convolution, i, i),
                [MaxPooling pooling, ..] => new MaxPoolingStep(pooling, i),
                _ => new LayerStep(layers[i], i),
            };
            steps.Add(step);
            i = step.Last + 1;
        }

        return steps.ToImmutable();
    }

    /// <summary>A step for each layer, by the layer's own rules.</summary>
    public static ImmutableArray<ExecutionStep> Plain(ImmutableArray<Layer> layers) =>
        [.. layers.Select((layer, i) => new LayerStep(layer, i))];
}
