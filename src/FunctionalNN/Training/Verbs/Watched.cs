using System.Numerics;

namespace FunctionalNN;

/// <summary>
/// What <see cref="TrainingVerbs.StopEarly"/>, <see cref="TrainingVerbs.Best"/> and a search may watch, all to be made small:
/// <c>.StopEarly(patience: 5, metric: Watched.ValidationErrorRate)</c>. NaN where nothing was measured.
/// </summary>
public static class Watched
{
    /// <summary>The loss on held-out data.</summary>
    public static double ValidationLoss<T>(TrainingState<T> state)
        where T : unmanaged, IFloatingPointIeee754<T> => state.Validation.Match(metrics => metrics.Loss, () => double.NaN);

    /// <summary>1 − accuracy on held-out data.</summary>
    public static double ValidationErrorRate<T>(TrainingState<T> state)
        where T : unmanaged, IFloatingPointIeee754<T> => state.Validation.Match(metrics => 1 - metrics.Accuracy, () => double.NaN);

    /// <summary>
    /// The loss, with penalties, of the state's own weights on the data that they learned from: a pass through the network for each state.
    /// <see cref="TrainingState{T}.Training"/> is something else, the mean over an epoch's batches of the weights before each update, and
    /// so belongs to no state. It is taken where the rows are not at hand: after a stream, a step or fold of your own, or a file.
    /// </summary>
    public static double TrainingLoss<T>(TrainingState<T> state)
        where T : unmanaged, IFloatingPointIeee754<T> => state.OnLearned is { } measured ? measured.Loss : state.Training.Loss;

    /// <summary>1 − accuracy on the data that the state learned from, measured as <see cref="TrainingLoss{T}"/> is.</summary>
    public static double TrainingErrorRate<T>(TrainingState<T> state)
        where T : unmanaged, IFloatingPointIeee754<T> =>
            1 - (state.OnLearned is { } measured ? measured.Accuracy : state.Training.Accuracy);
}
