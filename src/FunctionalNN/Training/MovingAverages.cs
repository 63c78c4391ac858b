using System.Numerics;

namespace FunctionalNN;

/// <summary>The averaged parameters of a training run.</summary>
public static class MovingAverages
{
    /// <summary>The state's model with the moving average in place of its parameters. Running statistics stay those of the
    /// training.</summary>
    /// <exception cref="InvalidOperationException">The state's optimizer keeps no average.</exception>
    public static Model<T> Averaged<T>(this TrainingState<T> state)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var moments = state.Moments.For(state.Optimizer, state.Model.Parameters, state.Step);
        var index = 0;
        for (var optimizer = state.Optimizer; optimizer is Wrapper { IsFork: false } wrapper; optimizer = wrapper.Inner)
        {
            if (wrapper.KeepsAverage)
            {
                return state.Model with { Parameters = moments.Vectors[index] };
            }

            index += wrapper.OwnMoments;
        }

        throw new InvalidOperationException(
            $"{state.Optimizer.Kind} keeps no average of the parameters: wrap it with .AverageWeights(0.999)");
    }
}
