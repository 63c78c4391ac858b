using System.Numerics;

namespace FunctionalNN;

/// <summary>What is kept of a state for the curves.</summary>
internal readonly record struct RunPoint(int Epoch, double Rate, Metrics Training, Metrics Validation)
{
    public static RunPoint Of<T>(TrainingState<T> state)
        where T : unmanaged, IFloatingPointIeee754<T> =>
            new(state.Epoch, state.LearningRate, state.Training, state.Validation.IfNone(default(Metrics)));
}
