using System.Numerics;

namespace FunctionalNN;

/// <summary>What is kept of a state for the curves.</summary>
internal readonly record struct RunPoint(int Epoch, double Rate, Metrics Training, Metrics Validation)
{
    public static RunPoint Of<T>(TrainingState<T> state)
        where T : unmanaged, IFloatingPointIeee754<T> =>
            new(state.Epoch, state.LearningRate, Judged(state, state.Training), Judged(state, state.Validation.IfNone(default(Metrics))));

    /// <summary>A regression has no accuracy to draw.</summary>
    private static Metrics Judged<T>(TrainingState<T> state, Metrics metrics)
        where T : unmanaged, IFloatingPointIeee754<T> => state.Objective.Case is Loss { Reads: OutputReading.Quantities }
            ? metrics with { Correct = 0, Predictions = 0 }
            : metrics;
}
